"""The questions of the detail forms, answered for an invented person."""

from __future__ import annotations

import datetime as dt
from random import Random
from types import MappingProxyType
from typing import Any, Final

from app.usecases.practice.events import chance, pick

_COMPLAINTS: Final = MappingProxyType(
    {
        "headache": "Головная боль несколько дней",
        "back_pain": "Боль в пояснице после работы",
        "toothache": "Болит зуб",
        "cold": "Кашель, насморк",
        "gastritis": "Боль в животе после еды",
        "fatigue": "Слабость, быстро устаёт",
        "sleep": "Плохо спит",
        "checkup": "Жалоб нет",
    }
)
_MEDICINES: Final = (
    ("Ибупрофен", "200 мг"),
    ("Парацетамол", "500 мг"),
    ("Омепразол", "20 мг"),
    ("Лоратадин", "10 мг"),
)
_DIFFICULTIES: Final = {
    "stress": 20.0, "anxiety": 20.0, "low_mood": 12.0, "sleep": 10.0, "guilt_shame": 8.0, "trust": 8.0,
    "family": 8.0, "adaptation": 8.0, "loneliness": 4.0, "self_esteem": 2.0,
}  # fmt: skip
_MATTERS: Final = MappingProxyType(
    {
        "legal_civil": {"civil": 40.0, "family": 25.0, "housing": 20.0, "labour": 15.0},
        "legal_witness_criminal": {"criminal_witness": 80.0, "compensation": 20.0},
        "legal_documents": {"documents": 85.0, "residence": 15.0},
    }
)
_STEPS: Final = {
    "consultation": 55.0,
    "document_drafted": 15.0,
    "application_filed": 15.0,
    "documents_received": 10.0,
    "hearing_attended": 5.0,
}


def medical(random: Random, code: str, on: dt.date, _session: int) -> dict[str, Any]:
    """A nurse's visit."""
    problem = random.choice(tuple(_COMPLAINTS))
    values: dict[str, Any] = {
        "visit_datetime": f"{on.isoformat()}T{random.randint(9, 16):02d}:{random.choice((0, 15, 30, 45)):02d}",
        "visit_place": "crisis_centre",
        "presenting_complaint": _COMPLAINTS[problem],
        "allergies_known": pick(random, {"no": 80.0, "yes": 12.0, "unknown": 6.0, "declined": 2.0}),
        "diagnosis": [{"problem": problem}],
    }
    if values["allergies_known"] == "yes":
        values["allergies"] = "пенициллин"
    if code == "medical_examination" or chance(random, 0.4):
        values |= _vital_signs(random)
    if code == "medical_medicines" or chance(random, 0.3):
        name, dose = random.choice(_MEDICINES)
        quantity = str(random.choice((10, 20)))
        values["medicines"] = [{"medicine_name": name, "medicine_dose": dose, "medicine_quantity": quantity}]
    if chance(random, 0.3):
        values["next_visit"] = (on + dt.timedelta(days=random.choice((3, 7, 14)))).isoformat()
    return values


def _vital_signs(random: Random) -> dict[str, Any]:
    upper = random.randint(98, 150)
    tenths = random.randint(362, 379)
    return {
        # Canonical: 37, not 37.0.
        "temperature": f"{tenths // 10}.{tenths % 10}".removesuffix(".0"),
        "pulse": random.randint(58, 104),
        "bp_systolic": upper,
        "bp_diastolic": upper - random.randint(32, 55),
        "weight": str(random.randint(44, 92)),
        "pain_0_10": random.choices(range(8), (40, 10, 14, 12, 10, 7, 4, 3))[0],
    }


def psychological(random: Random, code: str, on: dt.date, session: int) -> dict[str, Any]:
    """A session with the psychologist."""
    before = random.randint(1, 6)
    values: dict[str, Any] = {
        "session_number": session,
        "session_format": "group"
        if code == "psych_group"
        else pick(random, {"individual": 85.0, "family": 8.0, "crisis": 7.0}),
        "main_difficulty": pick(random, _DIFFICULTIES),
        "wellbeing_before": before,
        "wellbeing_after": min(10, before + random.randint(0, 3)),
    }
    if chance(random, 0.4):
        values["psych_suicide_risk"] = pick(random, {"none": 92.0, "thoughts": 7.0, "declined": 1.0})
    if chance(random, 0.5):
        values["next_session_on"] = (on + dt.timedelta(days=7)).isoformat()
    if chance(random, 0.5):
        values["psych_notes"] = "Запись остаётся в центре: работа с тревогой, упражнение на дыхание."
    return values


def legal(random: Random, code: str, on: dt.date, _session: int) -> dict[str, Any]:
    """A lawyer's step."""
    values: dict[str, Any] = {
        "legal_matter": pick(random, _MATTERS[code]),
        "legal_step": pick(random, _STEPS),
        "legal_result": pick(random, {"pending": 70.0, "granted": 12.0, "documents_issued": 12.0, "refused": 6.0}),
    }
    if values["legal_matter"] == "criminal_witness":
        values["court_or_body"] = "Следственный комитет"
        values["case_number"] = f"П-{random.randint(100, 999)}/{on.year}"
    return values


_ROADS: Final = (
    ("RU", "Москва, Белорусский вокзал", "train", "поезд 003М"),
    ("PL", "Варшава, аэропорт", "plane", "B2 862"),
    ("TR", "Стамбул, аэропорт", "plane", "TK 283"),
    ("LT", "Вильнюс, автовокзал", "bus", ""),
)
_COURSES: Final = {
    "job_skills_training": ("Швея", "Колледж лёгкой промышленности"),
    "job_search_training": ("Поиск работы, резюме", "Центр занятости"),
    "internship": ("Помощник повара", "Кафе «Вясёлка»"),
    "entrepreneurship_training": ("Своё дело: первые шаги", "Бизнес-школа"),
    "education_support": ("Вечерняя школа", "Средняя школа № 4"),
}
_STAYS: Final = frozenset({"rehab_centre_stay", "shelter_crisis_room"})
_FOOD: Final = ("meals", "food_parcel", "baby_food")
_THINGS: Final = ("clothes", "winter_clothes", "shoes", "hygiene_set", "women_hygiene", "nappies", "child_things")


def journey(random: Random, code: str, on: dt.date, _session: int) -> dict[str, Any]:
    """A way home, or to the place where she will live."""
    country, place, transport, number = random.choice(_ROADS)
    inside = code in {"return_escort", "return_travel_domestic"}
    values: dict[str, Any] = {
        "from_country": "BY" if inside else country,
        "from_place": "Минск" if inside else place,
        "to_country": "BY",
        "to_place": random.choice(("Брест", "Витебск", "Гомель", "Гродно")) if inside else "Минск",
        "transport": pick(random, {"train": 40.0, "bus": 35.0, "car": 25.0}) if inside else transport,
        "escorted": "yes" if code == "return_escort" else pick(random, {"yes": 25.0, "no": 75.0}),
        "arrived": pick(random, {"yes": 96.0, "unknown": 4.0}),
    }
    if number and not inside:
        values["travel_number"] = number
    if values["escorted"] == "yes":
        values["escort"] = "волонтёр центра"
    if code == "return_airport_reception":
        values |= {"handed_over_by": "сотрудник МОМ", "handed_over_to": "медсестра центра"}
    if values["arrived"] == "yes":
        values |= {"arrived_at": f"{on.isoformat()}T{random.randint(8, 22):02d}:15", "arrival_confirmed": "yes"}
    return values


def course(random: Random, code: str, on: dt.date, _session: int) -> dict[str, Any]:
    """A course, a placement, or a talk about work."""
    values: dict[str, Any] = {}
    if code in _COURSES:
        what, where = _COURSES[code]
        ends = on + dt.timedelta(days=random.choice((14, 30, 60)))
        values = {"course": what, "course_provider": where, "course_start": on.isoformat()}
        values["course_end"] = ends.isoformat()
    if chance(random, 0.2):
        values |= {"job_found": "yes", "job": "продавец", "job_since": on.isoformat()}
    return values


def material(random: Random, code: str, _on: dt.date, _session: int) -> dict[str, Any]:
    """Nights in the house, or what was handed out."""
    if code in _STAYS:
        return {"room": str(random.randint(1, 6)), "meals_included": pick(random, {"yes": 80.0, "no": 20.0})}
    things = random.sample(_FOOD if code == "food_meals" else _THINGS, random.randint(1, 3))
    return {"given_items": [{"item": item, "item_count": str(random.randint(1, 4))} for item in things]}
