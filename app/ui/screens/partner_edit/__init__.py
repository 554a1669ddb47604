"""A partner of the directory, added or changed by the coordinator."""

from app.ui.screens.partner_edit.screen import PartnerEdit

__all__ = ["PartnerEdit"]
