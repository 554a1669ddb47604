"""The files that really leave, read as one who wants to know would: no word in them speaks of a single person."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import pytest

from app.i18n import set_language
from app.reports.paper.pack import pack_paper
from app.reports.table import Audience, Scope
from app.reports.writers import csv, ctdc, xlsx
from app.usecases.packs import PackDraft, Packs
from app.usecases.statistics_question import Question
from tests.e2e.desks import Office, new_office

HALF_YEAR = ("2025-07", "2025-12")
RARE = ("Nigeria", "EUR", "Vocational", "Medical treatment", "Дом Анны", "Forced begging", "Construction", "1 record")
"""What only one has: citizenship, currency, kind of grant, kind of help, project, form, sector, a date in doubt."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    set_language("en")
    made = new_office(tmp_path_factory.mktemp("leaving") / "office", "coordinator", "Минск", practice=True, seed=71)
    for at in range(26):
        one_alone = at == 25
        values = {
            "sex": "female" if at < 13 else "male",
            "birth": "1990",
            "citizenships": ["NG" if one_alone else "BY"],
        }
        person = made.people.register(values, {"names": [{"given": "Ганна"}]}, sure=True)
        made.people.set_consent(person, {"scope": "reporting", "state": "given", "on": "2025-07-01"}, sure=True)
        forms = ["forced_begging", "servitude"] if one_alone else [("sex_prostitution", "forced_labour")[at % 2]]
        sector = {"labour_sectors": ["F"]} if one_alone else {}
        made.cases.save(person, {"opened_on": "2025-07-02", "exploitation": forms, **sector}, sure=True)
        kind, currency = ("vocational", "EUR") if one_alone else ("reintegration", "BYN")
        grant = {"grant_kind": kind, "currency": currency, "approved": 50_000, "donor": "iom"}
        approved = made.assistance.approve_grant(person, {**grant, "approved_on": "2025-07-05"}, sure=True)
        paid = {"grant": str(approved), "amount": 50_000, "currency": currency, "donor": "iom", "on": "2025-07-06"}
        made.help(person, f"grant_{kind}", **paid)
        code, project = ("medical_treatment", "Дом Анны") if one_alone else ("food_meals", "Дорога")
        made.help(person, code, on="2025-08-03", donor="iom", project=project)
        if one_alone:
            made.help(person, code, on="2025", donor="iom")
    yield made
    made.lock()


def drafts(office: Office, audience: Audience) -> dict[str, PackDraft]:
    packs = Packs(office.desk)
    asked = {
        code: Question(code, by, Scope(*HALF_YEAR), audience)
        for code, by in {
            "citizenship": (),
            "share_by_exploitation": ("sex",),
            "labour_sector": (),
            "persons_by_service": ("sex",),
            "services_by_type": ("donor",),
            "grants": ("project",),
        }.items()
    }
    return {
        "donor": packs.donor("iom", *HALF_YEAR, audience),
        "task_force": packs.task_force("", *HALF_YEAR, audience),
        "summary": packs.summary(*HALF_YEAR),
        **{code: packs.of_table(question) for code, question in asked.items()},
    }


def written(draft: PackDraft) -> Iterator[str]:
    """All text of all files of a pack, raw."""
    with zipfile.ZipFile(io.BytesIO(xlsx.write(draft.pack, "en"))) as book:
        for name in book.namelist():
            yield name + book.read(name).decode()
    yield csv.write_pack(draft.pack, "en").decode()
    yield ctdc.write(draft.pack, "en").decode()
    yield repr(pack_paper(draft.pack, "en"))


@pytest.mark.parametrize("audience", [Audience.TASK_FORCE, Audience.PUBLIC])
def test_no_file_names_what_one_person_alone_has(office: Office, audience: Audience) -> None:
    for what, draft in drafts(office, audience).items():
        whole = "\n".join(written(draft))
        assert [one for one in RARE if one in whole] == [], what


def test_the_control_for_ourselves_everything_is_named(office: Office) -> None:
    whole = "\n".join(text for draft in drafts(office, Audience.INTERNAL).values() for text in written(draft))
    assert [one for one in RARE if one not in whole] == []
