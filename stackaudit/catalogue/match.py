"""From a name somebody wrote to the product it means: by id, name and alias, never by likeness.

A name is compared without case, spaces and punctuation (``Mail chimp``, ``MAILCHIMP``), without a
legal form (``Braze, Inc.``), with or without the vendor in front (``Atlassian Jira``) and what is
often put behind (``Drift.com``, ``Copper CRM``). Likeness only ever makes a suggestion: ``SFDC`` is
like nothing, and ``Zoom`` is like too much.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from weakref import WeakKeyDictionary

from stackaudit.catalogue.model import Catalogue, Product

MatchKind = Literal["exact", "alias", "ambiguous", "none"]

_LEGAL = re.compile(
    r"(?:[\s,]+(?:inc|incorporated|llc|ltd|limited|corp|corporation|gmbh|ag|plc|bv|b\.v|oy|ab|sas|srl"
    r"|s\.a|pty|gmbh & co\. kg)\.?)+$",
    re.IGNORECASE,
)
_EXTRA = re.compile(r"(?:\.(?:com|io|ai|co)|\s+(?:crm|app|software|platform))$", re.IGNORECASE)
_PLAN = re.compile(
    r"(?:\s+(?P<plan>free|starter|basic|standard|plus|pro|professional|premium|growth|enterprise"
    r"|business|teams?|trial)(?:\s+(?:plan|edition|tier|licen[cs]e))?)+$",
    re.IGNORECASE,
)
"""What a vendor sells a product as; it is not part of its name: ``Figma Pro``."""
_BRACKETS = re.compile(r"^(?P<base>[^()\[\]]+?)\s*[(\[](?P<inside>[^()\[\]]+)[)\]]$")
_LONG = 5
"""Letters of a part of a name from which on it means something."""
_NOT_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Match:
    """What a name means."""

    kind: MatchKind
    """``exact`` (id or name), ``alias``, ``ambiguous`` (ask which candidate) or ``none``."""
    product: Product | None = None
    """Set for ``exact`` and ``alias``."""
    candidates: tuple[Product, ...] = ()
    """The products an ambiguous name can mean, the likeliest first."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry of the catalogue that a search found."""

    kind: str
    """``product``, ``capability``, ``object``, ``profile``, ``suite``, ``method``, ``channel``,
    ``rule`` or ``region``."""
    id: str
    name: str
    text: str
    """Vendor or definition."""


def folded(name: str) -> str:
    """Return a name as it is compared: compatibility forms, case, spaces and punctuation folded."""
    if not name.isascii():
        name = unicodedata.normalize("NFKC", name)
    return _NOT_WORD.sub("", name.casefold().replace("&", "and").replace("+", "plus"))


class _Index:
    """Tables of folded names, made once per catalogue."""

    __slots__ = ("aliases", "names", "spelled", "vendors", "with_vendor")

    def __init__(self, catalogue: Catalogue) -> None:
        self.names: dict[str, Product] = {}
        self.aliases: dict[str, list[Product]] = {}
        self.vendors: dict[str, list[Product]] = {}
        self.with_vendor: dict[str, list[Product]] = {}
        for product in catalogue.products.values():
            for own in (product.id, product.name):
                self.names.setdefault(folded(own), product)
            for alias in product.aliases:
                _put(self.aliases, folded(alias), product)
            if product.vendor:
                vendor = folded(product.vendor)
                _put(self.vendors, vendor, product)
                for known in (product.name, *product.aliases):
                    _put(self.with_vendor, vendor + folded(known), product)
        for vendor, products in list(self.vendors.items()):
            (only, *others) = products
            if not others and not any(vendor in folded(n) for n in (only.name, *only.aliases)):
                del self.vendors[vendor]
        for word, ids in catalogue.ambiguous.items():
            for product_id in ids:
                if product_id in catalogue.products:
                    _put(self.vendors, folded(word), catalogue.products[product_id])
        self.spelled = sorted({*self.names, *self.aliases, *self.vendors} - {""})
        """Every folded name, to look for likeness."""

    def means(self, key: str) -> list[Product]:
        """Return the products a folded name means."""
        if key in self.names:
            return [self.names[key]]
        return self.aliases.get(key) or self.vendors.get(key, [])


def _put(table: dict[str, list[Product]], key: str, product: Product) -> None:
    entries = table.setdefault(key, [])
    if product not in entries:
        entries.append(product)


_indexes: WeakKeyDictionary[Catalogue, _Index] = WeakKeyDictionary()


def _index(catalogue: Catalogue) -> _Index:
    index = _indexes.get(catalogue)
    if index is None:
        index = _indexes[catalogue] = _Index(catalogue)
    return index


def find_product(catalogue: Catalogue, name: str) -> Match:
    """Return the product a name means, or the products it can mean.

    A product's own id or name wins over an alias, an alias over the name of a vendor. The name of
    a vendor alone is ambiguous, even with one product: nobody said which is in use. It is ``none``
    when the vendor's one known product has a name of its own (Datadog bought Eppo; who writes
    Datadog does not mean Eppo).
    """
    index = _index(catalogue)
    found = _look_up(index, name)
    if found.kind != "none":
        return found
    plain = _LEGAL.sub("", name.strip())
    if plain != name.strip():
        found = _look_up(index, plain)
        if found.kind != "none":
            return found
    shorter = _EXTRA.sub("", plain)
    if shorter != plain:
        found = _look_up(index, shorter)
        if found.product is not None:
            return Match("alias", found.product)
    planned = _PLAN.search(plain)
    if planned is not None:
        found = _look_up(index, plain[: planned.start()])
        if found.product is not None:
            return Match("alias", found.product)
        if found.kind == "ambiguous" and planned["plan"].casefold() not in ("business", "team"):
            return found
    # As in Google Analytics 4 (GA4), Salesforce (Sales Cloud) and Klaviyo (outlet).
    split = _BRACKETS.match(plain)
    if split is None:
        return Match("none")
    base, inside = _look_up(index, split["base"]), _look_up(index, split["inside"])
    if base.product is not None:
        return Match("alias", base.product)
    if inside.product is not None and (base.kind == "none" or inside.product in base.candidates):
        return Match("alias", inside.product)
    return base


def _look_up(index: _Index, name: str) -> Match:
    key = folded(name)
    if not key:
        return Match("none")
    product = index.names.get(key)
    if product is not None:
        return Match("exact", product)
    for table in (index.aliases, index.with_vendor):
        found = table.get(key, ())
        if len(found) == 1:
            return Match("alias", found[0])
        if found:
            return _ambiguous(found)
    vendor = index.vendors.get(key)
    return _ambiguous(vendor) if vendor else Match("none")


def _ambiguous(products: Iterable[Product]) -> Match:
    """Ask: products that can still be bought first, otherwise as in the catalogue."""
    gone = ("retired", "retiring")
    return Match("ambiguous", None, tuple(sorted(products, key=lambda p: p.status in gone)))


def find_method(catalogue: Catalogue, name: str) -> str | None:
    """Return the id of the integration method that a word or alias means, or ``None``."""
    if name in catalogue.methods:
        return name
    key = folded(name)
    for method in catalogue.methods.values():
        if any(folded(known) == key for known in (method.id, method.name, *method.aliases)):
            return method.id
    return None


def find_region(catalogue: Catalogue, name: str) -> str | None:
    """Return the id of the region that a code, a country's name or a cloud region means.

    ``DE`` and ``eu-central-1`` are the EU, ``us-east-1`` is the US. ``None`` where it is not known.
    """
    text = name.strip()
    found = _region(catalogue, text)
    if found is None:
        # Cloud regions carry a number: `eu-west-1`, `us-east-2`. Plain words with a hyphen do not.
        code, dash, rest = text.partition("-")
        if dash and any(c.isdigit() for c in rest):
            found = _region(catalogue, code)
    return found


def _region(catalogue: Catalogue, text: str) -> str | None:
    upper = text.upper()
    if upper in catalogue.regions:
        return upper
    if upper in catalogue.country_region:
        return catalogue.country_region[upper]
    key = folded(text)
    for region in catalogue.regions.values():
        if any(folded(known) == key for known in (region.name, *region.aliases)):
            return region.id
    return None


def suggest(word: str, choices: Iterable[str], n: int = 3) -> list[str]:
    """Return at most ``n`` choices that a mistyped word probably means, nearest first."""
    from stackaudit.source.words import nearest

    return nearest(word, choices, n)


def suggest_products(catalogue: Catalogue, name: str, n: int = 3) -> list[str]:
    """Return the names of at most ``n`` products that a name is like; for questions only.

    Names of vendors count as well (``Salesfroce`` is like Salesforce), with their products.
    """
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    asked = folded(name)
    if len(asked) < 3:
        return []
    index = _index(catalogue)
    found = extract(
        asked, index.spelled, scorer=OSA.normalized_similarity, score_cutoff=0.78, limit=5 * n
    )
    near = [(-round(score, 6), index.spelled[place]) for _, score, place in found]
    # A part of a longer name counts too (`HubSpot CMS`, `HubSpot`); short parts mean little.
    near += [(-0.75, w) for w in _whole(index.spelled, asked)]
    best = min(near, default=(0.0, ""))[0]
    names = [
        product.name
        for score, spelled in sorted(near)
        if score <= best + 0.12
        for product in index.means(spelled)
    ]
    return list(dict.fromkeys(names))[:n]


def _whole(spelled: list[str], asked: str) -> list[str]:
    """Return the sorted names that begin with a name, or that it begins with, from 5 letters on."""
    if len(asked) < _LONG:
        return []
    begun = [asked[:n] for n in range(_LONG, len(asked))]
    found = [w for w in begun if spelled[bisect_left(spelled, w) : bisect_right(spelled, w)]]
    for place in range(bisect_left(spelled, asked), len(spelled)):
        if not spelled[place].startswith(asked):
            break
        found.append(spelled[place])
    return found


def search(catalogue: Catalogue, word: str) -> list[Hit]:
    """Return the entries whose id, name, alias, vendor or definition holds a word.

    In a fixed order by kind; entries whose id or name holds the word come first.
    """
    asked = word.casefold().strip()
    if not asked:
        return []
    found: list[tuple[int, int, str, Hit]] = []
    for place, (kind, entries) in enumerate(_sections(catalogue)):
        for entry in entries.values():
            text = str(
                getattr(entry, "vendor", "")
                or getattr(entry, "definition", "")
                or getattr(entry, "what", "")
            )
            more = " ".join((*getattr(entry, "aliases", ()), text)).casefold()
            in_name = asked in f"{entry.id} {entry.name}".casefold()
            if in_name or asked in more:
                hit = Hit(kind, entry.id, entry.name, text)
                found.append((place, 0 if in_name else 1, entry.id, hit))
    return [hit for _, _, _, hit in sorted(found, key=lambda row: row[:3])]


def show(catalogue: Catalogue, name: str) -> list[tuple[str, Any]]:
    """Return every entry with this id, and the product this name means, as ``(kind, record)``."""
    found = [(kind, entries[name]) for kind, entries in _sections(catalogue) if name in entries]
    if not found:
        product = find_product(catalogue, name).product
        if product is not None:
            found.append(("product", product))
    return found


def _sections(catalogue: Catalogue) -> list[tuple[str, Mapping[str, Any]]]:
    return [
        ("product", catalogue.products),
        ("capability", catalogue.capabilities),
        ("object", catalogue.objects),
        ("profile", catalogue.profiles),
        ("suite", catalogue.suites),
        ("method", catalogue.methods),
        ("channel", catalogue.channels),
        ("rule", catalogue.rules),
        ("region", catalogue.regions),
    ]
