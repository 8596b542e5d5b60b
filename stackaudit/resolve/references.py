"""Single references: found, or reported with the nearest that is there."""

from __future__ import annotations

from collections.abc import Container, Iterable

from stackaudit.catalogue.match import find_product, find_region
from stackaudit.catalogue.model import Catalogue
from stackaudit.inventory.schema import Inventory, Record
from stackaudit.resolve.mentions import as_written, at_mention
from stackaudit.resolve.model import Names
from stackaudit.source.problems import Problem
from stackaudit.source.words import did_you_mean, listed, make_id


class References:
    """What an inventory and a catalogue know, and the problems of what neither does."""

    def __init__(
        self,
        inventory: Inventory,
        catalogue: Catalogue,
        problems: list[Problem],
        dropped: frozenset[str],
    ) -> None:
        self.inventory = inventory
        self.catalogue = catalogue
        self.problems = problems
        self.dropped = dropped
        self.suggested = 0
        self.names = Names(catalogue)
        self.out_of_scope = {make_id(entry.tool): entry.tool for entry in inventory.out_of_scope}
        self.scopes = frozenset(inventory.company.scopes or ())
        self.company_known = bool(inventory.company.name)
        self.teams = frozenset(team.id for team in inventory.teams)
        self.contracts = frozenset(contract.id for contract in inventory.contracts) | dropped

    def add(
        self, record: Record, key: str, ref: str, code: str, message: str, hint: str = ""
    ) -> None:
        """Add a problem at the place where a record's key mentions ``ref``."""
        node = record.node
        if node is not None:
            self.problems.append(at_mention(node, key, ref, code, message, hint))

    def check(
        self,
        record: Record,
        key: str,
        refs: Iterable[str],
        known: Container[str],
        code: str,
        what: str,
        choices: Iterable[str],
        otherwise: str = "",
    ) -> None:
        """Report every reference that is not known."""
        for ref in refs:
            if ref not in known:
                hint = self._nearest(ref, choices, otherwise)
                self.add(
                    record, key, ref, code, f"`{as_written(record, key, ref)}` is not {what}", hint
                )

    def capabilities(self, record: Record, key: str, names: Iterable[str]) -> None:
        """Check references to capabilities."""
        known = self.catalogue.capabilities
        self.check(
            record,
            key,
            names,
            known,
            "E051",
            "a capability of the catalogue",
            known,
            "`stackaudit catalogue search WORD` finds them; your own go into catalogue.yaml",
        )

    def objects(self, record: Record, key: str, names: Iterable[str]) -> None:
        """Check references to data objects, or to parts of them (``object/part``)."""
        known = self.catalogue.objects
        for name in names:
            if name not in known and name.partition("/")[0] not in known:
                hint = did_you_mean(
                    name.partition("/")[0], known, "`stackaudit catalogue search WORD` finds them"
                )
                message = f"`{as_written(record, key, name)}` is not a data object of the catalogue"
                self.add(record, key, name, "E052", message, hint)

    def regions(self, record: Record, key: str, names: Iterable[str] | None) -> None:
        """Check names of regions; an unknown one is a warning."""
        for name in names or ():
            if find_region(self.catalogue, name) is None:
                regions = self.catalogue.regions
                hint = did_you_mean(
                    name,
                    regions,
                    f"known regions: {', '.join(regions)}, and countries by their two letters",
                )
                message = (
                    f"`{name}` is no region the catalogue knows; transfers there are not judged"
                )
                self.add(record, key, name, "W017", message, hint)

    def in_scopes(self, record: Record, key: str, names: Iterable[str]) -> None:
        """Check references to the company's scopes."""
        if not self.company_known:  # its scopes are not known either
            return
        self.check(
            record,
            key,
            names,
            self.scopes,
            "E058",
            "a scope of the company",
            sorted(self.scopes),
            scope_hint(self.scopes),
        )

    def team(self, record: Record, key: str, team: str) -> None:
        """Check a team; teams are free words until the inventory lists them."""
        if self.teams and team not in self.teams and team not in self.dropped:
            hint = did_you_mean(team, sorted(self.teams), "add it under `teams:`")
            self.add(record, key, team, "E059", f"`{team}` is not under `teams`", hint)

    def owners(self, record: Record, key: str, owners: Iterable[str] | None) -> None:
        """Check the teams among owners."""
        for owner in owners or ():
            kind, colon, rest = owner.partition(":")
            if (
                colon
                and kind.strip().lower() == "team"
                and self.teams
                and make_id(rest) not in self.teams | self.dropped
            ):
                hint = did_you_mean(rest, sorted(self.teams), "add it under `teams:`")
                self.add(record, key, owner, "E059", f"`{rest.strip()}` is not under `teams`", hint)

    def find(self, ref: str) -> str | None:
        """Return the id a reference to a tool means, or None; out-of-scope tools count."""
        found = self.names.find(ref)
        if found is None:
            made = make_id(ref)
            return made if made in self.out_of_scope or made in self.dropped else None
        return found

    def tool(self, record: Record, key: str, ref: str) -> None:
        """Check a reference to a tool."""
        if self.find(ref) is None:
            self.unknown_tool(record, key, ref)

    def _nearest(self, ref: str, choices: Iterable[str], otherwise: str) -> str:
        """Suggest what a reference may mean, for the first few hundred of a file."""
        self.suggested += 1
        return did_you_mean(ref, choices, otherwise) if self.suggested <= 300 else otherwise

    def unknown_tool(self, record: Record, key: str, ref: str) -> None:
        """Report a reference that means no tool, or several."""
        written = as_written(record, key, ref)
        several = self.names.candidates(ref)
        if several:
            message = f"`{written}` can mean several tools"
            self.add(
                record, key, ref, "E063", message, f"write {listed(f'`{i}`' for i in several)}"
            )
            return
        match = find_product(self.catalogue, ref)
        listed_here = [p.id for p in match.candidates if p.id in self.names.by_product]
        if match.candidates:
            ids = [i for p in listed_here for i in self.names.by_product[p]] or [
                p.name for p in match.candidates[:5]
            ]
            message = f"`{written}` is no tool of this inventory, and can mean several products"
            self.add(record, key, ref, "E050", message, f"write {listed(f'`{i}`' for i in ids)}")
            return
        known = (*self.names.ids, *self.names.names, *sorted(self.dropped))
        otherwise = (
            "list it under `tools:`, or write `unknown`"
            if key in ("from", "to")
            else "list it under `tools:`"
        )
        hint = self._nearest(ref, known, otherwise)
        self.add(record, key, ref, "E050", f"`{written}` is no tool of this inventory", hint)


def scope_hint(scopes: frozenset[str]) -> str:
    """Return what to do about a scope that is not the company's."""
    return "list it under `company: scopes:`" if not scopes else "add it under `company: scopes:`"
