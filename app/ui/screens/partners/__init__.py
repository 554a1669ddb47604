"""The directory of partners: the list, and one partner to be read and called."""

from app.ui.screens.partners.partner import PartnerScreen
from app.ui.screens.partners.screen import PartnersScreen

__all__ = ["PartnerScreen", "PartnersScreen"]
