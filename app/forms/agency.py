"""An organisation of the directory of partners. Kept by the coordinator and read everywhere; no kind of record.

Only what may stand on a door: names of organisations, public telephones, hours. ``security`` decides which consent a
referral there needs (``app.forms.referral.release_scopes``).
"""

from __future__ import annotations

from app.forms.spec import Context, Field, Form, Kind, Leaves, Problem, Section, Severity, Timing, Values
from app.i18n import N_

_OUT = Leaves.ALWAYS


def _one_language(values: Values, _context: Context) -> Problem | None:
    missing = [name for name in ("be", "en") if name not in values]
    if "ru" in values and missing:
        message = N_("Where a name is missing, letters and lists in that language show the Russian one.")
        return Problem(missing[0], Severity.WARNING, "name_missing", message)
    return None


def _police_not_marked(values: Values, _context: Context) -> Problem | None:
    if values.get("kind") == "law_enforcement" and values.get("security") != "yes":
        message = N_("A law enforcement body: should a referral not need the consent for security actors?")
        return Problem("security", Severity.WARNING, "police_not_marked", message)
    return None


AGENCY = Form(
    "agency",
    N_("Organisation"),
    (
        Section(
            N_("What it is called"),
            (
                Field("ru", Kind.TEXT, N_("Name in Russian"), _OUT, required=True),
                Field("be", Kind.TEXT, N_("Name in Belarusian"), _OUT),
                Field("en", Kind.TEXT, N_("Name in English"), _OUT),
            ),
        ),
        Section(
            N_("What it is"),
            (
                Field("kind", Kind.CODE, N_("Kind of organisation"), _OUT, codes="agency_kinds", required=True),
                Field("level", Kind.CODE, N_("Level"), _OUT, codes="agency_levels"),
                Field("oblast", Kind.CODE, N_("Oblast"), _OUT, codes="oblasts"),
                Field("services", Kind.CODES, N_("Help it gives"), _OUT, codes="services"),
                Field(
                    "security",
                    Kind.YESNO,
                    N_("Police, border guard, investigation or another security body"),
                    _OUT,
                    special="fact",
                    hint=N_("A referral there then needs the consent for security actors"),
                ),
            ),
        ),
        Section(
            N_("How to reach it"),
            (
                Field(
                    "phones",
                    Kind.ROWS,
                    N_("Telephones"),
                    _OUT,
                    adds=N_("Add a telephone"),
                    row=(
                        Field("number", Kind.TEXT, N_("Number"), _OUT),
                        Field("note", Kind.TEXT, N_("Whose, when"), _OUT, hint=N_("A post or a department")),
                    ),
                ),
                Field("hours", Kind.TEXT, N_("Opening hours"), _OUT),
                Field("address", Kind.TEXT, N_("Address"), _OUT),
            ),
        ),
        Section(
            N_("No longer in use"),
            (
                Field(
                    "retired",
                    Kind.DATE,
                    N_("Not offered since"),
                    _OUT,
                    timing=Timing.PAST,
                    hint=N_("Old records keep it; new ones no longer offer it"),
                ),
            ),
        ),
    ),
    rules=(_one_language, _police_not_marked),
)
