"""Which facts of the inventory differ between two results, and which a finding is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, Literal

from stackaudit.compare.model import Fact
from stackaudit.result import AuditResult, Finding, Money, Part

Kind = Literal[
    "company", "tool", "integration", "contract", "capability", "object", "process", "out-of-scope"
]

# What the audit works out from other facts, or where a fact is written: no facts of their own.
DERIVED: Final[Mapping[Kind, frozenset[str]]] = {
    "tool": frozenset(
        {
            "id",
            "place",
            "known",
            "island",
            "sends_to",
            "receives_from",
            "carries",
            "column",
            "domain",
            "in_use",
            "product_how",
            "product_name",
            "notes",
            "url",
            "source",
            "contract",
        }
    ),
    "integration": frozenset(
        {"id", "place", "live", "automatic", "method_name", "notes", "source_of_fact"}
    ),
    "contract": frozenset({"id", "place", "notice_day"}),
    "process": frozenset({"id", "place", "demands"}),
}
# Of what is known and judged, only what a person states.
STATED: Final[Mapping[Kind, frozenset[str]]] = {
    "capability": frozenset({"expected", "not_needed_because"}),
    "object": frozenset({"record"}),
    "company": frozenset({"complete", "scopes", "currency", "size"}),
}


def differing_facts(old: AuditResult, new: AuditResult) -> list[Fact]:
    """Return every fact of the inventory that differs, ordered by kind, id and key."""
    return [
        *_fields("company", "company", new.company.name, old.company, new.company),
        *_entries("tool", old.tools, new.tools, lambda e: str(e.name)),
        *_entries("integration", old.integrations, new.integrations, _flow_name(old, new)),
        *_entries("contract", old.contracts, new.contracts, lambda e: f"contract {e.id}"),
        *_entries("capability", old.capabilities, new.capabilities, lambda e: str(e.name)),
        *_entries("object", old.objects, new.objects, lambda e: str(e.name)),
        *_entries("process", old.processes, new.processes, lambda e: str(e.name)),
        *_out_of_scope(old, new),
    ]


def facts_about(
    finding: Finding, old: AuditResult, new: AuditResult, facts: Iterable[Fact]
) -> list[Fact]:
    """Return the differing facts that a finding, as one of the results has it, is about.

    They are those of its subjects, of the tools and integrations on its path, of contracts of its
    tools, of integrations with one of its tools at an end that can carry its objects, and what the
    inventory states of the whole company where the finding rests on that.
    """
    about = _About(finding)
    wider = {
        entry.id: entry for result in (old, new) for entry in result.integrations
    }  # the newer entry wins: it says what is so now
    gone = {entry.id: entry for entry in old.integrations}
    contracts = {
        c.id for result in (old, new) for c in result.contracts if about.tools.intersection(c.tools)
    }
    providers = {
        p.tool
        for result in (old, new)
        for c in result.capabilities
        if c.id in about.capabilities
        for p in c.providers
    }
    found = []
    for fact in facts:
        if fact.kind == "tool":
            hit = fact.id in about.tools or (not fact.key and fact.id in providers)
            hit = hit or (fact.key in ("capabilities", "status") and fact.id in providers)
        elif fact.kind == "integration":
            hit = fact.id in about.flows or any(
                about.may_be_served_by(entry)
                for entry in (wider.get(fact.id), gone.get(fact.id))
                if entry is not None
            )
        elif fact.kind == "contract":
            hit = fact.id in contracts or fact.id in about.contracts
        elif fact.kind == "capability":
            hit = fact.id in about.capabilities
        elif fact.kind == "object":
            hit = fact.id in about.objects
        elif fact.kind == "process":
            hit = fact.id in about.processes
        elif fact.kind == "company":
            hit = fact.key in about.company
        else:
            hit = any(fact.name == tool.name for tool in old.tools if tool.id in about.tools)
        if hit:
            found.append(fact)
    return found


class _About:
    """What a finding is about, by kind."""

    def __init__(self, finding: Finding) -> None:
        by_kind: dict[str, set[str]] = {}
        for subject in finding.subjects:
            by_kind.setdefault(subject.kind, set()).add(subject.id)
        self.tools = by_kind.get("tool", set()) | {
            end for step in finding.path for end in (step.source, step.target)
        }
        self.flows = by_kind.get("integration", set()) | {step.over for step in finding.path}
        self.objects = by_kind.get("object", set())
        self.capabilities = by_kind.get("capability", set())
        self.contracts = by_kind.get("contract", set())
        self.processes = by_kind.get("process", set())
        # Flows may come from afar (a hub in between), but they end in a tool of the finding. A
        # finding about an integration is about that one, not about its neighbours.
        self.flow_check = (
            finding.category in ("gaps", "silos", "trust", "resilience")
            and "integration" not in by_kind
        )
        words = " ".join(e.text for e in finding.evidence)
        self.company = {"complete"} if "stated to be complete" in words else set()
        if any(e.assumed for e in finding.evidence):
            self.company.add("complete")

    def may_be_served_by(self, entry: Any) -> bool:
        """Tell whether an integration has one of the finding's tools at an end, and its data."""
        if not self.flow_check or not self.tools & {entry.source, entry.target}:
            return False
        return not self.objects or entry.objects is None or bool(self.objects & set(entry.objects))


def _flow_name(old: AuditResult, new: AuditResult) -> Any:
    names = {tool.id: tool.name for result in (old, new) for tool in result.tools}
    arrows = {"one-way": "→", "both-ways": "↔"}

    def name(entry: Any) -> str:
        ends = (names.get(end or "", end or "unknown") for end in (entry.source, entry.target))
        return f" {arrows.get(entry.direction, '–')} ".join(ends)

    return name


def _entries(kind: Kind, old: Sequence[Any], new: Sequence[Any], name: Any) -> list[Fact]:
    before, after = ({entry.id: entry for entry in entries} for entries in (old, new))
    facts: list[Fact] = []
    for identity in sorted(before.keys() | after.keys()):
        one, other = before.get(identity), after.get(identity)
        if one is not None and other is not None:
            facts += _fields(kind, identity, name(other), one, other)
        elif kind not in ("capability", "object"):  # these are knowledge, not the inventory's
            facts.append(
                Fact(
                    kind=kind,
                    id=identity,
                    name=name(other if one is None else one),
                    key="",
                    before=None if one is None else "listed",
                    after=None if other is None else "listed",
                )
            )
    return facts


def _fields(kind: Kind, identity: str, name: str, one: Part, other: Part) -> list[Fact]:
    keys = STATED.get(kind) or frozenset(type(one).model_fields) - DERIVED[kind]
    facts = []
    for key in sorted(keys):
        before, after = getattr(one, key), getattr(other, key)
        if kind == "tool" and key == "capabilities" and _same_parts(before, after):
            continue
        if before != after:
            was, now = _word(before), _word(after)
            if was != now:
                facts.append(
                    Fact(kind=kind, id=identity, name=name, key=key, before=was, after=now)
                )
    return facts


def _same_parts(before: Sequence[Any], after: Sequence[Any]) -> bool:
    return sorted(map(repr, before)) == sorted(map(repr, after))


def _out_of_scope(old: AuditResult, new: AuditResult) -> list[Fact]:
    before, after = ({left.name for left in result.out_of_scope} for result in (old, new))
    return [
        Fact(
            kind="out-of-scope",
            id=name,
            name=name,
            key="",
            before="out of scope" if name in before else None,
            after="out of scope" if name in after else None,
        )
        for name in sorted(before ^ after)
    ]


def _word(value: Any) -> str | None:
    """Return a value as a word of the comparison; None: not recorded."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Money):
        low, high = f"{value.low:,.0f}", f"{value.high:,.0f}"
        return low if low == high else f"{low}–{high}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Part):
        return _part_word(value)
    if isinstance(value, list | tuple):
        return ", ".join(sorted(_word(item) or "" for item in value)) or "none"
    if isinstance(value, dict):
        return "; ".join(f"{k}: {_word(v)}" for k, v in sorted(value.items())) or "none"
    return str(value)


def _part_word(part: Part) -> str:
    """Return a capability or an object of a tool as a word: ``contact (store)``."""
    values = part.model_dump()
    assumed = values.pop("assumed", False)
    first, *rest = (_word(v) or "" for v in values.values())
    words = [word for word in (*rest, "assumed" if assumed else "") if word]
    return f"{first} ({', '.join(words)})" if words else first
