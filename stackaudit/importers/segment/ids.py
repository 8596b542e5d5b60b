"""The ids by which Segment names kinds of sources, destinations and warehouses: ``metadata.id``.

They come from the catalogue in Segment's public documentation, the registry of its public package
of action destinations, and, for a few, from exports in which the name stood beside the id. The
column ``basis`` says which. An id that is not here stays unknown.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

WEBHOOKS: Final = frozenset(
    (
        "54521fdc25e721e32a72ef04",
        "614a3c7d791c91c41bae7599",
        "66b1f528d26440823fb27af9",
        "649a1418b31e61334c66a7e7",
        "5850d8b680412f644ff55df2",
    )
)
"""Destinations that send to any address: what is behind them is not said by their kind."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a metadata id means."""

    name: str
    product: str | None
    channel: str
    """``website``, ``app`` or ``server`` for the libraries a company puts into its own channels."""


@cache
def _table() -> dict[tuple[str, str], Kind]:
    text = resources.files(__package__).joinpath("ids.csv").read_text("utf-8")
    return {
        (row["kind"], row["id"]): Kind(row["name"], row["product"] or None, row["channel"])
        for row in csv.DictReader(text.splitlines())
    }


def kind_of(what: str, metadata_id: str) -> Kind | None:
    """Return what an id of a ``source``, ``destination`` or ``warehouse`` means, where known."""
    return _table().get((what, metadata_id))
