"""The programme's own story, as its papers print it: what practice puts in, and figures must give back.

Real numbers of real work, about no single person. Where a paper gives no day, a year stands in its place, and the
note of the record says so. ``app.usecases.practice.tell`` puts all of it in by the ordinary use cases.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

Values = Mapping[str, Any]

_UNDATED: Final = "2008"
_NO_DAY: Final = "Документ не называет дня. Год выбран для практики."
_OBLAST_CITIES: Final = ("BY-BR", "BY-VI", "BY-HO", "BY-HR", "BY-MA")

ASSISTED_BEFORE: Final = 1125
"""Persons whom the programme helped since September 2002, as its paper counts them: an opening balance."""
ASSISTED_SINCE: Final = "2002-09"
ASSISTED_UNTIL: Final = f"{_UNDATED}-12"
SOURCE: Final = "Отчёт программы: 1125 человек с сентября 2002 г. День отчёта не назван, месяц выбран для практики."


@dataclass(frozen=True, slots=True)
class Did:
    """One activity of the papers."""

    kind: str
    on: str
    title: str
    values: Values = field(default_factory=dict)

    def record(self) -> dict[str, Any]:
        """The values of its record."""
        noted = {"note": _NO_DAY} if self.on == _UNDATED else {}
        return {"activity": self.kind, "on": self.on, "title": self.title, **noted, **self.values}


def _places(*oblasts: str) -> list[dict[str, str]]:
    return [{"oblast": oblast} for oblast in oblasts]


ACTIVITIES: Final = (
    Did("lecture", _UNDATED, "Лекции для целевых групп", {"sessions": 5000, "attendances": 96_470}),
    Did("vulnerable_group_training", _UNDATED, "Навыки для поиска работы", {"attendances": 1000, "women": 1000}),
    Did("training_of_trainers", _UNDATED, "Тренеры по предпринимательству", {"sessions": 1, "attendances": 17}),
    Did("training_of_trainers", _UNDATED, "Тренеры по трудовым навыкам", {"sessions": 1, "attendances": 19}),
    Did("training", _UNDATED, "Для органов власти, общественных организаций и журналистов", {"sessions": 11}),
    Did("training", _UNDATED, "Для сотрудников Министерства иностранных дел", {"sessions": 2}),
    Did("training", _UNDATED, "Для оперативных сотрудников и следователей", {"sessions": 3}),
    Did("seminar", _UNDATED, "Областные семинары для сотрудников", {"sessions": 6}),
    Did("seminar", _UNDATED, "Для судей и прокуроров", {"sessions": 3}),
    Did("conference", _UNDATED, "Сотрудники правоохранительных органов", {"sessions": 1, "attendances": 140}),
    Did("press_conference", _UNDATED, "Пресс-конференции программы", {"sessions": 4}),
    Did("psa_video", _UNDATED, "Видеоролики", {"spots": 4}),
    Did("psa_radio", _UNDATED, "Радиоролики", {"spots": 3}),
    Did(
        "theatre_tour",
        _UNDATED,
        "Спектакль в областных городах",
        {"sessions": 5, "places": _places(*_OBLAST_CITIES)},
    ),
    Did("equipment", _UNDATED, "Подразделения МВД, из них два управления", {"units_equipped": 20}),
    Did("language_course", _UNDATED, "Сотрудники", {"attendances": 35}),
    Did("language_course", _UNDATED, "Студенты-юристы", {"attendances": 15}),
    Did("press_conference", "2016-07-27", "Открытие информационных кубов", {"sessions": 1}),
    Did(
        "installation_tour", "2016-07", "Информационный куб, первое место", {"items": 3, "weeks": 2, "placements": 1}
    ),
    Did(
        "installation_tour", "2016-08", "Информационный куб, второе место", {"items": 3, "weeks": 2, "placements": 1}
    ),
    Did("advisory_council", "2018-02-15", "Консультативный совет проекта", {"sessions": 1}),
    Did("partners_meeting", "2019-01-14", "План работы партнёров", {"sessions": 1, "until": "2019-01-15"}),
    Did("round_table", "2019-03", "Национальный механизм направления", {"sessions": 1}),
)
"""In the order of the papers."""

TASK_FORCE_DAY: Final = "2014-05-14"
OBLAST: Final = "BY-VI"
PARTIES: Final = (
    "brcs_vitebsk",
    "brcs_novopolotsk",
    "bar_association",
    "dept_interior_affairs_oblast",
    "dept_labour_social_oblast",
    "dept_education_oblast",
    "dept_health_oblast",
    "dept_ideology_oblast",
)
"""Of the memorandum, as far as the paper lets it be inferred."""
TO_BE_ADDED: Final = (
    "court_oblast",
    "prosecutor_oblast",
    "investigation_committee",
    "border_detachment_polotsk",
    "dept_citizenship_migration_oblast",
    "bel_union_women_novopolotsk",
)
MEMORANDUM: Final[Values] = {
    "oblast": OBLAST,
    "confidentiality": "yes",
    "references": [
        {"reference": "Государственная программа на 2013–2015 годы"},
        {"reference": "Конвенция Совета Европы"},
    ],
    "parties": [
        *({"agency": agency, "status": "signed"} for agency in PARTIES),
        *({"agency": agency, "status": "invited"} for agency in TO_BE_ADDED),
    ],
}
MEETING: Final[Values] = {
    "on": TASK_FORCE_DAY,
    "oblast": OBLAST,
    "place": "Витебский областной исполнительный комитет",
    "chair_agency": "moi_main_dept_drugs_thb",
    "panel": ["iom_belarus", "brcs_vitebsk_oblast", "dept_ideology_oblast", "dept_health_oblast"],
    "technical_support": "brcs_vitebsk_oblast",
    "attendees": [{"agency": agency} for agency in (*PARTIES, *TO_BE_ADDED)],
    "guests": [{"agency": "youth_palace"}, {"agency": "volunteer_brigades"}],
    "mou_changes": "Государственная программа 2013–2015; присоединение к Конвенции Совета Европы; "
    "статья о конфиденциальности",
}
DECISIONS: Final = (
    ("share_information", "Обмениваться информацией и статистикой между сторонами меморандума"),
    ("improve_cooperation", "Улучшить взаимодействие"),
    ("joint_prevention", "Проводить профилактику совместно"),
    ("work_with_teachers", "Вести информационную работу с педагогами"),
    ("youth_and_volunteers", "Привлекать молодёжь и волонтёров"),
    ("crisis_centres", "Использовать кризисные центры для реинтеграции"),
    ("media", "Работать со средствами массовой информации"),
    ("social_contracting", "Развивать социальный заказ, внести предложения по законодательству"),
    ("change_memorandum", "Изменить текст меморандума"),
    ("widen_parties", "Расширить круг сторон меморандума"),
)
"""Kind and words of each, in their order."""
