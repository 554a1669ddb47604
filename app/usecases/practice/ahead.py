"""What is planned with invented people: needs and agreed steps, appointments, referrals with their answers.

Most steps are met and most appointments kept; some are overdue, and who is still helped at the end has something
ahead, so that the desk of a practice centre has a morning like any other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from random import Random
from typing import Any, Final

from app.usecases.practice import facts
from app.usecases.practice.events import Act, Event, chance, pick, working_day
from app.usecases.practice.humans import Human

_NEEDS: Final = {
    "legal": ("Нет паспорта", "Получить паспорт", "Подать заявление на паспорт"),
    "medical": ("Болят зубы", "Вылечить зубы", "Записаться к стоматологу"),
    "shelter": ("Негде жить", "Снять комнату", "Посмотреть два варианта жилья"),
    "employment": ("Нет работы", "Постоянная работа", "Составить резюме"),
    "psychological": ("Плохо спит", "Спать без тревоги", "Ходить к психологу раз в неделю"),
    "education": ("Ребёнок не ходит в школу", "Ребёнок учится", "Поговорить с директором школы"),
    "social": ("Нет пособия", "Оформить пособие", "Собрать справки"),
}
_MEETINGS: Final = {
    "medical_treatment": ("Осмотр, перевязка", "кабинет медсестры"),
    "psych_counselling": ("Встреча с психологом", "кабинет 2"),
    "legal_documents": ("Подать документы", "отдел по гражданству и миграции"),
    "social_support": ("Оформление пособия", "территориальный центр"),
    "employment_counselling": ("Составить резюме", "центр"),
}
_REFERRALS: Final = (
    ("medical_treatment", "release_health", "clinic"),
    ("legal_civil", "release_legal", "bar_association"),
    ("social_support", "release_protection", "social_centre"),
    ("psych_counselling", "release_psychosocial", "social_centre"),
    ("employment_counselling", "release_livelihoods", "dept_labour_social_oblast"),
)
_ANSWERS: Final = {"accepted": 40.0, "done": 35.0, "rejected": 10.0, "": 15.0}
_STATES: Final = {"done": 76.0, "missed": 11.0, "moved": 10.0, "": 3.0}
_DAY: Final = dt.timedelta(days=1)


def ahead(
    random: Random, human: Human, person: str, stay: tuple[dt.date, dt.date], end: dt.date, today: dt.date
) -> Iterator[Event]:
    """Needs, appointments and referrals of one who was helped during ``stay``; ``end`` is the plan's last day.

    ``today`` is the day on which the desk will be looked at: what lies ahead is ahead of it.
    """
    since, until = stay
    yield from _needs(random, person, since, until)
    yield from _appointments(random, person, since, until)
    if until == end and chance(random, 0.6):
        yield _next_meeting(random, person, max(since, end - 6 * _DAY), end, today)
    if chance(random, 0.35):
        yield from _referral(random, human, person, since, until)


def _needs(random: Random, person: str, since: dt.date, until: dt.date) -> Iterator[Event]:
    for number, category in enumerate(random.sample(sorted(_NEEDS), random.choice((1, 2, 2, 3)))):
        on = since + dt.timedelta(days=random.randint(0, 12))
        if on > until:
            return
        need, goal, step = _NEEDS[category]
        due = working_day(random, on + 14 * _DAY, on + 90 * _DAY)
        values: dict[str, Any] = {
            "category": category,
            "need": need,
            "goal": goal,
            "step": step,
            "agreed_on": on.isoformat(),
            "due": due.isoformat(),
            "progress": "in_progress",
        }
        subject, refers = f"{person}/n{number}", {"case": f"{person}/c"}
        yield Event(on, Act.NEED, person, values, subject=subject, refers=refers)
        met_on = due + dt.timedelta(days=random.randint(-10, 6))
        if met_on <= until and chance(random, 0.88):
            state = pick(random, {"met": 85.0, "not_applicable": 15.0})
            met = {**values, "progress": state, **({"met_on": met_on.isoformat()} if state == "met" else {})}
            yield Event(met_on, Act.NEED, person, met, subject=subject, refers=refers)


def _appointments(random: Random, person: str, since: dt.date, until: dt.date) -> Iterator[Event]:
    on, number = since, 0
    while True:
        on += dt.timedelta(days=random.randint(10, 45))
        day = working_day(random, on + 2 * _DAY, on + 12 * _DAY)
        if day > until:
            return
        subject = f"{person}/a{number}"
        number += 1
        yield _meeting(random, person, subject, on, day)
        state = pick(random, _STATES)
        if state == "moved":
            later = day + 7 * _DAY
            moved = {"state": "moved", "moved_to": _moment(random, later)}
            yield Event(day, Act.MARK, person, moved, subject=subject)
            if later <= until:
                yield Event(later, Act.MARK, person, {"state": "done"}, subject=subject)
        elif state:
            yield Event(day, Act.MARK, person, {"state": state}, subject=subject)


def _meeting(random: Random, person: str, subject: str, on: dt.date, day: dt.date) -> Event:
    service = random.choice(sorted(_MEETINGS))
    what, place = _MEETINGS[service]
    values = {"at": _moment(random, day), "service": service, "what": what, "place": place, "state": "planned"}
    return Event(on, Act.APPOINTMENT, person, values, subject=subject)


def _next_meeting(random: Random, person: str, first: dt.date, end: dt.date, today: dt.date) -> Event:
    """Made in the last days of the plan, for today and the days around it."""
    day = max(end, today + dt.timedelta(days=random.choice((-1, 0, 0, 1, 2, 3, 5, 7))))
    return _meeting(random, person, f"{person}/next", working_day(random, first, end), day)


def _moment(random: Random, day: dt.date) -> str:
    return f"{day.isoformat()}T{random.randint(9, 16):02d}:{random.choice((0, 30)):02d}"


def _referral(random: Random, human: Human, person: str, since: dt.date, until: dt.date) -> Iterator[Event]:
    """Sent with the person's release; one in ten in an emergency, with a reason and a second person."""
    service, scope, agency = random.choice(_REFERRALS)
    on = working_day(random, since, min(until, since + 60 * _DAY))
    values: dict[str, Any] = {
        "service": service,
        "agency": agency,
        "urgency": pick(random, {"week": 60.0, "routine": 30.0, "24h": 10.0}),
        "sent_on": on.isoformat(),
        "shared": ["names", "birth", "phone", "help_wanted", "need_story"],
        "need_story": "Нужна консультация и помощь на месте.",
        "letter_language": "ru",
        "status": "waiting",
    }
    if chance(random, 0.1):
        values |= {"without_consent_reason": "Угроза жизни, решали на месте.", "second_person": "Дежурный врач"}
    else:
        release = {**facts.consent(random, human, on, scope, "given"), "organisation": agency}
        yield Event(on, Act.CONSENT, person, release)
    subject, refers = f"{person}/r", {"case": f"{person}/c"}
    yield Event(on, Act.REFERRAL, person, values, subject=subject, refers=refers)
    answered_on = on + dt.timedelta(days=random.randint(1, 20))
    status = pick(random, _ANSWERS)
    if status and answered_on <= until:
        answer = {**values, "status": status, "answered_on": answered_on.isoformat()}
        yield Event(answered_on, Act.REFERRAL, person, answer, subject=subject, refers=refers)
