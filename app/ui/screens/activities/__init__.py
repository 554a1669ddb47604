"""Activities: the work that is about no single person, listed with its sums."""

from app.ui.screens.activities.screen import ActivitiesScreen

__all__ = ["ActivitiesScreen"]
