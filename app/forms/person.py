"""Person: what the figures need of the one who is assisted. The case code is made, not asked.

Leaves: codes and numbers always; the birth beyond its year and the raion only with consent; pregnancy never
(data model, "Person").
"""

from __future__ import annotations

from app.codelists import Sex
from app.forms import partial
from app.forms.spec import Context, Field, Form, Kind, Leaves, Problem, Section, Severity, Timing, Values
from app.i18n import N_


def _may_be_pregnant(values: Values) -> bool:
    return values.get("sex") != Sex.MALE


def _in_belarus(values: Values) -> bool:
    return "oblast" in values


def _raion_in_oblast(values: Values, _context: Context) -> Problem | None:
    """A raion code begins with its oblast's (one raion name occurs in two places)."""
    raion, oblast = values.get("raion"), values.get("oblast")
    if isinstance(raion, str) and isinstance(oblast, str) and not raion.startswith(oblast):
        message = N_("This raion lies in another oblast.")
        return Problem("raion", Severity.WARNING, "raion_elsewhere", message)
    return None


def _very_old(values: Values, context: Context) -> Problem | None:
    born = partial.bounds(values.get("birth"))
    if born and context.today.year - born[0].year > 110:
        message = N_("Born more than 110 years ago. Please check the year.")
        return Problem("birth", Severity.WARNING, "very_old", message)
    return None


def _birth_year(values: Values) -> Values:
    """The year goes with the birth; where no birth is known (an adopted record) the year stays as it came."""
    born = partial.year(values.get("birth"))
    return {} if born is None else {"birth_year": born}


def _same_year(values: Values, _context: Context) -> Problem | None:
    born = partial.year(values.get("birth"))
    if born is not None and values.get("birth_year", born) != born:
        message = N_("The year of birth does not fit the date of birth.")
        return Problem("birth_year", Severity.WARNING, "birth_year_differs", message)
    return None


PERSON = Form(
    "person",
    N_("Person"),
    (
        Section(
            N_("About the person"),
            (
                Field("sex", Kind.CODE, N_("Sex"), Leaves.ALWAYS, codes="sex"),
                Field(
                    "birth",
                    Kind.BIRTH,
                    N_("Born"),
                    Leaves.IDENTIFIED,
                    hint=N_("Day, month and year, or only the year, or an age as it seems: about 30"),
                    timing=Timing.PAST,
                ),
                Field(
                    "birth_year",
                    Kind.INTEGER,
                    N_("Year of birth"),
                    Leaves.ALWAYS,
                    special="derived",
                    low=1850,
                    high=2199,
                ),
                Field("citizenships", Kind.CODES, N_("Citizenships"), Leaves.ALWAYS, codes="countries"),
                Field("languages", Kind.CODES, N_("Languages"), Leaves.ALWAYS, codes="languages"),
                Field("marital_status", Kind.CODE, N_("Marital status"), Leaves.ALWAYS, codes="marital_status"),
                Field("children", Kind.INTEGER, N_("Number of children"), Leaves.ALWAYS, low=0, high=15),
                Field("education", Kind.CODE, N_("Education"), Leaves.ALWAYS, codes="education"),
                Field("disability", Kind.CODES, N_("Disability"), Leaves.ALWAYS, codes="disability"),
                Field(
                    "pregnant_at_intake",
                    Kind.YESNO,
                    N_("Pregnant at intake"),
                    Leaves.NEVER,
                    relevant=_may_be_pregnant,
                ),
            ),
        ),
        Section(
            N_("Place of residence"),
            (
                Field("oblast", Kind.CODE, N_("Oblast"), Leaves.ALWAYS, codes="oblasts"),
                Field(
                    "raion",
                    Kind.CODE,
                    N_("Raion"),
                    Leaves.IDENTIFIED,
                    codes="raions",
                    relevant=_in_belarus,
                    special="raion",
                ),
            ),
        ),
    ),
    rules=(_raion_in_oblast, _very_old, _same_year),
    derive=_birth_year,
)
