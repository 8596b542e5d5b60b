"""Which product a found name means; likeness is only ever a question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from stackaudit.catalogue.match import find_product, suggest_products
from stackaudit.catalogue.model import Catalogue, Product
from stackaudit.importers.model import FoundTool

How = Literal["given", "name", "alias", "hint", "ambiguous", "unknown"]


@dataclass(frozen=True, slots=True)
class Identity:
    """Which product a found tool is, and how that is known."""

    product: Product | None
    how: How
    """``given`` by the source's own type, its ``name`` or an ``alias`` of it, a ``hint`` such as a
    host; ``ambiguous`` among candidates; ``unknown`` to the catalogue."""
    candidates: tuple[Product, ...] = ()
    like: tuple[str, ...] = ()
    """Names of products it is spelled like: only to be asked about."""


def identify(catalogue: Catalogue, tool: FoundTool) -> Identity:
    """Return which product of the catalogue a found tool is."""
    if tool.product is not None and tool.product in catalogue.products:
        return Identity(catalogue.products[tool.product], "given")
    found = find_product(catalogue, tool.name)
    if found.product is not None:
        return Identity(found.product, "name" if found.kind == "exact" else "alias")
    for known in tool.known_as:
        other = find_product(catalogue, known)
        if other.product is not None and other.product in (found.candidates or (other.product,)):
            return Identity(other.product, "hint")
    if found.kind == "ambiguous":
        return Identity(None, "ambiguous", found.candidates)
    return Identity(None, "unknown", (), tuple(suggest_products(catalogue, tool.name)))
