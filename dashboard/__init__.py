"""Soirée, the live election-night dashboard."""

__version__ = "0.1.0"
