"""Bind an inventory to a catalogue."""

from __future__ import annotations

from stackaudit.catalogue.model import Catalogue, Profile
from stackaudit.inventory.load import Loaded
from stackaudit.inventory.schema import Process, Tool
from stackaudit.resolve.integrations import Integrations
from stackaudit.resolve.mentions import at_mention, key_like
from stackaudit.resolve.model import ProductMatch, Resolved
from stackaudit.resolve.products import match_product
from stackaudit.resolve.references import References, scope_hint
from stackaudit.source.problems import Problem
from stackaudit.source.tree import Map
from stackaudit.source.words import did_you_mean, listed, make_id


def resolve(
    loaded: Loaded, catalogue: Catalogue, problems: list[Problem], profile: str | None = None
) -> Resolved:
    """Return the inventory bound to the catalogue; what is wrong is added to ``problems``.

    References that are no good stay as written, so that the result can be looked at; it is fit to
    be audited only when no problem is an error. ``loaded.inventory`` and ``loaded.rest`` must not
    both be None. ``profile`` is the id to use where the company names a file.
    """
    inventory = loaded.inventory or loaded.rest
    if inventory is None:
        raise ValueError("there is no inventory to resolve")
    refs = References(inventory, catalogue, problems, loaded.dropped)
    return _Resolving(refs, profile).resolved(loaded)


class _Resolving:
    """One pass over an inventory."""

    def __init__(self, refs: References, profile: str | None) -> None:
        self.refs = refs
        self.named = profile
        self.products: dict[str, ProductMatch] = {}

    def resolved(self, loaded: Loaded) -> Resolved:
        inventory = self.refs.inventory
        for tool in inventory.tools:
            match = self.products[tool.id] = match_product(tool, self.refs)
            self.refs.names.add(tool, match.product)
        profile = self._profile()
        self._company()
        flows = Integrations(self.refs, self.products)
        integrations = inventory.integrations
        if integrations is not None:
            integrations = flows.resolved(integrations)
        for tool in inventory.tools:
            self._tool(tool)
        self._hosts()
        self._sections()
        changed = inventory
        if integrations is not None and integrations != inventory.integrations:
            changed = inventory.model_copy(update={"integrations": integrations})
        return Resolved(
            inventory=changed,
            catalogue=self.refs.catalogue,
            profile=profile,
            tools={**{tool.id: tool for tool in inventory.tools}, **flows.mentioned},
            mentioned=frozenset(flows.mentioned),
            products=self.products,
            files=loaded.files,
            _loaded=loaded,
            _names=self.refs.names,
        )

    def _profile(self) -> Profile | None:
        company = self.refs.inventory.company
        if company.profile is None or make_id(company.profile) == "none":
            return None
        profiles = self.refs.catalogue.profiles
        found = profiles.get(self.named or make_id(company.profile))
        if found is None:
            known = f"known profiles: {listed(profiles)}; or the path of your own, ending in .yaml"
            hint = did_you_mean(company.profile, profiles, known)
            message = f"`{company.profile}` is not a profile"
            if company.profile.lower().endswith((".yaml", ".yml")):
                message = f"`{company.profile}` is no file that holds one profile"
                hint = "the path is taken from the folder of the inventory; see docs/catalogue.md"
            self.refs.add(company, "profile", company.profile, "E057", message, hint)
        return found

    def _company(self) -> None:
        company, catalogue = self.refs.inventory.company, self.refs.catalogue
        rules = catalogue.rules
        self.refs.check(
            company,
            "rules",
            company.rules or (),
            rules,
            "E054",
            "a rule of the catalogue",
            rules,
            f"known rules: {', '.join(rules)}",
        )
        self.refs.regions(company, "people_in", company.people_in)
        for scope in (company.scopes or {}).values():
            self.refs.regions(scope, "people_in", scope.people_in)

    def _tool(self, tool: Tool) -> None:
        known = self.refs.catalogue
        if tool.capabilities:
            self.refs.capabilities(tool, "capabilities", tool.capabilities)
        if tool.data:
            self.refs.objects(tool, "data", tool.data)
        if tool.channels:
            self.refs.check(
                tool,
                "channels",
                tool.channels,
                known.channels,
                "E056",
                "a channel",
                known.channels,
                f"known channels: {', '.join(known.channels)}",
            )
        if tool.scopes:
            self.refs.in_scopes(tool, "scopes", tool.scopes)
        if tool.runs_inside is not None:
            self.refs.tool(tool, "runs_inside", tool.runs_inside)
        for ref in tool.gated_by or ():
            self.refs.tool(tool, "gated_by", ref)
        if tool.overlaps_on_purpose is not None:
            for ref in tool.overlaps_on_purpose.with_:
                self.refs.tool(tool.overlaps_on_purpose, "with", ref)
        if tool.team is not None:
            self.refs.team(tool, "team", tool.team)
        for ref in tool.used_by or ():
            self.refs.team(tool, "used_by", ref)
        self.refs.owners(tool, "owner", tool.owner)
        self.refs.owners(tool, "technical_owner", tool.technical_owner)
        if isinstance(tool.contract, str) and tool.contract != "none":
            self.refs.check(
                tool,
                "contract",
                (tool.contract,),
                self.refs.contracts,
                "E060",
                "under `contracts`",
                self.refs.contracts,
                (
                    "list it under `contracts:`, or write its "
                    "terms here: {ends: ..., notice_days: ...}"
                ),
            )
        if tool.privacy is not None:
            self.refs.regions(tool.privacy, "hosted_in", tool.privacy.hosted_in)

    def _hosts(self) -> None:
        """Report apps that run inside themselves, directly or in a circle."""
        inside = {
            tool.id: self.refs.names.find(tool.runs_inside)
            for tool in self.refs.inventory.tools
            if tool.runs_inside is not None
        }
        for start, host in inside.items():
            seen, at = {start}, host
            while at is not None and at not in seen:
                seen.add(at)
                at = inside.get(at)
            if at == start:
                tool = self.refs.names.ids[start]
                ref = tool.runs_inside or ""
                self.refs.add(
                    tool,
                    "runs_inside",
                    ref,
                    "E047",
                    f"`{start}` runs inside itself",
                    "name the tool it is an app of",
                )

    def _sections(self) -> None:
        refs, inventory = self.refs, self.refs.inventory
        self._records()
        refs.objects(inventory, "freshness", inventory.freshness or ())
        for process in inventory.processes:
            self._process(process)
        for objective in inventory.objectives:
            refs.capabilities(objective, "needs", objective.needs or ())
            if objective.measured_by is not None:
                refs.objects(objective, "measured_by", (objective.measured_by,))
            refs.owners(objective, "sponsor", objective.sponsor)
            refs.owners(objective, "operations_owner", objective.operations_owner)
        for contract in inventory.contracts:
            refs.owners(contract, "owner", contract.owner)
        wanted = inventory.requirements
        if wanted is not None:
            refs.capabilities(wanted, "must", wanted.must)
            refs.capabilities(wanted, "should", wanted.should)
            refs.capabilities(wanted, "not_needed", wanted.not_needed)
        for shown in inventory.observed:
            for entry in shown.entries:
                if entry.tool is not None:
                    refs.tool(entry, "tool", entry.tool)
        for accepted in inventory.accepted:
            if accepted.object is not None and not set(accepted.object) & set("*?["):
                refs.objects(accepted, "object", (make_id(accepted.object),))

    def _process(self, process: Process) -> None:
        refs = self.refs
        if process.carries is not None:
            refs.objects(process, "carries", (process.carries,))
        for step in process.steps or ():
            kind, colon, ref = step.partition(":")
            if not colon or make_id(kind) != "tool":
                refs.capabilities(process, "steps", (make_id(step),))
            elif refs.find(ref) is None:
                refs.unknown_tool(process, "steps", ref)
        refs.owners(process, "owner", process.owner)

    def _records(self) -> None:
        inventory = self.refs.inventory
        for key, where in (inventory.systems_of_record or {}).items():
            self.refs.objects(inventory, "systems_of_record", (key,))
            places: list[tuple[str | None, tuple[str, ...]]] = list(where.by_scope.items())
            for scope, tools in [(None, where.everywhere or ()), *places]:
                for ref in tools:
                    if self.refs.find(ref) is None:
                        self._unknown_record(key, scope, ref)
                if scope is not None and self.refs.company_known and scope not in self.refs.scopes:
                    self._unknown_record_scope(key, scope)

    def _unknown_record(self, object_key: str, scope: str | None, ref: str) -> None:
        node = self.refs.inventory.node
        records = node.get("systems_of_record") if node is not None else None
        if not isinstance(records, Map):
            return
        key = key_like(records, object_key)
        holder = records
        if scope is not None and isinstance(records.get(key), Map):
            holder = records[key]
            key = key_like(holder, scope)
        known = [*self.refs.names.ids, *self.refs.names.names, *sorted(self.refs.dropped)]
        several = self.refs.names.candidates(ref)
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
        self.refs.problems.append(at_mention(holder, key, ref, code, f"`{ref}` {said}", hint))

    def _unknown_record_scope(self, object_key: str, scope: str) -> None:
        node = self.refs.inventory.node
        records = node.get("systems_of_record") if node is not None else None
        inner = records.get(key_like(records, object_key)) if isinstance(records, Map) else None
        if isinstance(inner, Map):
            at = inner.at_of_key(key_like(inner, scope))
            hint = did_you_mean(scope, sorted(self.refs.scopes), scope_hint(self.refs.scopes))
            self.refs.problems.append(
                inner.source.problem("E058", at, f"`{scope}` is not a scope of the company", hint)
            )
