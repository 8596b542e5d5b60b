"""The importers and services that come with the package, the most particular kinds first."""

from __future__ import annotations

from typing import Any


def built_in() -> list[type[Any]]:
    """Return the classes; the order is the one in which a source is offered to them."""
    from stackaudit.importers.spreadsheet.importer import Spreadsheets

    return [Spreadsheets]
