"""Disclosure control: what of a table may leave, for whom, so that nobody can be recognised in it. Pure.

``protect`` makes ``Told`` of tables counted in full. Decisions and their proof: ``docs/adr/0012-disclosure.md``.
"""

from app.reports.disclosure.earlier import NOTHING, Earlier, EarlierRelease
from app.reports.disclosure.protect import Protection, protect
from app.reports.disclosure.quantities import Quantity
from app.reports.disclosure.rare import may_stand
from app.reports.disclosure.rules import open_problem, rule_for

__all__ = [
    "NOTHING",
    "Earlier",
    "EarlierRelease",
    "Protection",
    "Quantity",
    "may_stand",
    "open_problem",
    "protect",
    "rule_for",
]
