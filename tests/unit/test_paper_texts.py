"""Papers as data: what they say, what they must not say, and in whose language."""

from __future__ import annotations

import re
from typing import Any

import pytest

from app import codelists
from app.codelists import ConsentScope
from app.i18n import LANGUAGES
from app.reports.paper.blocks import Choices, Paper, Rows, Signatures, Sum, texts
from app.reports.paper.consent import SENTENCES, consent_form
from app.reports.paper.head import Issuer
from app.reports.paper.letter import Addressee, referral_letter
from app.reports.paper.receipt import grant_receipt
from app.reports.paper.summary import Recorded, Sent, person_summary
from app.reports.paper.tongue import Tongue

ISSUER = Issuer("Красный Крест, Витебск", "BY-VI", "", "Т. Сакович", "2026-11-22")
PERSON: dict[str, Any] = {
    "code": "K7M4-29Q",
    "sex": "female",
    "birth": "1994-05-14",
    "languages": ["be"],
    "children": 2,
}
IDENTITY: dict[str, Any] = {
    "names": [
        {"surname": "Ковалёва", "given": "Анна", "kind": "current", "language": "ru"},
        {"surname": "Кавалёва", "given": "Ганна", "kind": "current", "language": "be"},
        {"surname": "Kavaliova", "given": "Hanna", "kind": "current", "language": "latin"},
        {"surname": "Дзявочая", "given": "Ганна", "kind": "birth", "language": "be"},
    ],
    "passport": "HB1234567",
    "phone": "+375 29 000-00-00",
    "contact_way": ["phone"],
    "contact_forbidden_note": "не через мать",
}
PAYMENT: dict[str, Any] = {
    "service": "grant_reintegration",
    "amount": 123_456,
    "currency": "BYN",
    "paid_on": "2026-11-21",
    "purpose": "rent",
    "instalment": 2,
    "instalments_total": 3,
}
# What nobody who finds a paper may read on it (the summary alone must name what is recorded).
_TELLING = re.compile(r"victim|жертв|ахвяр|traffick|торговл|гандл|exploit|эксплуат|slave|рабств", re.I)
_UID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-", re.I)


def _said(paper: Paper) -> str:
    return "\n".join(texts(paper))


def _choices(paper: Paper) -> dict[str, bool | None]:
    return {row.text: row.answer for block in paper.blocks if isinstance(block, Choices) for row in block.rows}


def _consent(language: str = "en", person: Any = None, *consents: dict[str, Any]) -> Paper:
    return consent_form(Tongue(language), ISSUER, person or PERSON, IDENTITY, list(consents))


def _summary(language: str = "en", **records: list[dict[str, Any]]) -> Paper:
    found = {kind: [(f"0190-{at}", one) for at, one in enumerate(ones)] for kind, ones in records.items()}
    return person_summary(
        Tongue(language), ISSUER, Recorded(PERSON, IDENTITY, found, [Sent("2026-11-20", 3)], 2, named=False)
    )


def _letter(language: str = "en", **shared: Any) -> Paper:
    return referral_letter(Tongue(language), ISSUER, Addressee("Клиника", "", "", agreed=True), shared)


def test_every_purpose_is_asked_once_and_blank_until_answered() -> None:
    assert set(SENTENCES) == set(ConsentScope)
    asked = _choices(_consent())
    assert len(asked) == len(ConsentScope) == 20
    assert set(asked.values()) == {None}


def test_recorded_answers_are_ticked_and_what_is_no_longer_valid_is_not() -> None:
    states = {"services": "given", "reporting": "refused", "contact": "withdrawn", "interview": "expired"}
    asked = _choices(_consent("en", None, *({"scope": scope, "state": state} for scope, state in states.items())))
    ticked = {scope: asked[SENTENCES[ConsentScope(scope)]] for scope in (*states, "written")}
    assert ticked == {"services": True, "reporting": False, "contact": False, "interview": None, "written": None}


def test_each_organisation_has_its_own_line() -> None:
    scope = "release_health"
    two = [
        {"scope": scope, "state": "given", "organisation": "brcs_vitebsk"},
        {"scope": scope, "state": "refused", "organisation": "other", "organisation_other": "Клиника на углу"},
    ]
    paper = _consent("en", None, *two)
    rows = [row for block in paper.blocks if isinstance(block, Choices) for row in block.rows]
    health = [row for row in rows if row.text == SENTENCES[ConsentScope.RELEASE_HEALTH]]
    assert [row.answer for row in health] == [True, False]
    assert health[0].note == "Red Cross, Vitebsk"
    assert health[1].note == "Клиника на углу"
    assert all(not row.fill for row in health)
    legal = next(row for row in rows if row.text == SENTENCES[ConsentScope.RELEASE_LEGAL])
    assert legal.fill, "where nothing is recorded there is a line to write on"


@pytest.mark.parametrize(
    ("birth", "asked"),
    [("1994-05-14", False), ("2014", True), (None, True), ("2010-11-22", False), ("2010-11-23", True)],
)
def test_the_representative_signs_unless_the_person_is_surely_sixteen(birth: str | None, asked: bool) -> None:
    paper = _consent("en", {"code": "K7M4-29Q"} | ({"birth": birth} if birth else {}))
    signs = [who for block in paper.blocks if isinstance(block, Signatures) for who, _name in block.parties]
    assert ("Legal representative, if under 16" in signs) is asked
    assert ("The child agrees." in _choices(paper)) is asked


@pytest.mark.parametrize(
    ("language", "name"), [("ru", "Ковалёва Анна"), ("be", "Кавалёва Ганна"), ("en", "Kavaliova Hanna")]
)
def test_the_name_stands_in_the_writing_of_the_paper(language: str, name: str) -> None:
    assert name in _said(_consent(language))


def test_the_letter_holds_what_is_shared_and_nothing_else() -> None:
    paper = _letter(sex="female", languages=["be", "ru"], safe_contact={"contact_way": ["phone"]}, need_story="Жильё")
    shared = [block for block in paper.blocks if isinstance(block, Rows)][1]
    assert shared.pairs == (
        ("Sex", "Female"),
        ("Languages", "Belarusian, Russian"),
        ("How to make contact safely", "Safe way: Phone call"),
        ("What is needed, in short", "Жильё"),
    )
    for other in (*(form["surname"] for form in IDENTITY["names"]), "K7M4-29Q", "HB1234567", "1994", "375"):
        assert other not in _said(paper)


def test_the_letter_claims_consent_only_where_there_is_one() -> None:
    assert "has agreed" in _said(_letter())
    told = referral_letter(Tongue("en"), ISSUER, Addressee("Клиника", "", "", agreed=False), {})
    assert "agreed" not in _said(told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_paper_tells_its_finder_why(language: str) -> None:
    say = Tongue(language)
    papers = [_consent(language), _summary(language)]
    papers += [_letter(language, help_wanted=service) for service in codelists.get("services").codes]
    papers.append(grant_receipt(say, ISSUER, PAYMENT, PERSON, IDENTITY))
    for paper in papers:
        assert not _TELLING.search(_said(paper)), paper.kind


def test_the_summary_names_what_is_recorded() -> None:
    assert "Sexual exploitation" in _said(_summary("en", case=[{"exploitation": ["sexual_exploitation"]}]))


def test_the_receipt_says_the_sum_twice() -> None:
    paper = grant_receipt(Tongue("ru"), ISSUER, PAYMENT, PERSON, IDENTITY)
    (total,) = (block for block in paper.blocks if isinstance(block, Sum))
    assert total.figures.replace("\N{NARROW NO-BREAK SPACE}", " ") == "1 234,56\N{NO-BREAK SPACE}BYN"
    assert total.words == "Одна тысяча двести тридцать четыре белорусских рубля 56 копеек"
    assert "21.11.2026" in _said(paper)


def test_the_summary_tells_all_and_no_internal_ids() -> None:
    grant = "0190aaaa-0000-7000-8000-000000000001"
    recorded: dict[str, list[dict[str, Any]]] = {
        "consent": [{"scope": "services", "state": "given", "on": "2026-10-01", "recorded_by": "Т. Сакович"}],
        "case": [{"opened_on": "2026-10-02", "person": grant, "note": "Со слов"}],
        "service": [
            {"service": "psych_counselling", "on": "2026-10-03", "person": grant, "note": "Заметка психолога"}
        ],
        "attachment": [{"name": "справка.pdf", "sha256": "ab" * 32, "size": 1, "description": "Из школы"}],
    }
    said = _said(_summary("ru", **recorded))
    for part in (
        "K7M4-29Q",
        "Дзявочая",
        "HB1234567",
        "не через мать",
        "Заметка психолога",
        "справка.pdf",
        "Из школы",
    ):
        assert part in said
    assert "03.10.2026" in said
    assert "20.11.2026" in said
    assert not _UID.search(said)
    assert "ab" * 32 not in said


def test_a_payment_is_told_with_the_name_of_its_grant() -> None:
    grants = [{"grant_kind": "vocational", "currency": "BYN", "approved": 100, "approved_on": "2026-09-01"}]
    said = _said(_summary("en", grant=grants, service=[PAYMENT | {"on": "2026-11-21", "grant": "0190-0"}]))
    assert said.count("01.09.2026 · Vocational") == 2
    assert "0190-0" not in said


def test_a_kind_of_record_that_is_not_known_here_is_told_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.reports.paper.summary._PARTS", {})
    assert "Заметка" in _said(_summary("en", service=[{"service": "psych_counselling", "note": "Заметка"}]))
