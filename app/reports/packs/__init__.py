"""The packs: which figures stand together for an occasion, as chapters of tables. Pure composition.

What a pack holds is written here once, as data; it is counted by ``compose``, protected for its audience by
``app.reports.disclosure``, and put on paper or into a file by the writers.
"""

from app.reports.packs.chapters import Asked, ChapterPlan, Composed, asked_of, compose, told_chapters
from app.reports.packs.donor import DONOR
from app.reports.packs.projects import without_small_projects
from app.reports.packs.summary import SUMMARY
from app.reports.packs.task_force import TASK_FORCE

__all__ = [
    "DONOR",
    "SUMMARY",
    "TASK_FORCE",
    "Asked",
    "ChapterPlan",
    "Composed",
    "asked_of",
    "compose",
    "told_chapters",
    "without_small_projects",
]
