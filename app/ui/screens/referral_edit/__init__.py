"""A referral to another organisation: where to, by which consent, exactly what is told, what was answered."""

from app.ui.screens.referral_edit.screen import ReferralEdit
from app.ui.screens.referral_edit.sources import Sources

__all__ = ["ReferralEdit", "Sources"]
