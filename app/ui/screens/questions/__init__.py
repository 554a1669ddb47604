"""Questions: what the coordinator asked the centres, and what they answered."""

from app.ui.screens.questions.screen import QuestionsScreen

__all__ = ["QuestionsScreen"]
