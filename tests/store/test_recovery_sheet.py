"""The recovery sheet tells which group is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import UserError
from app.store.recovery import RecoveryCode, RecoverySlip, group_is_sound

CODE = RecoveryCode(bytes(range(240, 256)))


@given(st.binary(min_size=16, max_size=16))
def test_what_is_printed_reads_back(secret: bytes) -> None:
    code = RecoveryCode(secret)
    assert all(len(group) == 6 and int(group) % 11 == 0 for group in code.groups)
    assert RecoveryCode.parse(code.groups) == code
    assert RecoveryCode.parse(" ".join(code.groups)) == code
    assert RecoveryCode.parse("-".join(code.groups) + "\n") == code


def test_every_slip_of_one_digit_is_caught_and_its_group_named() -> None:
    for number, group in enumerate(CODE.groups, 1):
        for place in range(6):
            for digit in "0123456789":
                if digit == group[place]:
                    continue
                typed = list(CODE.groups)
                typed[number - 1] = group[:place] + digit + group[place + 1 :]
                with pytest.raises(RecoverySlip) as slip:
                    RecoveryCode.parse(typed)
                assert slip.value.groups == (number,)


def test_every_swap_of_neighbours_is_caught() -> None:
    for value in range(0, 65536, 7):
        group = f"{value * 11:06d}"
        for place in range(5):
            swapped = group[:place] + group[place + 1] + group[place] + group[place + 2 :]
            assert swapped == group or not group_is_sound(swapped)


def test_a_multiple_of_eleven_that_is_never_printed_is_refused() -> None:
    assert group_is_sound("720885")
    assert not group_is_sound("720896")
    assert not group_is_sound("٠٠٠٠١١")


@pytest.mark.parametrize("typed", ["", "000011", " ".join(["000011"] * 9)])
def test_a_sheet_has_eight_groups(typed: str) -> None:
    with pytest.raises(UserError):
        RecoveryCode.parse(typed)


def test_two_wrong_groups_are_both_named() -> None:
    typed = list(CODE.groups)
    typed[1], typed[6] = "000001", "12345"
    with pytest.raises(RecoverySlip) as slip:
        RecoveryCode.parse(typed)
    assert slip.value.groups == (2, 7)
    assert "2, 7" in slip.value.sentence()
