"""What resolving gives: the inventory, the tool each reference means, the product each tool is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from stackaudit.catalogue.match import find_product
from stackaudit.catalogue.model import Catalogue, Product, Profile
from stackaudit.inventory.load import InputFile, Loaded
from stackaudit.inventory.schema import Inventory, Tool
from stackaudit.source.problems import Problem
from stackaudit.source.words import make_id

How = Literal["declared", "name", "alias", "none", "unknown", "ambiguous"]

UNKNOWN: Final = "unknown"
"""What an end of an integration is called when nobody knows it."""


@dataclass(frozen=True, slots=True)
class ProductMatch:
    """Which product of the catalogue a tool is, and how that is known.

    ``declared`` by the inventory, found by ``name`` or ``alias``, ``none`` (stated, or a kind of
    tool that is no product), ``unknown`` to the catalogue, or ``ambiguous`` among ``candidates``.
    """

    product: Product | None
    how: How
    candidates: tuple[Product, ...] = ()


class Names:
    """Everything a tool may be called: its id, its name, what the catalogue calls its product."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.ids: dict[str, Tool] = {}
        self.names: dict[str, list[str]] = {}
        self.by_product: dict[str, list[str]] = {}
        self.found: dict[str, str | None] = {}

    def add(self, tool: Tool, product: Product | None) -> None:
        """Let a tool be found by its id, its name and the names of its product."""
        self.ids[tool.id] = tool
        named = make_id(tool.name)
        if named != tool.id:
            self.names.setdefault(named, []).append(tool.id)
        if product is not None:
            self.by_product.setdefault(product.id, []).append(tool.id)
        self.found.clear()

    def find(self, ref: str) -> str | None:
        """Return the id of the one tool a reference means, or None."""
        try:
            return self.found[ref]
        except KeyError:
            candidates = self.candidates(ref)
            found = self.found[ref] = candidates[0] if len(candidates) == 1 else None
            return found

    def candidates(self, ref: str) -> list[str]:
        """Return the tools a reference can mean."""
        made = make_id(ref)
        if made in self.ids:
            return [made]
        if made in self.names:
            return self.names[made]
        product = find_product(self.catalogue, ref).product
        return self.by_product.get(product.id, []) if product is not None else []


@dataclass(frozen=True)
class Resolved:
    """An inventory whose references are all good, bound to a catalogue."""

    inventory: Inventory
    catalogue: Catalogue
    profile: Profile | None
    tools: Mapping[str, Tool]
    """By id, in the order of the inventory; the mentioned ones follow."""
    mentioned: frozenset[str]
    """Ids of tools that only stand in short forms of integrations."""
    products: Mapping[str, ProductMatch]
    """By tool id."""
    problems: tuple[Problem, ...] = ()
    """Warnings only."""
    files: tuple[InputFile, ...] = ()
    """The files of the inventory, with the SHA-256 of their bytes."""
    paths: tuple[Path, ...] = ()
    """Every path that was read: no output may be written over one."""
    _loaded: Loaded | None = field(default=None, repr=False, compare=False)
    _names: Names | None = field(default=None, repr=False, compare=False)

    @property
    def content_hash(self) -> str:
        """SHA-256 of what the inventory says, whatever the order of keys and the line ends."""
        return self._loaded.content_hash if self._loaded is not None else ""

    def tool_id(self, ref: str) -> str | None:
        """Return the id of the tool that an id, a name or an unambiguous alias means."""
        if ref in self.tools:
            return ref
        return self._names.find(ref) if self._names is not None else None
