"""The lists are complete: three languages, permanent codes, parents that exist, enums that agree."""

from __future__ import annotations

import re
from enum import StrEnum

import pytest

from app import codelists, i18n
from app.codelists import (
    AgeGroup,
    CaseStatus,
    ConsentScope,
    ConsentState,
    Currency,
    Outcome,
    RecordState,
    Role,
    ServiceGroup,
    Sex,
)
from app.paths import resources

ALL = codelists.names()
CYRILLIC = re.compile("[А-Яа-яЁёІіЎў]")
# Lists whose labels are codes or names of brands, the same in every script.
SAME_IN_ALL = {"icd10", "platforms", "agencies", "donors"}


@pytest.mark.parametrize("name", ALL)
def test_every_entry_has_a_label_in_every_language(name: str) -> None:
    for entry in codelists.get(name):
        for language in i18n.LANGUAGES:
            label = entry.labels[language]
            assert label, (name, entry.code, language)
            assert label == label.strip()
            if name not in SAME_IN_ALL:
                assert bool(CYRILLIC.search(label)) is (language != "en"), (name, entry.code, label)


@pytest.mark.parametrize("name", ALL)
def test_belarusian_letters_and_russian_letters_do_not_mix(name: str) -> None:
    for entry in codelists.get(name):
        assert not re.search("[ИиЩщЪъ']", entry.labels["be"]), (name, entry.code)
        assert not re.search("[ІіЎў']", entry.labels["ru"]), (name, entry.code)


@pytest.mark.parametrize("name", ALL)
def test_codes_are_plain_and_come_once(name: str) -> None:
    codes = [entry.code for entry in codelists.get(name)]
    assert len(codes) == len(set(codes))
    assert all(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.+\-]*", code) for code in codes)


def test_every_file_is_a_list_and_every_list_a_file() -> None:
    files = {path.stem for path in resources("codelists").glob("*.csv")} - {"lists", "crosswalks", "given_names"}
    assert files == set(ALL)


def test_parents_exist() -> None:
    for name in set(ALL) - {"raions"}:
        codes = codelists.get(name)
        assert all(not entry.parent or entry.parent in codes for entry in codes)
    oblasts = codelists.get("oblasts")
    assert len(oblasts) == 7
    for raion in codelists.get("raions"):
        assert raion.parent in oblasts
        assert raion.code.startswith(raion.parent)


def test_there_are_118_raions() -> None:
    kinds = [entry.extra["kind"] for entry in codelists.get("raions")]
    assert kinds.count("raion") == 118


def test_countries_are_those_of_iso_3166() -> None:
    codes = [code for code in codelists.get("countries").codes if len(code) == 2]
    assert len(codes) == 249
    assert {"BY", "RU", "UA", "PL", "LT", "TR", "AE"} <= set(codes)


@pytest.mark.parametrize(
    ("name", "enum"),
    [
        ("service_groups", ServiceGroup),
        ("currencies", Currency),
        ("consent_scopes", ConsentScope),
        ("consent_states", ConsentState),
        ("outcomes", Outcome),
        ("case_status", CaseStatus),
        ("sex", Sex),
        ("age_groups", AgeGroup),
        ("record_states", RecordState),
        ("roles", Role),
    ],
)
def test_enums_are_their_lists(name: str, enum: type[StrEnum]) -> None:
    assert codelists.get(name).codes == tuple(enum)


def test_thirty_two_services_each_with_group_tile_form_and_unit() -> None:
    services = codelists.get("services")
    assert len(services) == 32
    for service in services:
        assert codelists.service_group(service.code) in ServiceGroup
        assert codelists.service_tile(service.code) in codelists.get("tiles")
        assert service.extra["unit"] in codelists.get("units")
        assert service.extra["has_amount"] in {"0", "1"}
    assert {service.extra["group"] for service in services} == set(ServiceGroup)
    assert {codelists.service_tile(code) for code in services.codes} == set(codelists.get("tiles").codes)


def test_currencies_agree_about_their_smallest_units() -> None:
    for currency in Currency:
        assert codelists.get("currencies").column(currency, "minor_digits") == str(currency.minor_digits)


def test_an_unknown_code_is_shown_verbatim() -> None:
    services = codelists.get("services")
    assert services.label("psych_art_therapy", "be") == "psych_art_therapy"
    assert services.parent("nothing") == ""
    assert codelists.service_group("psych_art_therapy") is ServiceGroup.OTHER
    assert codelists.service_form("psych_art_therapy") == "general"


def test_labels_follow_the_language() -> None:
    groups = codelists.get("service_groups")
    assert [groups.label("family", language) for language in i18n.LANGUAGES] == ["Семья", "Сям’я", "Family"]


def test_a_child_implies_its_parent() -> None:
    types = codelists.get("exploitation_types")
    assert types.with_parents(["sex_pornography"]) == ["sexual_exploitation", "sex_pornography"]
    assert types.in_order(["x", "forced_labour", "sexual_exploitation", "x"]) == [
        "sexual_exploitation",
        "forced_labour",
        "x",
    ]
    assert "sex_prostitution" in types.children("sexual_exploitation")


def test_no_label_calls_anyone_a_victim() -> None:
    for name in ALL:
        for entry in codelists.get(name):
            # "Потерпевший" is the status in a criminal case, the one legal term among these.
            assert not re.search("victim|жертв|ахвяр", " ".join(entry.labels.values()).lower()), entry.code


def test_crosswalks_name_their_scheme_and_version_and_our_codes() -> None:
    found = [
        row
        for name in ALL
        for scheme in ("htcds", "htcds_sex", "primero", "gbvims", "ctdc", "isic", "law_350z")
        for row in codelists.crosswalks(name, scheme)
    ]
    assert len(found) > 250
    assert all(row.version and row.value and row.code in codelists.get(row.code_list) for row in found)
    services = {row.code for row in codelists.crosswalks("services", "primero")}
    assert services == set(codelists.get("services").codes)


def test_no_icd_code_tells_an_hiv_result() -> None:
    codes = set(codelists.get("icd10").codes)
    assert not {code for code in codes if re.match(r"B2[0-4]|Z21|R75|F02\.4", code)}
    for name in ("medical_problems", "medical_problems_private"):
        assert {entry.extra["icd10"] for entry in codelists.get(name)} <= codes | {""}
