"""What an answer about names means in practice, said wherever the answer is shown or changed."""

from __future__ import annotations

from app.codelists import ConsentScope, ConsentState
from app.i18n import _
from app.usecases.delivery import Delivery, DeliveryState

_NO = frozenset({ConsentState.REFUSED.value, ConsentState.WITHDRAWN.value})


def about_names(scope: str, state: str) -> bool:
    """Is this the answer by which names no longer go to the coordinator?"""
    return scope == ConsentScope.COORDINATOR_IDENTIFIABLE and state in _NO


def withdrawal() -> str:
    """What happens once it is saved (bundle format, section 5: the records travel anew, without names)."""
    return _(
        "From the next bundle on names do not go; what has gone is removed at the coordinator with the next bundle."
    )


def since_withdrawal(delivery: Delivery | None) -> str:
    """How far it has come, by where the answer itself has got to."""
    if delivery is not None and delivery.state is DeliveryState.RECEIVED:
        return _("Names do not go. What had gone before is removed at the coordinator.")
    if delivery is not None and delivery.state is DeliveryState.SENT:
        words = _("Names do not go. The coordinator removes what had gone before with bundle {number}.")
        return words.format(number=delivery.bundle)
    return withdrawal()
