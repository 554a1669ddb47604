"""Taking in an existing register from a sheet: looked at first, all or nothing, and twice is once."""

from app.usecases.taking_in.plan import Choices, Done, Plan, PlanRow, State
from app.usecases.taking_in.taking import TakingIn

__all__ = ["Choices", "Done", "Plan", "PlanRow", "State", "TakingIn"]
