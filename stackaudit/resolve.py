"""Inventory meets catalogue: every reference checked, every tool bound to the product it is.

Pure: nothing is read, no clock is asked. :func:`stackaudit.opening.open_inventory` reads the files.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

from stackaudit.catalogue.match import find_method, find_product, find_region, suggest_products
from stackaudit.catalogue.model import Catalogue, Product, Profile
from stackaudit.inventory.load import InputFile, Loaded
from stackaudit.inventory.schema import Integration, Inventory, Record, Tool
from stackaudit.source.problems import Mark, Problem
from stackaudit.source.tree import Map, Seq
from stackaudit.source.words import did_you_mean, listed, make_id

How = Literal["declared", "name", "alias", "none", "unknown", "ambiguous"]

UNKNOWN: Final = "unknown"
"""What an end of an integration is called when nobody knows it."""

_NO_PRODUCT: Final = frozenset(("homegrown", "spreadsheet", "own-channel"))


@dataclass(frozen=True, slots=True)
class ProductMatch:
    """Which product of the catalogue a tool is, and how that is known.

    ``declared`` by the inventory, found by ``name`` or ``alias``, ``none`` (stated, or a kind of
    tool that is no product), ``unknown`` to the catalogue, or ``ambiguous`` among ``candidates``.
    """

    product: Product | None
    how: How
    candidates: tuple[Product, ...] = ()


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
    content_hash: str = ""
    """SHA-256 of what the inventory says, the same for every order of keys and every kind of line end."""
    _names: _Names | None = field(default=None, repr=False, compare=False)

    def tool_id(self, ref: str) -> str | None:
        """Return the id of the tool that an id, a name or an unambiguous alias means."""
        if ref in self.tools:
            return ref
        return self._names.find(ref) if self._names is not None else None


class _Names:
    """Everything a tool may be called: its id, its name, what the catalogue calls its product."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.ids: dict[str, Tool] = {}
        self.names: dict[str, list[str]] = {}
        self.by_product: dict[str, list[str]] = {}
        self.found: dict[str, str | None] = {}

    def add(self, tool: Tool, product: Product | None) -> None:
        self.ids[tool.id] = tool
        named = make_id(tool.name)
        if named != tool.id:
            self.names.setdefault(named, []).append(tool.id)
        if product is not None:
            self.by_product.setdefault(product.id, []).append(tool.id)
        self.found.clear()

    def find(self, ref: str) -> str | None:
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


def resolve(loaded: Loaded, catalogue: Catalogue, problems: list[Problem]) -> Resolved:
    """Return the inventory bound to the catalogue; what is wrong is added to ``problems``.

    References that are no good stay as written, so that the result can be looked at; it is fit to
    be audited only when no problem is an error. ``loaded.inventory`` and ``loaded.rest`` must not
    both be None.
    """
    inventory = loaded.inventory or loaded.rest
    if inventory is None:
        raise ValueError("there is no inventory to resolve")
    return _Resolving(inventory, catalogue, problems, loaded.dropped).resolved(loaded)


class _Resolving:
    """One pass over an inventory; holds what the checks of single references need."""

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
        self.names = _Names(catalogue)
        self.products: dict[str, ProductMatch] = {}
        self.mentioned: dict[str, Tool] = {}
        self.out_of_scope = {make_id(entry.tool): entry.tool for entry in inventory.out_of_scope}
        self.scopes = frozenset(inventory.company.scopes or ())
        self.company_known = bool(inventory.company.name)
        self.teams = frozenset(team.id for team in inventory.teams)
        self.contracts = frozenset(contract.id for contract in inventory.contracts) | dropped
        self.refs: dict[str, str] = {UNKNOWN: UNKNOWN}
        self.methods: dict[str, str] = {method: method for method in catalogue.methods}

    def resolved(self, loaded: Loaded) -> Resolved:
        inventory = self.inventory
        for tool in inventory.tools:
            match = self.products[tool.id] = self._product(tool)
            self.names.add(tool, match.product)
        profile = self._profile()
        self._company()
        integrations = inventory.integrations
        if integrations is not None:
            integrations = tuple([self._integration(record) for record in integrations])
            self._contradicting_directions(integrations)
            integrations = self._without_repeats(integrations)
            self._stated_silence(integrations)
        for tool in inventory.tools:
            self._tool(tool)
        self._hosts()
        self._sections()
        changed = inventory
        if integrations is not None and integrations != inventory.integrations:
            changed = inventory.model_copy(update={"integrations": integrations})
        return Resolved(
            inventory=changed,
            catalogue=self.catalogue,
            profile=profile,
            tools={**{tool.id: tool for tool in inventory.tools}, **self.mentioned},
            mentioned=frozenset(self.mentioned),
            products=self.products,
            files=loaded.files,
            content_hash=loaded.content_hash,
            _names=self.names,
        )

    # --- problems and their places ----------------------------------------------------------------

    def _add(
        self, record: Record, key: str, ref: str, code: str, message: str, hint: str = ""
    ) -> None:
        """Add a problem at the place where a record's key mentions ``ref``."""
        node = record.node
        if node is not None:
            self.problems.append(_at_mention(node, key, ref, code, message, hint))

    def _check(
        self, record: Record, key: str, refs: Iterable[str], known: Container[str], code: str, what: str,
        choices: Iterable[str], otherwise: str = "",
    ) -> None:  # fmt: skip
        for ref in refs:
            if ref not in known:
                hint = did_you_mean(ref, choices, otherwise)
                self._add(
                    record, key, ref, code, f"`{_written(record, key, ref)}` is not {what}", hint
                )

    # --- the parts ----------------------------------------------------------------------------------

    def _product(self, tool: Tool) -> ProductMatch:
        catalogue = self.catalogue
        if tool.product is not None:
            if make_id(tool.product) == "none":
                return ProductMatch(None, "none")
            match = find_product(catalogue, tool.product)
            if match.product is not None:
                return ProductMatch(match.product, "declared")
            if match.candidates:
                ids = listed(f"`{product.id}`" for product in match.candidates)
                message = f"`{tool.product}` can mean several products"
                self._add(tool, "product", tool.product, "E063", message, f"write {ids}")
                return ProductMatch(None, "ambiguous", match.candidates)
            near = [self._id_of(name) for name in suggest_products(catalogue, tool.product)]
            hint = (
                f"did you mean {listed(f'`{i}`' for i in near)}?"
                if near
                else (
                    "leave `product` out to have it found by name, or write `none` when it is in no catalogue"
                )
            )
            self._add(
                tool,
                "product",
                tool.product,
                "E061",
                f"`{tool.product}` is not a product of the catalogue",
                hint,
            )
            return ProductMatch(None, "unknown")
        if tool.kind in _NO_PRODUCT:
            return ProductMatch(None, "none")
        match = find_product(catalogue, tool.name)
        if match.kind == "ambiguous":
            some = [f"`{product.id}`" for product in match.candidates[:6]]
            message = f"`{tool.name}` can mean several products; nothing is assumed about it"
            self._add(
                tool,
                "name",
                tool.name,
                "W012",
                message,
                f"write `product:` {listed(some)}, or `none`",
            )
            return ProductMatch(None, "ambiguous", match.candidates)
        if match.product is None:
            return ProductMatch(None, "unknown")
        return ProductMatch(match.product, "alias" if match.kind == "alias" else "name")

    def _id_of(self, name: str) -> str:
        product = find_product(self.catalogue, name).product
        return product.id if product is not None else make_id(name)

    def _profile(self) -> Profile | None:
        company = self.inventory.company
        if company.profile is None or make_id(company.profile) == "none":
            return None
        profiles = self.catalogue.profiles
        found = profiles.get(make_id(company.profile)) or profiles.get(
            make_id(Path(company.profile).stem)
        )
        if found is None:
            otherwise = (
                f"known profiles: {listed(profiles)}; or the path of your own, ending in .yaml"
            )
            hint = did_you_mean(company.profile, profiles, otherwise)
            self._add(
                company,
                "profile",
                company.profile,
                "E057",
                f"`{company.profile}` is not a profile",
                hint,
            )
        return found

    def _company(self) -> None:
        company, catalogue = self.inventory.company, self.catalogue
        rules = catalogue.rules
        self._check(company, "rules", company.rules or (), rules, "E054", "a rule of the catalogue", rules,
                    f"known rules: {', '.join(rules)}")  # fmt: skip
        self._regions(company, "people_in", company.people_in)
        for scope in (company.scopes or {}).values():
            self._regions(scope, "people_in", scope.people_in)

    def _regions(self, record: Record, key: str, names: Iterable[str] | None) -> None:
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
                self._add(record, key, name, "W017", message, hint)

    def _tool(self, tool: Tool) -> None:
        known = self.catalogue
        if tool.capabilities:
            self._capabilities(tool, "capabilities", tool.capabilities)
        if tool.data:
            self._objects(tool, "data", tool.data)
        if tool.channels:
            self._check(tool, "channels", tool.channels, known.channels, "E056", "a channel", known.channels,
                        f"known channels: {', '.join(known.channels)}")  # fmt: skip
        if tool.scopes:
            self._in_scopes(tool, "scopes", tool.scopes)
        if tool.runs_inside is not None:
            self._tool_ref(tool, "runs_inside", tool.runs_inside)
        for ref in tool.gated_by or ():
            self._tool_ref(tool, "gated_by", ref)
        if tool.overlaps_on_purpose is not None:
            for ref in tool.overlaps_on_purpose.with_:
                self._tool_ref(tool.overlaps_on_purpose, "with", ref)
        if tool.team is not None:
            self._team(tool, "team", tool.team)
        for ref in tool.used_by or ():
            self._team(tool, "used_by", ref)
        self._owners(tool, "owner", tool.owner)
        self._owners(tool, "technical_owner", tool.technical_owner)
        if isinstance(tool.contract, str) and tool.contract != "none":
            self._check(tool, "contract", (tool.contract,), self.contracts, "E060", "under `contracts`",
                        self.contracts, "list it under `contracts:`, or write its terms here: {ends: ..., notice_days: ...}")  # fmt: skip
        if tool.privacy is not None:
            self._regions(tool.privacy, "hosted_in", tool.privacy.hosted_in)

    def _hosts(self) -> None:
        """Report apps that run inside themselves, directly or in a circle."""
        inside = {
            tool.id: self.names.find(tool.runs_inside)
            for tool in self.inventory.tools
            if tool.runs_inside is not None
        }
        for start in inside:
            seen, at = {start}, inside[start]
            while at is not None and at not in seen:
                seen.add(at)
                at = inside.get(at)
            if at == start:
                tool = self.names.ids[start]
                ref = tool.runs_inside or ""
                self._add(
                    tool,
                    "runs_inside",
                    ref,
                    "E047",
                    f"`{start}` runs inside itself",
                    "name the tool it is an app of",
                )

    def _integration(self, record: Integration) -> Integration:
        refs = self.refs
        for ref in record.from_:
            if ref not in refs:
                self._end(record, "from", ref)
        for ref in record.to:
            if ref not in refs:
                self._end(record, "to", ref)
        if record.via:
            for ref in record.via:
                self._tool_ref(record, "via", ref)
        if record.gated_by:
            for ref in record.gated_by:
                self._tool_ref(record, "gated_by", ref)
        if record.field_owner is not None and make_id(record.field_owner) != "none":
            self._tool_ref(record, "field_owner", record.field_owner)
        if record.objects:
            self._objects(record, "objects", record.objects)
        if record.owner:
            self._owners(record, "owner", record.owner)
        if record.technical_owner:
            self._owners(record, "technical_owner", record.technical_owner)
        self._itself(record)
        if record.method is None or record.method in self.catalogue.methods:
            return record
        return self._with_method(record, record.method)

    def _with_method(self, record: Integration, word: str) -> Integration:
        method = self.methods.get(word) or find_method(self.catalogue, word)
        if method is None:
            methods = self.catalogue.methods
            hint = did_you_mean(word, methods, f"known methods: {', '.join(methods)}")
            self._add(record, "method", word, "E053", f"`{word}` is not a method", hint)
            return record
        self.methods[word] = method
        return record.model_copy(update={"method": method})

    def _itself(self, record: Integration) -> None:
        refs = self.refs
        for ref in record.from_:
            source = refs.get(ref)
            if (
                source is not None
                and source != UNKNOWN
                and any(refs.get(to) == source for to in record.to)
            ):
                message = f"this integration goes from `{source}` to itself"
                self._add(record, "to", ref, "E042", message, "name the other end, or `unknown`")

    def _ends(self, record: Integration) -> tuple[tuple[str, ...], tuple[str, ...]]:
        refs = self.refs
        return tuple([refs.get(r, r) for r in record.from_]), tuple(
            [refs.get(r, r) for r in record.to]
        )

    def _contradicting_directions(self, integrations: tuple[Integration, ...]) -> None:
        """Report ends, objects, method and carrier that are declared one-way and both-ways."""
        both: dict[Any, Integration] = {}
        for record in integrations:
            if record.direction == "both-ways":
                source, target = self._ends(record)
                both.setdefault((frozenset((*source, *target)), *_payload(record)), record)
        if not both:
            return
        for record in integrations:
            if record.direction == "one-way":
                source, target = self._ends(record)
                other = both.get((frozenset((*source, *target)), *_payload(record)))
                if other is not None and not _told_apart(record, other):
                    place = other.where()
                    message = (
                        "the same integration is declared one-way here and both-ways elsewhere"
                        + (f", in {_place(place, record)}" if place else "")
                    )
                    self._contradiction(record, "E043", message, "leave one of the two", place)

    def _without_repeats(self, integrations: tuple[Integration, ...]) -> tuple[Integration, ...]:
        """Drop an integration that says nothing but what another has said, with a warning."""
        seen: dict[Any, Integration] = {}
        kept: list[Integration] = []
        for record in integrations:
            key = (record.from_, record.to, record.objects, record.method, record.via, record.direction,
                   record.only, record.status)  # fmt: skip
            first = seen.setdefault(key, record)
            if first is record or _told_apart(record, first):
                kept.append(record)
                continue
            place = first.where()
            also = f" in {_place(place, record)}" if place else ""
            if _facts(record) == _facts(first):
                self._contradiction(
                    record,
                    "W015",
                    f"this integration is already stated{also}; it is counted once",
                    "delete one of the two",
                    place,
                )
                continue
            hint = "make them one; if they are two, give each an `id`"
            self._contradiction(
                record,
                "E049",
                f"this integration is also stated{also}, with other details",
                hint,
                place,
            )
            kept.append(record)
        return tuple(kept) if len(kept) < len(integrations) else integrations

    def _stated_silence(self, integrations: tuple[Integration, ...]) -> None:
        """Report live integrations of a tool that is stated to exchange nothing."""
        silent = {
            tool.id: tool for tool in self.inventory.tools if tool.integrations_known == "none"
        }
        if not silent:
            return
        for record in integrations:
            if record.status not in (None, "live"):
                continue
            source, target = self._ends(record)
            for end in sorted({*source, *target} & silent.keys()):
                place = silent[end].where("integrations_known")
                also = f" in {_place(place, record)}" if place else ""
                message = f"`{end}` is stated to have no integrations{also}, and here is one"
                self._contradiction(record, "W022", message, "correct one of the two", place)

    def _contradiction(
        self, record: Record, code: str, message: str, hint: str, also: Mark | None
    ) -> None:
        node = record.node
        if node is not None:
            self.problems.append(node.problem(code, None, message, hint, (also,) if also else ()))

    def _end(self, record: Integration, key: str, ref: str) -> None:
        """Find the tool of one end; a product named in a short form becomes a tool of the stack."""
        found = self._find(ref)
        if found is None and record.written_short and not self.names.candidates(ref):
            found = self._mention(record, key, ref)
        if found is None:
            self._unknown_tool(record, key, ref)
        else:
            self.refs[ref] = found

    def _find(self, ref: str) -> str | None:
        found = self.names.find(ref)
        if found is None:
            made = make_id(ref)
            return made if made in self.out_of_scope or made in self.dropped else None
        return found

    def _mention(self, record: Integration, key: str, ref: str) -> str | None:
        match = find_product(self.catalogue, ref)
        product = match.product
        if product is None:
            return None
        tool_id = product.id if product.id not in self.names.ids else make_id(ref)
        tool = Tool(id=tool_id, name=product.name)
        tool.__dict__["_node"] = record.node
        self.mentioned[tool_id] = tool
        self.products[tool_id] = ProductMatch(product, "alias" if match.kind == "alias" else "name")
        self.names.add(tool, product)
        message = f"`{_written(record, key, ref)}` is not listed under `tools`; it is taken as {product.name}"
        self._add(record, key, ref, "W011", message, "add it under `tools:`")
        return tool_id

    def _tool_ref(self, record: Record, key: str, ref: str) -> None:
        if self._find(ref) is None:
            self._unknown_tool(record, key, ref)

    def _unknown_tool(self, record: Record, key: str, ref: str) -> None:
        written = _written(record, key, ref)
        several = self.names.candidates(ref)
        if several:
            message = f"`{written}` can mean several tools"
            self._add(
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
            self._add(record, key, ref, "E050", message, f"write {listed(f'`{i}`' for i in ids)}")
            return
        known = [*self.names.ids, *self.names.names, *sorted(self.dropped)]
        otherwise = (
            "list it under `tools:`, or write `unknown`"
            if key in ("from", "to")
            else "list it under `tools:`"
        )
        hint = did_you_mean(ref, known, otherwise)
        self._add(record, key, ref, "E050", f"`{written}` is no tool of this inventory", hint)

    def _sections(self) -> None:
        inventory = self.inventory
        known = self.catalogue
        for object_key, where in (inventory.systems_of_record or {}).items():
            self._objects(inventory, "systems_of_record", (object_key,))
            parts: list[tuple[str | None, tuple[str, ...]]] = list(where.by_scope.items())
            for scope, tools in [(None, where.everywhere or ()), *parts]:
                for ref in tools:
                    if self._find(ref) is None:
                        self._unknown_record(object_key, scope, ref)
                if scope is not None and scope not in self.scopes and self.company_known:
                    self._unknown_record_scope(object_key, scope)
        self._objects(inventory, "freshness", inventory.freshness or ())
        for process in inventory.processes:
            if process.carries is not None:
                self._objects(process, "carries", (process.carries,))
            for step in process.steps or ():
                kind, colon, ref = step.partition(":")
                if colon and make_id(kind) == "tool":
                    if self._find(ref) is None:
                        self._unknown_tool(process, "steps", ref)
                else:
                    self._capabilities(process, "steps", (make_id(step),))
            self._owners(process, "owner", process.owner)
        for objective in inventory.objectives:
            self._capabilities(objective, "needs", objective.needs or ())
            if objective.measured_by is not None:
                self._objects(objective, "measured_by", (objective.measured_by,))
            self._owners(objective, "sponsor", objective.sponsor)
            self._owners(objective, "operations_owner", objective.operations_owner)
        for contract in inventory.contracts:
            self._owners(contract, "owner", contract.owner)
        wanted = inventory.requirements
        if wanted is not None:
            for key, names in (
                ("must", wanted.must),
                ("should", wanted.should),
                ("not_needed", wanted.not_needed),
            ):
                self._capabilities(wanted, key, names)
        for accepted in inventory.accepted:
            if accepted.object is not None and not set(accepted.object) & set("*?["):
                self._check(accepted, "object", (make_id(accepted.object),), known.objects, "E052",
                            "a data object of the catalogue", known.objects)  # fmt: skip

    def _unknown_record(self, object_key: str, scope: str | None, ref: str) -> None:
        node = self.inventory.node
        records = node.get("systems_of_record") if node is not None else None
        if not isinstance(records, Map):
            return
        key = _key_like(records, object_key)
        holder = records
        if scope is not None and isinstance(records.get(key), Map):
            holder = records[key]
            key = _key_like(holder, scope)
        known = [*self.names.ids, *self.names.names, *sorted(self.dropped)]
        several = self.names.candidates(ref)
        hint = (
            f"write {listed(f'`{i}`' for i in several)}"
            if several
            else did_you_mean(ref, known, "list it under `tools:`, or write `none`")
        )
        code, said = (
            ("E063", "can mean several tools")
            if several
            else ("E050", "is no tool of this inventory")
        )
        self.problems.append(_at_mention(holder, key, ref, code, f"`{ref}` {said}", hint))

    def _unknown_record_scope(self, object_key: str, scope: str) -> None:
        node = self.inventory.node
        records = node.get("systems_of_record") if node is not None else None
        inner = records.get(_key_like(records, object_key)) if isinstance(records, Map) else None
        if isinstance(inner, Map):
            at = inner.at_of_key(_key_like(inner, scope))
            hint = did_you_mean(scope, sorted(self.scopes), _scope_hint(self.scopes))
            self.problems.append(
                inner.source.problem("E058", at, f"`{scope}` is not a scope of the company", hint)
            )

    def _capabilities(self, record: Record, key: str, names: Iterable[str]) -> None:
        known = self.catalogue.capabilities
        self._check(record, key, names, known, "E051", "a capability of the catalogue", known,
                    "`stackaudit catalogue search WORD` finds them; your own go into catalogue.yaml")  # fmt: skip

    def _objects(self, record: Record, key: str, names: Iterable[str]) -> None:
        known = self.catalogue.objects
        for name in names:
            if name not in known and name.partition("/")[0] not in known:
                hint = did_you_mean(
                    name.partition("/")[0], known, "`stackaudit catalogue search WORD` finds them"
                )
                message = f"`{_written(record, key, name)}` is not a data object of the catalogue"
                self._add(record, key, name, "E052", message, hint)

    def _in_scopes(self, record: Record, key: str, names: Iterable[str]) -> None:
        if not self.company_known:  # its scopes are not known either
            return
        self._check(record, key, names, self.scopes, "E058", "a scope of the company", sorted(self.scopes),
                    _scope_hint(self.scopes))  # fmt: skip

    def _team(self, record: Record, key: str, team: str) -> None:
        # Teams are free words until the inventory lists them.
        if self.teams and team not in self.teams and team not in self.dropped:
            hint = did_you_mean(team, sorted(self.teams), "add it under `teams:`")
            self._add(record, key, team, "E059", f"`{team}` is not under `teams`", hint)

    def _owners(self, record: Record, key: str, owners: Iterable[str] | None) -> None:
        for owner in owners or ():
            kind, colon, rest = owner.partition(":")
            if (
                colon
                and kind.strip().lower() == "team"
                and self.teams
                and make_id(rest) not in self.teams | self.dropped
            ):
                hint = did_you_mean(rest, sorted(self.teams), "add it under `teams:`")
                self._add(
                    record, key, owner, "E059", f"`{rest.strip()}` is not under `teams`", hint
                )


def _payload(record: Integration) -> tuple[Any, ...]:
    objects = None if record.objects is None else frozenset(record.objects)
    return objects, record.method, frozenset(record.via or ())


def _told_apart(record: Integration, other: Integration) -> bool:
    """Return whether two integrations are two on purpose: both were given an id, or a filter differs."""
    return (record.id is not None and other.id is not None) or record.only != other.only


def _facts(record: Integration) -> dict[str, Any]:
    return {name: getattr(record, name) for name in type(record).model_fields}


def _place(place: Mark, record: Record) -> str:
    own = record.where()
    same = own is not None and own.file == place.file
    return f"line {place.line}" if same else f"{place.file}, line {place.line}"


def _scope_hint(scopes: frozenset[str]) -> str:
    return "list it under `company: scopes:`" if not scopes else "add it under `company: scopes:`"


def _same(ref: str) -> Callable[[Any], bool]:
    made = make_id(ref)
    return lambda written: (
        isinstance(written, str) and (make_id(written) == made or written.strip() == ref)
    )


def _key_like(node: Map, ref: str) -> str:
    made = make_id(ref)
    return next((key for key in node if make_id(key) == made), ref)


def _written(record: Record, key: str, ref: str) -> str:
    """Return a reference as the inventory writes it, or as it was read."""
    node = record.node
    child = node.get(key) if node is not None else None
    same = _same(ref)
    if isinstance(child, str) and same(child):
        return child.strip()
    if isinstance(child, list | dict):
        return next((item.strip() for item in child if same(item)), ref)
    return ref


def _at_mention(node: Map, key: str, ref: str, code: str, message: str, hint: str) -> Problem:
    """Return a problem at the item, or at the key, of ``node[key]`` that mentions ``ref``."""
    child = node.get(key)
    same = _same(ref)
    if isinstance(child, Seq):
        for n, item in enumerate(child):
            if same(item):
                return child.problem(code, n, message, hint)
            if isinstance(item, Map) and any(same(inner) for inner in item):
                inner = next(k for k in item if same(k))
                return item.source.problem(code, item.at_of_key(inner), message, hint)
        return child.problem(code, None, message, hint)
    if isinstance(child, Map):
        for inner in child:
            if same(inner):
                return child.source.problem(code, child.at_of_key(inner), message, hint)
    return node.problem(code, key, message, hint)
