"""Apora: records of help, kept encrypted, carried in sealed bundles, counted without giving anyone away."""

__version__ = "0.1.0"
