"""The minutes for the screen of papers: composed, printed and noted in the audit log like any other paper."""

from __future__ import annotations

import uuid

from app.i18n import language as interface_language
from app.reports.paper.blocks import Paper, PaperKind
from app.usecases.papers import Papers
from app.usecases.task_force import TaskForce


class MinutesPapers(Papers):
    """As ``Papers``, with ``PaperKind.MINUTES`` about a meeting."""

    def compose(self, kind: PaperKind, record: uuid.UUID, language: str) -> Paper:
        """The minutes of the meeting ``record``; any other kind as ever."""
        if kind is PaperKind.MINUTES:
            return TaskForce(self._desk).minutes(record, language)
        return super().compose(kind, record, language)

    def language_for(self, kind: PaperKind, record: uuid.UUID) -> str:
        """Minutes begin in the language of the interface."""
        return interface_language() if kind is PaperKind.MINUTES else super().language_for(kind, record)
