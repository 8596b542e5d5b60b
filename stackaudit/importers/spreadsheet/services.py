"""Lists of vendors and services: which of the two columns names the tool.

``Vendor | Service | Annual cost`` is read in two ways: ``Adobe | Analytics`` and ``Stripe |
Payment processing``. What the catalogue knows decides; where it knows neither the vendor is the
name, as long as none stands in two rows.
"""

from __future__ import annotations

from typing import Final

from stackaudit.catalogue.match import find_product
from stackaudit.catalogue.model import Catalogue
from stackaudit.importers.spreadsheet.grid import filled, shown
from stackaudit.importers.spreadsheet.headers import Table, at, fold
from stackaudit.importers.spreadsheet.rows import known_name

_SERVICES: Final = frozenset(("service", "services", "service provided", "leistung", "dienst"))


def settle_names(table: Table, catalogue: Catalogue) -> None:
    """Read the vendors of a list as its tools, where its services only say what they are for."""
    name, vendor = table.column("name"), table.column("vendor")
    if table.kind != "tools" or table.saved or name is None or vendor is None:
        return
    if fold(name.header) not in _SERVICES:
        return
    pairs = [
        (shown(at(row, vendor.index)), shown(at(row, name.index)))
        for _, row in table.rows
        if filled(at(row, vendor.index)) and filled(at(row, name.index))
    ]
    vendors = sum(known_name(catalogue, v) for v, _ in pairs)
    services = sum(_service(catalogue, v, s) for v, s in pairs)
    alone = len({fold(v) for v, _ in pairs}) == len(pairs)
    if not pairs or vendors < services or (vendors == services and not (alone and not services)):
        return
    vendor.key = "name"
    vendor.why = f"{name.title!r} says what each is for"
    name.key = "category" if table.column("category") is None else "notes"


def _service(catalogue: Catalogue, vendor: str, service: str) -> bool:
    """Tell whether a service is a product: by its name, or with its vendor's in front."""
    both = find_product(catalogue, f"{vendor} {service}").product
    words = len(service.split())
    return known_name(catalogue, service) or (both is not None and words < 3)
