"""What several sources found, joined: one tool for one thing, its facts with where they come from.

The order of the sources is the order of trust, an inventory that is there comes before all: a fact
that is known is never replaced. What another source says instead is a :class:`Clash`, and is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from stackaudit.answering.document import agree
from stackaudit.catalogue.match import find_method, folded
from stackaudit.catalogue.model import Catalogue, Product
from stackaudit.importers.labels import integration_labels
from stackaudit.importers.model import Found, FoundIntegration, FoundTool, Notice, Place
from stackaudit.importers.naming import Identity, identify
from stackaudit.importers.values import clean, meant, one_line
from stackaudit.inventory import schema
from stackaudit.inventory.schema import Contract, Integration, Tool
from stackaudit.resolve import Resolved
from stackaudit.source.words import did_you_mean, make_id

UNITED: Final = frozenset(("used_by", "scopes", "channels", "capabilities", "objects"))
"""Lists of which every source may know a part: what they say is put together."""
WEIGHTY: Final = frozenset(("status", "cost", "contract", "seats", "data", "kind", "environment"))
"""Facts on which findings rest: where two sources differ on one, the tool is ``disputed``."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A value, and which source says so where."""

    value: Any
    source: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """Two sources say different things; the first is kept."""

    what: str
    key: str
    kept: Fact
    other: Fact


@dataclass(slots=True)
class Entry:
    """A tool, integration or contract as the sources together have it."""

    id: str
    name: str
    facts: dict[str, Fact] = field(default_factory=dict)
    sources: list[str] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)
    seen_by: list[str] = field(default_factory=list)
    """``source`` of everything that found it, in order."""
    certain: bool = False
    """At least one source says so outright."""


@dataclass(slots=True)
class ToolEntry(Entry):
    """A tool."""

    product: Product | None = None
    how: str = "unknown"
    existing: Tool | None = None
    names: list[str] = field(default_factory=list)
    """What the sources call it."""


@dataclass(slots=True)
class FlowEntry(Entry):
    """An integration between two tools, by their ids."""

    from_: str = ""
    to: str = ""
    existing: Integration | None = None


@dataclass(slots=True)
class ContractEntry(Entry):
    """A contract over several tools."""

    existing: Contract | None = None


@dataclass(slots=True)
class Question:
    """What a name may mean; nothing is done until somebody says."""

    text: str
    place: Place | None = None


@dataclass(slots=True)
class Draft:
    """Everything found, joined and ready to be written."""

    found: tuple[Found, ...]
    tools: list[ToolEntry] = field(default_factory=list)
    flows: list[FlowEntry] = field(default_factory=list)
    contracts: list[ContractEntry] = field(default_factory=list)
    teams: dict[str, str] = field(default_factory=dict)
    """Id → name of the teams that sources name, whether listed already or not."""
    scopes: list[str] = field(default_factory=list)
    """Ids of the scopes that sources name."""
    company: dict[str, Fact] = field(default_factory=dict)
    complete: tuple[str, ...] = ()
    clashes: list[Clash] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    def tool(self, tool_id: str) -> ToolEntry | None:
        """Return a tool by id."""
        return next((t for t in self.tools if t.id == tool_id), None)

    @property
    def notices(self) -> list[tuple[Found, Notice]]:
        """Return what every importer had to say, in order."""
        return [(f, n) for f in self.found for n in f.notices]


def combine(founds: Sequence[Found], catalogue: Catalogue, there: Resolved | None = None) -> Draft:
    """Return what the sources found as one draft; ``there`` is the inventory it is merged into."""
    from stackaudit.importers.settling import settle

    draft = _Combining(catalogue, there, founds).run()
    settle(draft, there)
    return draft


class _Combining:
    def __init__(
        self, catalogue: Catalogue, there: Resolved | None, founds: Sequence[Found]
    ) -> None:
        self.catalogue = catalogue
        self.there = there
        self.draft = Draft(tuple(founds))
        self.by_product: dict[str, list[ToolEntry]] = {}
        self.by_name: dict[str, ToolEntry] = {}
        self.by_id: dict[str, ToolEntry] = {}
        self.here: dict[tuple[int, str], ToolEntry | None] = {}
        """What a key of a source became; None: undecided."""
        self.labels: dict[str, Integration] | None = None
        for tool in there.tools.values() if there else ():
            match = there.products.get(tool.id) if there else None
            entry = ToolEntry(
                tool.id, tool.name, product=match.product if match else None, existing=tool
            )
            self._index(entry)

    def run(self) -> Draft:
        for number, found in enumerate(self.draft.found):
            self.draft.teams |= {
                make_id(k): v for k, v in found.teams.items() if make_id(k) not in self.draft.teams
            }
            for tool in found.tools:
                if tool.confidence != "possible":
                    self.here[number, tool.key] = self._tool(found, tool)
            for key, value in found.company.items():
                self.draft.company.setdefault(key, Fact(value, found.source))
            self.draft.complete += tuple(c for c in found.complete if c not in self.draft.complete)
        for number, found in enumerate(self.draft.found):
            for tool in found.tools:  # a hint is no question where any source is sure
                if tool.confidence == "possible":
                    self.here[number, tool.key] = self._tool(found, tool)
        for number in range(len(self.draft.found)):
            self._refer(number)
        for number, found in enumerate(self.draft.found):
            for flow in found.integrations:
                self._flow(number, found, flow)
            self._contracts(number, found)
        self.draft.tools.sort(key=lambda t: (t.name.casefold(), t.id))
        self.draft.flows.sort(key=lambda f: (f.from_, f.to, f.id))
        return self.draft

    # ---------------------------------------------------------------- tools

    def _index(self, entry: ToolEntry) -> None:
        self.by_id[entry.id] = entry
        self.by_name.setdefault(folded(entry.name), entry)
        if entry.product is not None:
            self.by_product.setdefault(entry.product.id, []).append(entry)

    def _tool(self, found: Found, tool: FoundTool) -> ToolEntry | None:
        tool.name = one_line(tool.name) or one_line(tool.key) or "A tool without a name"
        facts = self._bound(clean(tool.facts, schema.Tool, found, tool.place), found, tool.place)
        identity = identify(self.catalogue, tool)
        entry = self.by_id.get(make_id(tool.id)) if tool.id else None
        asked = len(self.draft.questions)
        entry = entry or self._same(tool, identity, facts.get("instance"))
        if entry is None:
            if len(self.draft.questions) > asked:
                return None
            if tool.confidence == "possible":
                self._ask_whether(tool)
                return None
            name = tool.name if identity.how != "given" or tool.name else identity.product.name  # type: ignore[union-attr]
            made = make_id(tool.id or "")
            entry = ToolEntry(made or self._free_id(name, facts.get("instance")), name)
            entry.product, entry.how = identity.product, identity.how
            self._index(entry)
            self._ask_what(tool, identity)
        if entry not in self.draft.tools:
            self.draft.tools.append(entry)
        if tool.name not in entry.names:
            entry.names.append(tool.name)
        self._note(entry, found, tool.place, tool.evidence, tool.confidence == "certain")
        self._facts(entry, facts, entry.existing, entry.name, found, tool.place)
        if entry.existing is not None and tool.id:
            self._renamed(entry, tool, found)
        return entry

    def _renamed(self, entry: ToolEntry, tool: FoundTool, found: Found) -> None:
        """Show another name in a list that came back; take the product where none was known."""
        fact = Fact(tool.name, found.source, tool.place)
        if tool.name != entry.name:
            kept = Fact(entry.name, "the inventory")
            self._clash(Clash(entry.name, "name", kept, fact))
        if tool.product is not None and entry.product is None and entry.existing is not None:
            product = tool.product if tool.product in self.catalogue.products else None
            if product is None and make_id(tool.product) != "none":
                found.left_out(f"product {tool.product!r} is in no catalogue", tool.place)
            elif product is not None and entry.existing.product is None:
                entry.facts.setdefault("product", Fact(product, found.source, tool.place))

    def _refer(self, number: int) -> None:
        """Let the tools that facts of tools refer to be ids; what means no tool is left out."""
        found = self.draft.found[number]
        for tool in found.tools:
            entry = self.here.get((number, tool.key))
            for key in ("runs_inside", "gated_by") if entry is not None else ():
                fact = entry.facts.get(key) if entry is not None else None
                if fact is None or fact.source != found.source or entry is None:
                    continue
                names = fact.value if isinstance(fact.value, list) else [fact.value]
                ids = [n if n == "none" else self._tool_named(number, n) for n in names]
                for name in [n for n, i in zip(names, ids, strict=True) if i is None]:
                    found.left_out(f"{key}: {name!r} is no tool of the list", tool.place)
                kept = [i for i in ids if i is not None and i != entry.id]
                if not kept:
                    del entry.facts[key]
                else:
                    value = kept[0] if key == "runs_inside" or kept == ["none"] else kept
                    entry.facts[key] = Fact(value, fact.source, fact.place)

    def _tool_named(self, number: int, name: str) -> str | None:
        """Return the id of the tool that a key, id or name in a source means, if there is one."""
        entry = self.here.get((number, name)) or self.by_id.get(make_id(name))
        entry = entry or self.by_name.get(folded(name))
        return entry.id if entry else None

    def _same(self, tool: FoundTool, identity: Identity, instance: str | None) -> ToolEntry | None:
        """Return the tool that is known already and meant by this one, or None."""
        named = self.by_name.get(folded(tool.name)) or self.by_id.get(make_id(tool.name))
        if named is not None and not self._another(named, instance):
            return named
        if tool.facts.get("kind") == "own-channel":
            site = self._same_site(_host(tool.facts.get("url")))
            if site is not None:
                return site
        known = self.by_product.get(identity.product.id, []) if identity.product else []
        fitting = [e for e in known if not self._another(e, instance)]
        if tool.apart and instance is None:
            fitting = [e for e in fitting if not self._instance(e)]
        if len(fitting) > 1:
            exact = [e for e in fitting if folded(e.name) == folded(tool.name)]
            if len(exact) != 1:
                names = " or ".join(e.name for e in fitting)
                self.draft.questions.append(
                    Question(f"{tool.name}: is it {names}? Nothing was taken from it", tool.place)
                )
                return None
            return exact[0]
        return fitting[0] if fitting else None

    def _same_site(self, host: str) -> ToolEntry | None:
        """Return the website or app of one's own at a host, whatever it is called."""
        for entry in self.by_id.values() if host else ():
            there, facts = entry.existing, entry.facts
            kind = facts["kind"].value if "kind" in facts else there.kind if there else None
            url = facts["url"].value if "url" in facts else there.url if there else None
            if kind == "own-channel" and _host(url) == host:
                return entry
        return None

    @staticmethod
    def _instance(entry: ToolEntry) -> str | None:
        fact = entry.facts.get("instance")
        return fact.value if fact else entry.existing.instance if entry.existing else None

    def _another(self, entry: ToolEntry, instance: str | None) -> bool:
        """Tell whether a tool is stated to be another instance."""
        return instance is not None and make_id(self._instance(entry) or "") != make_id(instance)

    def _ask_what(self, tool: FoundTool, identity: Identity) -> None:
        if identity.candidates:
            names = ", ".join(p.name for p in identity.candidates[:4])
            text = f"{tool.name} may be {names}: write `product:` on it"
            self.draft.questions.append(Question(text, tool.place))
        elif identity.like:
            text = f"{tool.name} is in no catalogue; is it {' or '.join(identity.like)}?"
            self.draft.questions.append(Question(text, tool.place))

    def _ask_whether(self, tool: FoundTool) -> None:
        why = f" ({tool.evidence})" if tool.evidence else ""
        text = f"is {tool.name} in use? There is only a hint{why}; it was not added"
        self.draft.questions.append(Question(text, tool.place))

    def _free_id(self, name: str, instance: str | None) -> str:
        made = make_id(f"{name} {instance}" if instance and instance not in name else name)
        made = made or "tool"
        number, free = 2, made
        while free in self.by_id or free in ("unknown", "none"):
            free, number = f"{made}-{number}", number + 1
        return free

    # ---------------------------------------------------------------- facts

    def _bound(self, facts: dict[str, Any], found: Found, place: Place) -> dict[str, Any]:
        """Return facts whose references are good: teams and scopes are listed, words are known."""
        for key in ("team", "used_by"):
            if key in facts and facts[key] != "none":
                names = facts[key] if isinstance(facts[key], list) else [facts[key]]
                ids = [self._team(name) for name in names]
                facts[key] = ids[0] if key == "team" else ids
        if "scopes" in facts:
            names = facts["scopes"] if isinstance(facts["scopes"], list) else [facts["scopes"]]
            facts["scopes"] = [scope for n in names if (scope := self._scope(n, found, place))]
            if not facts["scopes"]:
                del facts["scopes"]
        for key, known in (
            ("capabilities", self.catalogue.capabilities),
            ("data", self.catalogue.objects),
            ("objects", self.catalogue.objects),
            ("channels", self.catalogue.channels),
        ):
            if key in facts and facts[key] != "none":
                facts[key] = self._known(facts[key], key, set(known), found, place)
                if not facts[key]:
                    del facts[key]
        if "method" in facts and facts["method"] not in self.catalogue.methods:
            method = find_method(self.catalogue, str(facts["method"]))
            if method is None:
                found.left_out(f"method: {facts['method']!r} is not known", place)
                del facts["method"]
            else:
                facts["method"] = method
        return facts

    def _team(self, name: str) -> str:
        made = make_id(name)
        there = self.there.inventory.teams if self.there else ()
        same_name = next((t.id for t in there if make_id(t.name or t.id) == made), made)
        self.draft.teams.setdefault(same_name, name)
        return same_name

    def _scope(self, name: str, found: Found, place: Place) -> str | None:
        made = make_id(name)
        if self.there is not None and made not in (self.there.inventory.company.scopes or {}):
            found.left_out(f"scope {name} is none of the company's", place, "add it there first")
            return None
        if made not in self.draft.scopes:
            self.draft.scopes.append(made)
        return made

    @staticmethod
    def _known(value: Any, key: str, known: set[str], found: Found, place: Place) -> Any:
        names = value if isinstance(value, list | dict) else [value]
        strange = [n for n in names if make_id(str(n).partition("/")[0]) not in known]
        for name in strange:
            found.left_out(f"{key}: {name!r} is not known", place, did_you_mean(name, known))
        if isinstance(value, dict):
            return {make_id(k): v for k, v in value.items() if k not in strange}
        return [make_id(str(n)) if "/" not in n else n for n in names if n not in strange]

    @staticmethod
    def _note(entry: Entry, found: Found, place: Place, evidence: str, certain: bool) -> None:
        if found.source not in entry.seen_by:
            entry.seen_by.append(found.source)
            spot = f", {place.spot}" if place.spot else ""
            entry.sources.append(one_line(f"{found.source}{spot}"))
        if evidence and evidence not in entry.evidence:
            entry.evidence.append(evidence)
        entry.certain = entry.certain or certain

    def _facts(
        self,
        entry: Entry,
        facts: dict[str, Any],
        existing: schema.Record | None,
        what: str,
        found: Found,
        place: Place,
    ) -> None:
        node = existing.node if existing is not None else None
        for key, value in facts.items():
            fact = Fact(value, found.source, place)
            stated = node.get(key) if node is not None else None
            if stated is not None and not self._agrees(key, stated, value, existing):
                where = existing.where(key) if existing is not None else None
                kept = Fact(stated, "the inventory", Place(str(where)) if where else None)
                self._clash(Clash(what, key, kept, fact))
            elif stated is None and key not in entry.facts:
                entry.facts[key] = fact
            elif stated is None:
                self._another_value(entry, key, fact, what)

    def _another_value(self, entry: Entry, key: str, fact: Fact, what: str) -> None:
        known = entry.facts[key]
        if key == "notes":  # remarks do not contradict each other
            if str(fact.value) not in str(known.value):
                both = f"{known.value}; {fact.value}"
                entry.facts[key] = Fact(both, known.source, known.place)
        elif key in UNITED and isinstance(known.value, list) and isinstance(fact.value, list):
            united = [*known.value, *(v for v in fact.value if v not in known.value)]
            entry.facts[key] = Fact(united, known.source, known.place)
        elif isinstance(known.value, dict) and isinstance(fact.value, dict):
            together = {**fact.value, **known.value}
            if any(together[k] != v for k, v in fact.value.items()):
                self._clash(Clash(what, key, known, fact))
            entry.facts[key] = Fact(together, known.source, known.place)
        elif not agree(known.value, fact.value):
            self._clash(Clash(what, key, known, fact))

    def _agrees(
        self, key: str, stated: Any, value: Any, record: schema.Record | None = None
    ) -> bool:
        if record is not None and self._meant(key, stated, record) == self._meant(
            key, value, record
        ):
            return True
        if isinstance(stated, dict) and isinstance(value, dict):
            return all(agree(stated[k], v) for k, v in value.items() if k in stated)
        if key in UNITED and isinstance(value, list):
            have = stated if isinstance(stated, list) else str(stated).split(",")
            return {make_id(str(v)) for v in value} <= {make_id(str(v)) for v in have}
        return agree(stated, value)

    def _meant(self, key: str, value: Any, record: schema.Record) -> Any:
        """Return what a written value means: forms of one value (``5``, ``{amount: 5}``) agree."""
        read = meant(type(record), key, value)
        if read is None:
            return object()
        if isinstance(read, schema.Cost):
            company = self.there.inventory.company.currency if self.there else None
            return read.amount, read.per, read.currency or company
        if key in ("runs_inside", "gated_by", "via") and self.there is not None:
            ids = read if isinstance(read, tuple) else (read,)
            return sorted(self.there.tool_id(i) or i for i in ids)
        if key == "method":
            return find_method(self.catalogue, str(read)) or read
        return sorted(read) if isinstance(read, tuple) and all_text(read) else read

    def _clash(self, clash: Clash) -> None:
        if clash not in self.draft.clashes:
            self.draft.clashes.append(clash)

    # ---------------------------------------------------------------- integrations

    def _flow(self, number: int, found: Found, flow: FoundIntegration) -> None:
        ends = [self._end(number, found, flow, e) for e in (flow.from_, flow.to)]
        if ends[0] is None or ends[1] is None or ends[0] == ends[1]:
            return
        facts = dict(flow.facts)
        for key in ("via", "gated_by"):
            if key in facts:
                each = facts[key] if isinstance(facts[key], list | tuple) else [facts[key]]
                made = [self._end(number, found, flow, e) if e != "none" else e for e in each]
                facts[key] = "none" if made == ["none"] else [m for m in made if m is not None]
        kept = clean(facts, schema.Integration, found, flow.place)
        kept = self._bound(kept, found, flow.place)
        entry = self._labelled(flow, (ends[0], ends[1])) if flow.id else None
        entry = entry or self._same_flow(ends[0], ends[1], kept, flow.id)
        if flow.confidence == "possible":
            self.draft.questions.append(
                Question(
                    f"does {self.by_id[ends[0]].name} send to {self.by_id[ends[1]].name}? "
                    f"There is only a hint ({flow.evidence}); it was not added",
                    flow.place,
                )
            )
            return
        if entry is None:
            own = make_id(flow.id) if flow.id and ">" not in flow.id else ""
            entry = FlowEntry(own, f"{ends[0]} -> {ends[1]}", from_=ends[0], to=ends[1])
            self.draft.flows.append(entry)
        self._note(entry, found, flow.place, flow.evidence, flow.confidence == "certain")
        self._facts(entry, kept, entry.existing, entry.name, found, flow.place)

    def _end(self, number: int, found: Found, flow: FoundIntegration, key: str) -> str | None:
        """Return the id of the tool that an end means; None, and said, where none is decided."""
        if key == "unknown":
            return key
        if (number, key) in self.here:
            entry = self.here[number, key]
            if entry is None:
                ends = [t.name if (t := found.tool(e)) else e for e in (flow.from_, flow.to, key)]
                found.left_out(f"{ends[0]} -> {ends[1]}: {ends[2]} is undecided", flow.place)
            return entry.id if entry else None
        entry = self._tool(found, FoundTool(key, key, flow.place))
        self.here[number, key] = entry
        return entry.id if entry else None

    def _labelled(self, flow: FoundIntegration, ends: tuple[str, str]) -> FlowEntry | None:
        """Return the integration of the inventory that a list which came back names."""
        if self.there is None:
            return None
        if self.labels is None:
            records = self.there.inventory.integrations or ()
            self.labels = integration_labels(records, self.there.tool_id)
        record = self.labels.get(flow.id or "")
        if record is None:
            return None
        entry = next((e for e in self.draft.flows if e.existing is record), None)
        if entry is None:
            entry = FlowEntry(record.id or "", f"{ends[0]} -> {ends[1]}", from_=ends[0], to=ends[1])
            entry.existing = record
            self.draft.flows.append(entry)
        known = [(a, b) for a in self._ids(record.from_) for b in self._ids(record.to)]
        if ends not in known:
            kept = Fact(flow.id, "the inventory")
            fact = Fact(f"{ends[0]} -> {ends[1]}", self._source_of(flow), flow.place)
            self._clash(Clash(entry.name, "ends", kept, fact))
        return entry

    def _source_of(self, flow: FoundIntegration) -> str:
        return next((f.source for f in self.draft.found if flow in f.integrations), "the list")

    def _same_flow(
        self, a: str, b: str, facts: dict[str, Any], own: str | None = None
    ) -> FlowEntry | None:
        """Return the integration that is known already: equal ends, nothing that tells it apart."""
        for entry in self.draft.flows:
            if own and entry.id and make_id(own) != entry.id:
                continue
            if (entry.from_, entry.to) == (a, b) and not self._apart(entry, facts):
                return entry
        for record in (self.there.inventory.integrations or ()) if self.there else ():
            ends = [(x, y) for x in self._ids(record.from_) for y in self._ids(record.to)]
            if record.direction == "both-ways":
                ends += [(y, x) for x, y in ends]
            if (a, b) in ends:
                entry = FlowEntry(record.id or "", f"{a} -> {b}", from_=a, to=b, existing=record)
                if not self._apart(entry, facts):
                    self.draft.flows.append(entry)
                    return entry
        return None

    def _ids(self, refs: Iterable[str]) -> list[str]:
        assert self.there is not None
        return [self.there.tool_id(ref) or make_id(ref) for ref in refs]

    def _apart(self, entry: FlowEntry, facts: dict[str, Any]) -> bool:
        """Tell whether two integrations of equal ends go different ways."""
        for key in ("via", "method", "direction"):
            mine = entry.facts[key].value if key in entry.facts else None
            if mine is None and entry.existing is not None and entry.existing.node is not None:
                mine = entry.existing.node.get(key)
            other = facts.get(key)
            if mine is not None and other is not None and not agree(mine, other):
                return True
        return False

    # ---------------------------------------------------------------- contracts

    def _contracts(self, number: int, found: Found) -> None:
        there = {c.id: c for c in self.there.inventory.contracts} if self.there else {}
        for contract in found.contracts:
            facts = clean(contract.facts, schema.Contract, found, contract.place)
            made = make_id(contract.key) or "contract"
            entry = next((c for c in self.draft.contracts if c.id == made), None)
            if entry is None:
                entry = ContractEntry(made, contract.key, existing=there.get(made))
                self.draft.contracts.append(entry)
            self._note(entry, found, contract.place, "", certain=True)
            self._facts(entry, facts, entry.existing, made, found, contract.place)
            for key in contract.tools:
                tool = self.here.get((number, key))
                if tool is not None:
                    self._facts(
                        tool, {"contract": made}, tool.existing, tool.name, found, contract.place
                    )


def _host(url: object) -> str:
    """Return the host of an address, ``www.`` left out; empty where there is none."""
    host = str(url or "").partition("://")[2].partition("/")[0]
    return host.rpartition("@")[2].partition(":")[0].lower().removeprefix("www.")


def all_text(values: Iterable[Any]) -> bool:
    """Tell whether all values are texts."""
    return all(isinstance(v, str) for v in values)
