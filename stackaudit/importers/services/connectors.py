"""What the type of a connection is: by a table a service, else by the words of the type itself."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from stackaudit.catalogue.match import find_product
from stackaudit.catalogue.model import Catalogue, Product


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table."""

    name: str
    product: str
    """Id of the catalogue, ``""`` for what is no product of it, or a mark of the table."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a type is."""

    name: str
    """In words: ``PostgreSQL``, or the type itself where nothing is known."""
    product: Product | None = None
    mark: str = ""
    """``own`` or ``test``: nothing that belongs into an inventory."""
    known: bool = True
    """The type is in the table or means a product; else only its words are known."""
    candidates: bool = False
    """The words mean several products; who reads the name asks which."""


@cache
def table(service: str) -> dict[str, Row]:
    """Return the table of a service; types are compared in lower case."""
    text = (files("stackaudit.importers.services") / "data" / f"{service}.csv").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {
        row["id"].casefold(): Row(row["name"], row["product"] or "")
        for row in csv.DictReader(lines)
    }


def kind_of(service: str, type_id: str, catalogue: Catalogue) -> Kind:
    """Return what a type of a service is."""
    row = table(service).get(type_id.casefold())
    if row is not None:
        product = catalogue.products.get(row.product)
        mark = row.product if product is None else ""
        return Kind(row.name, product, mark)
    words = in_words(type_id)
    match = find_product(catalogue, type_id)
    if match.product is not None:
        return Kind(match.product.name, match.product)
    return Kind(words, known=False, candidates=bool(match.candidates))


def in_words(type_id: str) -> str:
    """Return ``google_ads`` or ``googleAds`` as ``Google Ads``."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type_id)
    words = re.sub(r"[\W_]+", " ", apart).split()
    return " ".join(w if any(c.isupper() for c in w) else w.capitalize() for w in words)
