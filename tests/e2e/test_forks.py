"""Two histories from one laptop: neither is lost, and a person decides how it goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from app.errors import UserError
from app.models import Question, Trust
from app.usecases.forks import Forks
from tests.e2e.desks import count_of, document_at, trust_of
from tests.e2e.forked import Fork, forked


@pytest.fixture
def fork(tmp_path: Path) -> Fork:
    return forked(tmp_path)


def test_what_the_other_history_holds_is_told_before_anything_is_done(fork: Fork) -> None:
    before = count_of(fork.head.desk, Question)
    found = Forks(fork.head.desk).other(fork.inst)
    assert (found.files, found.unreadable, found.more, found.other) == (1, 0, 1, 1)
    assert (found.last_seq, found.centre) == (2, "Віцебск")
    assert count_of(fork.head.desk, Question) == before


def test_both_are_kept_and_the_laptop_goes_on(fork: Fork) -> None:
    desk = fork.head.desk
    # What the laptop sends while it is stopped belongs to the first history: it must not be lost either.
    later = fork.laptop.help(fork.person, "food_meals")
    assert [one.answer for one in fork.head.take(fork.laptop.send(fork.stick))] == ["FORK"]
    forks = Forks(desk)
    forks.keep_both(fork.inst)
    assert document_at(desk, fork.help_on_laptop)[0] == "live"
    assert document_at(desk, fork.help_on_copy)[0] == "live"
    assert document_at(desk, fork.person)[1]["birth_year"] == 1990
    with desk.store.reading() as session:
        (asked,) = session.scalars(select(Question)).all()
    assert (asked.record_uid, asked.reason, asked.state) == (fork.person, "late_row", "open")
    assert "1991" in asked.document
    assert forks.other(fork.inst).files == 0
    forks.go_on(fork.inst)
    assert trust_of(desk, fork.inst) == Trust.TRUSTED
    assert document_at(desk, later)[0] == "live"
    assert fork.head.receiving.aside() == []


def test_keeping_twice_adds_nothing_and_needs_an_alarm(fork: Fork) -> None:
    forks = Forks(fork.head.desk)
    forks.keep_both(fork.inst)
    forks.keep_both(fork.inst)
    assert count_of(fork.head.desk, Question) == 1
    fork.head.enrolment.resume(fork.inst)
    fork.copy.help(fork.person, "food_meals")
    assert [one.answer for one in fork.head.take(fork.copy.send(fork.stick))] == ["FORK"]
    fork.head.enrolment.resume(fork.inst)
    with pytest.raises(UserError):
        forks.keep_both(fork.inst)


def test_a_thief_adds_nothing_and_the_file_stays_as_proof(fork: Fork) -> None:
    forks = Forks(fork.head.desk)
    forks.revoke(fork.inst)
    assert trust_of(fork.head.desk, fork.inst) == Trust.REVOKED
    assert [one.answer for one in fork.head.receiving.aside()] == ["FORK"]
    with pytest.raises(Exception, match="No row"):
        document_at(fork.head.desk, fork.help_on_copy)
