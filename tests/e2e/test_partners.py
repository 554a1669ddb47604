"""The directory of partners: changed by the coordinator, told to every centre, never a harm to old records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app import codelists
from app.errors import UserError
from app.forms import checks, referral
from app.forms.decision import OPEN
from app.forms.spec import Context
from app.models import Record, ReferenceDocument
from app.reports.paper.tongue import Tongue
from app.sheets.codes import find_code
from app.sync import partners
from app.sync.errors import Answer, BundleRefused
from app.sync.manifest import BundleType
from app.usecases.checking import NeedsConfirmation, NotAccepted
from app.usecases.outbox import announce
from app.usecases.partners import Partners
from app.usecases.receiving import Verdict
from tests.e2e.desks import Office, enrol, new_office, reopened

REFUGE: dict[str, Any] = {
    "ru": "Дом «Надежда»",
    "be": "Дом «Надзея»",
    "en": "Hope House",
    "kind": "ngo",
    "level": "city",
    "oblast": "BY-VI",
    "phones": [{"number": "+375 212 00-00-00", "note": "дежурная"}],
    "hours": "9–18",
    "services": ["shelter_crisis_room", "food_meals"],
}


@pytest.fixture(autouse=True)
def _lists_as_they_came() -> Iterator[None]:
    """The lists are one for the process; what a test lays over them goes with it."""
    yield
    codelists.drop_overlays()


def told(coordinator: Office, *centres: Office, stick: Path) -> list[list[Verdict]]:
    """Receipts written, and each centre's own files taken by it (the others are for somebody else)."""
    files = coordinator.receipts(stick)
    return [[one for one in office.take(*files) if one.ok] for office in centres]


def label(code: str, language: str = "ru") -> str:
    return codelists.get("agencies").label(code, language)


def as_at(office: Office) -> None:
    """Show the lists as this laptop has them (two laptops share the lists of one process only in tests)."""
    with office.desk.store.reading() as session:
        partners.show(session)


def test_a_new_partner_comes_to_the_centre_with_the_receipts(
    coordinator: Office, vitebsk: Office, tmp_path: Path
) -> None:
    told(coordinator, vitebsk, stick=tmp_path / "first")
    assert coordinator.receiving.receipts_due() == 0
    code = Partners(coordinator.desk).save_agency(REFUGE)
    assert label(code, "be") == "Дом «Надзея»"
    as_at(vitebsk)
    assert label(code) == code  # not known there yet: shown as it stands
    assert Partners(coordinator.desk).to_be_told() == coordinator.receiving.receipts_due() == 1
    told(coordinator, vitebsk, stick=tmp_path / "second")
    assert label(code, "en") == "Hope House"
    at_centre = Partners(vitebsk.desk).agency(code)
    assert (at_centre.phone, at_centre.hours, at_centre.services) == (
        "+375 212 00-00-00",
        "9–18",
        ("shelter_crisis_room", "food_meals"),
    )
    assert coordinator.receiving.receipts_due() == 0
    vitebsk.lock()
    assert label(code) == code  # the directory goes with the store
    again = reopened(vitebsk.folder, 22)
    assert label(code) == "Дом «Надежда»"
    again.lock()


def test_a_centre_enrolled_later_gets_it_and_a_lost_stick_heals(
    coordinator: Office, vitebsk: Office, tmp_path: Path
) -> None:
    first = Partners(coordinator.desk).save_agency(REFUGE)
    told(coordinator, vitebsk, stick=tmp_path / "one")
    brest = new_office(tmp_path / "brest", "centre", "Брест", seed=3)
    enrol(coordinator, brest)
    # The second centre makes the list of centres due as well: both centres get both documents.
    assert coordinator.receiving.receipts_due() == 2
    told(coordinator, brest, stick=tmp_path / "two")  # Vitebsk's files are lost with its stick
    as_at(brest)
    assert label(first) == "Дом «Надежда»"
    assert coordinator.receiving.receipts_due() == 0
    second = Partners(coordinator.desk).save_agency({**REFUGE, "ru": "Дом «Вера»"}, sure=True)
    told(coordinator, vitebsk, stick=tmp_path / "three")
    assert {label(first), label(second)} == {"Дом «Надежда»", "Дом «Вера»"}
    with vitebsk.desk.store.reading() as session:
        assert session.get(ReferenceDocument, "centres") is not None  # what was lost with the stick came with it
    brest.lock()


def test_old_records_keep_their_words_after_a_partner_is_retired(
    coordinator: Office, vitebsk: Office, tmp_path: Path
) -> None:
    code = Partners(coordinator.desk).save_agency(REFUGE)
    told(coordinator, vitebsk, stick=tmp_path / "one")
    person = vitebsk.people.register({"sex": "female"}, {}, sure=True)
    service = vitebsk.help(person, provider_agency=code)
    retired = {**Partners(coordinator.desk).agency_values(code), "retired": "2026-05-01"}
    Partners(coordinator.desk).save_agency(retired, code=code)
    told(coordinator, vitebsk, stick=tmp_path / "two")
    assert Tongue("ru").code("agencies", code) == "Дом «Надежда»"
    assert codelists.get("agencies")[code].retired
    assert code not in {row.code for row in Partners(vitebsk.desk).agencies("надежда")}
    assert code in {row.code for row in Partners(vitebsk.desk).agencies("hope", retired=True)}
    # A change of the old record meets no question about it, and the record is taken without a finding.
    changed = {**vitebsk.assistance.service(service), "quantity": "2"}
    asked = vitebsk.assistance.look_over(person, changed)
    assert "provider_agency" not in {one.field for one in asked}
    vitebsk.assistance.record_service(person, changed, service=service, sure=True)
    assert coordinator.take(vitebsk.send(tmp_path / "three"))[0].ok
    with coordinator.desk.store.reading() as session:
        assert session.scalars(select(Record.problems).where(Record.uid == service)).one() is None


def test_the_checks_of_imported_records_see_the_directory(coordinator: Office) -> None:
    person = "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"
    values = {"person": person, "service": "safety_planning", "on": "2026-06-01", "provider_agency": "a0123456789ab"}
    today = dt.date(2026, 6, 15)
    unknown = ("provider_agency", "unknown_code")
    assert unknown in checks.findings_of_imported("service", values, today)
    entry = codelists.Entry("a0123456789ab", {"ru": "Дом", "be": "Дом", "en": "House"})
    checks._prepared_from.cache_clear()  # made ready anew while the directory is there
    codelists.overlay("agencies", [entry], last="other")
    assert checks.findings_of_imported("service", values, today) == ()
    assert checks._prepared()["general"].nothing_is_odd(values, Context(today=today, imported=True))
    assert find_code("agencies", "house") == "a0123456789ab"
    assert codelists.get("agencies").codes[-1] == "other"
    codelists.drop_overlays()
    assert unknown in checks.findings_of_imported("service", values, today)
    assert find_code("agencies", "house") is None


def test_the_directory_cannot_open_a_way_around_the_consent_for_police(coordinator: Office) -> None:
    directory = Partners(coordinator.desk)
    for security in ("no", "yes"):
        directory.save_agency({"ru": "КГБ", "kind": "law_enforcement", "security": security}, code="kgb", sure=True)
        assert referral.release_scopes("psych_counselling", "kgb") == ("release_security",)
    code = directory.save_agency({"ru": "РОВД", "kind": "law_enforcement", "security": "yes"}, sure=True)
    assert referral.release_scopes("psych_counselling", code) == ("release_security",)


def test_what_is_missing_or_odd_is_said(coordinator: Office, vitebsk: Office) -> None:
    directory = Partners(coordinator.desk)
    with pytest.raises(NotAccepted):
        directory.save_agency({"en": "A house", "kind": "ngo"})
    with pytest.raises(NeedsConfirmation) as doubt:
        directory.save_agency({"ru": "Пожарные", "kind": "law_enforcement"})
    assert {one.code for one in doubt.value.problems} == {"name_missing", "police_not_marked"}
    with pytest.raises(NeedsConfirmation) as doubt:
        directory.save_agency({**REFUGE, "ru": "Прокуратура области"})
    assert [one.code for one in doubt.value.problems] == ["name_taken"]
    with pytest.raises(UserError, match="coordinator keeps"):
        Partners(vitebsk.desk).save_agency(REFUGE)
    with pytest.raises(UserError, match="not in the directory yet"):
        Partners(vitebsk.desk).agency("a0123456789ab")


def test_partners_are_found_in_three_languages_by_oblast_kind_and_service(coordinator: Office) -> None:
    directory = Partners(coordinator.desk)
    assert len(directory.agencies()) == len(codelists.shipped("agencies")) - 1  # but "another organisation"
    code = directory.save_agency(REFUGE)
    for query in ("надежда дом", "надзея", "HOPE", "nadezhda"):
        assert [row.code for row in directory.agencies(query)] == [code], query
    assert [row.code for row in directory.agencies(service="shelter_crisis_room")] == [code]
    assert directory.agencies(oblast="BY-VI")[0].code == code
    assert code not in {row.code for row in directory.agencies(oblast="BY-BR")}
    assert {row.kind for row in directory.agencies(kind="donor")} == {"donor"}


def test_parties_of_a_memorandum_have_their_days(coordinator: Office, vitebsk: Office, tmp_path: Path) -> None:
    directory = Partners(coordinator.desk)
    memorandum = {
        "oblast": "BY-VI",
        "signed_on": "2011-03-01",
        "confidentiality": "no",
        "parties": [
            {"agency": "brcs_vitebsk_oblast", "status": "signed", "joined": "2011-03-01"},
            {"agency": "youth_palace", "status": "left", "joined": "2011-03", "left": "2013"},
            {"agency": "court_oblast", "status": "invited"},
        ],
    }
    directory.save_memorandum(memorandum, new=True)
    with pytest.raises(UserError, match="already"):
        directory.save_memorandum(memorandum, new=True)
    twice = {**memorandum, "parties": [*memorandum["parties"], {"agency": "court_oblast", "status": "signed"}]}
    with pytest.raises(NotAccepted):
        directory.save_memorandum(twice, new=False)
    told(coordinator, vitebsk, stick=tmp_path / "one")
    (row,) = Partners(vitebsk.desk).memoranda()
    assert (row.oblast, row.parties, row.invited) == ("BY-VI", 1, 1)
    assert Partners(vitebsk.desk).agency("brcs_vitebsk_oblast").party_in == ("BY-VI",)
    assert Partners(vitebsk.desk).agency("court_oblast").invited_in == ("BY-VI",)
    assert Partners(vitebsk.desk).agency("youth_palace").party_in == ()


def entry(code: str = "a1", **more: Any) -> dict[str, Any]:
    return {"code": code, "ru": "Дом", "changed": "2026-06-15T09:00:00Z", **more}


@pytest.mark.parametrize(
    "document",
    [
        "x",
        {"agencies": []},
        {"agencies": [], "memoranda": [], "more": []},
        {"agencies": [entry()] * 2, "memoranda": []},
        {"agencies": [entry(str(number)) for number in range(2001)], "memoranda": []},
        {"agencies": [{**entry(), "ru": 7}], "memoranda": []},
        {"agencies": [{**entry(), "ru": "x" * 501}], "memoranda": []},
        {"agencies": [{**entry(), "ru": "Дом\u202e"}], "memoranda": []},
        {"agencies": [{**entry(), "ru": ""}], "memoranda": []},
        {"agencies": [entry(code="=1+1")], "memoranda": []},
        {"agencies": [entry(services=[["a"]])], "memoranda": []},
        {"agencies": [entry(phones=[{"number": {"a": "b"}}])], "memoranda": []},
        {"agencies": [entry(retired="yesterday")], "memoranda": []},
        {"agencies": [entry(changed="soon")], "memoranda": []},
        {"agencies": [entry(strange=["a", "list"])], "memoranda": []},
        {"agencies": [], "memoranda": [{"changed": "2026-06-15T09:00:00Z", "parties": "all"}]},
    ],
)
def test_a_hostile_document_is_refused_and_changes_nothing(
    document: Any, coordinator: Office, vitebsk: Office, tmp_path: Path
) -> None:
    code = Partners(coordinator.desk).save_agency(REFUGE)
    told(coordinator, vitebsk, stick=tmp_path / "one")
    with vitebsk.desk.store.reading() as session:
        before = session.get_one(ReferenceDocument, "partners").document
    content = {"document": document, "name": "partners", "version": 99}
    (tmp_path / "two").mkdir()
    files = announce(coordinator.desk, [2], BundleType.REFERENCE, content, tmp_path / "two")
    assert [one.answer for one in vitebsk.take(*files)] == [Answer.MANIFEST]
    with vitebsk.desk.store.reading() as session:
        assert session.get_one(ReferenceDocument, "partners").document == before
    assert label(code) == "Дом «Надежда»"


def test_documents_of_two_coordinators_come_together_in_any_order(vitebsk: Office) -> None:
    older: Any = {"agencies": [entry("a1"), entry("a2", ru="Второй")], "memoranda": []}
    newer: Any = {
        "agencies": [entry("a1", ru="Новый", changed="2026-06-15T10:00:00Z"), entry("a3", ru="Третий", kept="так")],
        "memoranda": [{"oblast": "BY-VI", "changed": "2026-06-15T09:00:00Z"}],
    }
    texts = []
    for documents in ([older, newer, older], [newer, older]):
        with vitebsk.desk.store.transaction() as session:
            if (row := session.get(ReferenceDocument, "partners")) is not None:
                session.delete(row)
                session.flush()
            for version, document in enumerate(documents, 1):
                partners.take(session, document, version)
            texts.append(session.get_one(ReferenceDocument, "partners").document)
    assert texts[0] == texts[1]
    as_at(vitebsk)
    assert [label(code) for code in ("a1", "a2", "a3")] == ["Новый", "Второй", "Третий"]


def test_what_would_grow_too_large_to_be_read_again_is_refused(vitebsk: Office) -> None:
    first: Any = {"agencies": [entry(f"a{number}") for number in range(1500)], "memoranda": []}
    second: Any = {"agencies": [entry(f"b{number}") for number in range(1500)], "memoranda": []}
    with vitebsk.desk.store.transaction() as session:
        partners.take(session, first, 1)
    with pytest.raises(BundleRefused), vitebsk.desk.store.transaction() as session:
        partners.take(session, second, 2)
    with vitebsk.desk.store.reading() as session:
        assert len(partners.held(session).agencies) == 1500


def test_a_change_is_the_newer_one_though_the_clock_was_set_back(coordinator: Office) -> None:
    directory = Partners(coordinator.desk)
    code = directory.save_agency(REFUGE)
    coordinator.desk.clock.set(dt.datetime(1970, 1, 2, tzinfo=dt.UTC))  # type: ignore[attr-defined]  # steady
    directory.save_agency({**REFUGE, "hours": "10–19"}, code=code, sure=True)
    with coordinator.desk.store.reading() as session:
        held = partners.held(session).agencies[code]
    assert held["changed"] == "2026-06-15T09:00:01Z"
    assert held["hours"] == "10–19"


def test_a_lost_stick_is_written_once_more(coordinator: Office, vitebsk: Office, tmp_path: Path) -> None:
    directory = Partners(coordinator.desk)
    directory.tell_again()  # nothing is there yet to be told
    told(coordinator, vitebsk, stick=tmp_path / "one")
    code = directory.save_agency(REFUGE)
    coordinator.receipts(tmp_path / "lost")
    assert directory.to_be_told() == 0
    directory.tell_again()
    assert directory.to_be_told() == 1
    told(coordinator, vitebsk, stick=tmp_path / "again")
    assert label(code) == "Дом «Надежда»"
    assert directory.to_be_told() == 0
    with pytest.raises(UserError, match="coordinator keeps"):
        Partners(vitebsk.desk).tell_again()


def test_the_lists_that_the_program_brings_fit_each_other() -> None:
    for entry in codelists.shipped("agencies"):
        assert entry.extra["kind"] in codelists.get("agency_kinds")
        assert entry.extra["level"] in {*codelists.get("agency_levels").codes, ""}
    assert set(codelists.get("decision_status").codes) > OPEN
    assert len(codelists.get("decision_types")) == 10


def test_saying_the_same_again_is_no_change(coordinator: Office, vitebsk: Office, tmp_path: Path) -> None:
    directory = Partners(coordinator.desk)
    code = directory.save_agency(REFUGE)
    told(coordinator, vitebsk, stick=tmp_path / "one")
    directory.save_agency(directory.agency_values(code), code=code)
    assert directory.to_be_told() == 0
