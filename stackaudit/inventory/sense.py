"""Contradictions inside an inventory: what every single record allows and all together do not."""

from __future__ import annotations

from stackaudit.inventory.schema import Inventory
from stackaudit.source.problems import Problem


def check(inventory: Inventory, problems: list[Problem]) -> None:
    """Add the problems that only show when records are seen together."""
