"""A new person is saved whole, in one transaction: herself, her names, and the answers that she gave."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Record
from app.sync.ledger import Author, Written, put
from app.usecases import people as module
from app.usecases.checking import NeedsConfirmation, NotAccepted
from app.usecases.drafts import Draft, Drafts
from tests.e2e.desks import Office, new_office

NAMES = {"names": [{"surname": "Кавалёва", "given": "Ганна"}]}
AGREES = {"scope": "services", "state": "given", "on": "2026-01-05", "given_by": "individual"}
REFUSES = {"scope": "contact", "state": "refused", "on": "2026-01-05", "given_by": "individual"}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "centre", "centre", "Витебск", seed=4)
    yield made
    made.lock()


def records(office: Office) -> int:
    with office.desk.store.reading() as session:
        return session.scalar(select(func.count()).select_from(Record)) or 0


def test_the_answers_are_saved_with_her(office: Office) -> None:
    person = office.people.register({"birth": "1994"}, NAMES, [AGREES, REFUSES])
    known = {values["scope"]: values["state"] for _uid, values in office.people.consents(person)}
    assert known == {"services": "given", "contact": "refused"}


def test_an_answer_that_is_refused_leaves_nobody(office: Office) -> None:
    before = records(office)
    with pytest.raises(NotAccepted) as refused:
        office.people.register({}, NAMES, [AGREES, {"scope": "contact"}], sure=True)
    assert [problem.field for problem in refused.value.problems] == ["state"]
    assert (office.people.find(), records(office)) == ([], before)


def test_all_doubts_are_asked_in_one_go_and_those_alike_once(office: Office) -> None:
    later = [{**answer, "on": "2099-01-01"} for answer in (AGREES, REFUSES)]
    with pytest.raises(NeedsConfirmation) as asked:
        office.people.register({"birth": "1850"}, {"personal_number": "4140594A001PB4"}, later)
    fields = [problem.field for problem in asked.value.problems]
    assert {"birth", "personal_number", "on"} <= set(fields)
    assert len(fields) == len(set(fields))
    assert office.people.find() == []
    office.people.register({"birth": "1850"}, {"personal_number": "4140594A001PB4"}, later, sure=True)
    assert len(office.people.find()) == 1


def test_an_end_between_two_records_leaves_nobody_and_the_draft(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts = Drafts(office.desk)
    drafts.keep(Draft("person/new", "person_edit", {}, {"forms": [NAMES]}))
    before = records(office)

    def put_until_the_second_answer(
        session: Session, author: Author, kind: str, uid: uuid.UUID, values: dict[str, Any]
    ) -> Written:
        if values.get("scope") == REFUSES["scope"]:
            raise KeyboardInterrupt
        return put(session, author, kind, uid, values)

    monkeypatch.setattr(module, "put", put_until_the_second_answer)
    with pytest.raises(KeyboardInterrupt), drafts.spent("person/new"):
        office.people.register({}, NAMES, [AGREES, REFUSES])
    assert (office.people.find(), records(office)) == ([], before)
    assert drafts.load("person/new") is not None
    monkeypatch.undo()
    with drafts.spent("person/new"):
        office.people.register({}, NAMES, [AGREES, REFUSES])
    assert drafts.load("person/new") is None
