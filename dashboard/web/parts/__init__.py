"""Pieces of Dash skeleton that both screens use."""

from .containers import HIDDEN, data, figure, part, role

__all__ = ["HIDDEN", "data", "figure", "part", "role"]
