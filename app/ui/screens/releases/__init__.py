"""The register of released tables: what was told, to whom, when and by whom."""

from app.ui.screens.releases.screen import ReleasesScreen

__all__ = ["ReleasesScreen"]
