"""The receipt for a payment of a grant: the sum in figures and in words, what for, who paid and who received.

The grant is not called by its kind: a receipt is shown to book-keepers, shops and relatives.
"""

from __future__ import annotations

from app.forms.spec import Values
from app.i18n import N_
from app.reports.amount_words import amount_in_words
from app.reports.paper.blocks import Blanks, Block, Paper, PaperKind, Rows, Signatures, Sum, Text
from app.reports.paper.head import Issuer, Title, captions, paper
from app.reports.paper.tongue import Tongue


def grant_receipt(say: Tongue, issuer: Issuer, payment: Values, person: Values, identity: Values) -> Paper:
    """The receipt for ``payment`` (the values of a service that names a grant)."""
    amount, currency = int(payment.get("amount", 0)), str(payment.get("currency", ""))
    number = str(payment.get("receipt_number", ""))
    blocks: tuple[Block, ...] = (
        Blanks(
            (
                (say(N_("Number")), number),
                (say(N_("Received by")), say.name(identity)),
                (say(N_("Document")), str(identity.get("passport") or identity.get("personal_number") or "")),
            )
        ),
        Sum(say.money(amount, currency), amount_in_words(amount, currency, say.language)),
        Rows(_about(say, payment)),
        Text(say(N_("I have received this sum in full and have counted it."))),
        Signatures(
            captions(say),
            ((say(N_("Received by")), say.name(identity)), (say(N_("Paid by")), issuer.staff)),
        ),
        Text(say(N_("Two copies: one stays with the person, one with the centre.")), small=True),
    )
    title = Title(say(N_("Receipt for money received")), "", str(person.get("code", "")))
    return paper(say, issuer, PaperKind.RECEIPT, title, blocks)


def _about(say: Tongue, payment: Values) -> tuple[tuple[str, str], ...]:
    pairs = (
        (say(N_("Paid on")), say.date(payment.get("paid_on") or payment.get("on"))),
        (say(N_("Purpose")), say.code("grant_purposes", payment.get("purpose"))),
        (say(N_("Instalment")), _instalment(say, payment)),
        (say(N_("Paid from the funds of")), say.code("donors", payment.get("donor"))),
        (say(N_("Project")), str(payment.get("project", ""))),
    )
    return tuple(pair for pair in pairs if pair[1])


def _instalment(say: Tongue, payment: Values) -> str:
    number, total = payment.get("instalment"), payment.get("instalments_total")
    if number and total:
        return say(N_("{number} of {total}"), number=number, total=total)
    return str(number or "")
