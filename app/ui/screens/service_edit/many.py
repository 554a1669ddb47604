"""What the check finds about several people, as problems of the one form: each once, with the codes of its people."""

from __future__ import annotations

from app.errors import UserError
from app.forms.spec import Problem
from app.i18n import N_
from app.ui.forms.problems import sentence
from app.usecases.checking import NeedsConfirmation, NotAccepted
from app.usecases.groups import Finding, NotForAll


def in_words(refusal: NotForAll) -> UserError:
    """``refusal`` as the refusal of one form."""
    problems = tuple(_told(one) for one in refusal.findings)
    return NotAccepted(problems) if refusal.forbids else NeedsConfirmation(problems)


def _told(finding: Finding) -> Problem:
    problem = finding.problem
    if not finding.codes:
        return problem
    # The sentence is put in as a value: it is translated already, and case codes are no names.
    values = {"sentence": sentence(problem), "codes": ", ".join(finding.codes)}
    return Problem(problem.field, problem.severity, problem.code, N_("{sentence} ({codes})"), values)
