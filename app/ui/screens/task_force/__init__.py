"""The task force: what is open and overdue, the next meeting, all meetings."""

from app.ui.screens.task_force.screen import TaskForceScreen

__all__ = ["TaskForceScreen"]
