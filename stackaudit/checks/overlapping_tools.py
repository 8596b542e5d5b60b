"""The check `overlapping-tools`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import networkx as nx

from stackaudit.check import (
    Action,
    Check,
    Evidence,
    Finding,
    Outcome,
    Question,
    Severity,
    Stack,
    StackTool,
    assumed,
    capability_name,
    fact,
    fills,
    join_ids,
    merge_scopes,
    names,
    on_purpose,
    subject,
    tool_subjects,
    usual_owner,
)
from stackaudit.graph.capabilities import of_unknown_use
from stackaudit.graph.model import WEIGHT
from stackaudit.inventory.schema import OverlapsOnPurpose
from stackaudit.result import Category

Pair = tuple[int, int]


@dataclass(frozen=True)
class OverlappingTools(Check):
    """Several tools in use that do the same job in the same scope.

    What it finds:
    Clusters of tools whose capabilities overlap by half or more (the sum of the weaker strengths
    over the smaller sum of strengths; primary counts 1, secondary ½, unused 0), whose scopes meet,
    and whose users meet where both are known. Capabilities of which a company needs one (singleton)
    count from two primary providers, those of which it needs a few from three, and those of which
    it needs many (ad platforms) never. An overlap declared ``overlaps_on_purpose`` is silent until
    its date, then overdue. Accounts of one product are left to `duplicate-product`.

    Why it matters:
    Two tools for one job are paid twice, integrated twice, and split the data about the same
    people.

    What to do:
    Choose one; before retiring the other, take over what only it can do and re-home its flows.

    Example:
    Klaviyo and Mailchimp both send the newsletter of the same shop.

    Known false positives:
    The tools serve different teams, brands or regions that the inventory does not name.
    """

    threshold: float = 0.5
    few_from: int = 3

    id: ClassVar[str] = "overlapping-tools"
    title: ClassVar[str] = "Tools that do the same job"
    category: ClassVar[Category] = "redundancies"
    severity: ClassVar[Severity] = "medium"
    examined_what: ClassVar[str] = "capabilities in use"

    def run(self, stack: Stack) -> Outcome:
        """Look at every capability per scope, and join what overlaps into clusters."""
        capabilities = sorted({c for t in stack.subjects for c in t.working})
        judged = [c for c in capabilities if self._plurality(stack, c) != "many"]
        found: dict[str, dict[int, tuple[frozenset[str], tuple[StackTool, ...]]]] = {}
        for number in range(len(stack.scopes)):
            for shared, tools in self._clusters(stack, judged, number):
                found.setdefault(join_ids(shared), {})[number] = (shared, tools)
        findings = []
        for key, by_scope in sorted(found.items()):
            same = {s: tuple(t.id for t in tools) for s, (_c, tools) in by_scope.items()}
            for scope, scopes, (shared, tools) in merge_scopes(stack, by_scope, same):
                findings.append(self._overlap(stack, key, shared, tools, scope, scopes))
        unclear = of_unknown_use(stack)
        return Outcome(len(judged), findings, self._what_for(unclear) if unclear else ())

    def _what_for(self, tools: list[StackTool]) -> list[Question]:
        return [
            self.question(
                "capabilities:tools",
                f"What {'is' if len(tools) == 1 else 'are'} {names(tools, 4)} used for?",
                subjects=tool_subjects(tools),
                weight=len(tools),
                fills=fills("tools", tools, "capabilities"),
            )
        ]

    def _plurality(self, stack: Stack, capability: str) -> str:
        entry = stack.catalogue.capabilities.get(capability)
        return entry.plurality if entry is not None else "few"

    def _clusters(
        self, stack: Stack, capabilities: Iterable[str], scope: int
    ) -> list[tuple[frozenset[str], tuple[StackTool, ...]]]:
        """Return (capabilities, tools) of every cluster in a scope."""
        groups: dict[frozenset[int], set[str]] = {}
        for capability in capabilities:
            need = 2 if self._plurality(stack, capability) == "singleton" else self.few_from
            primary = [
                t
                for t in stack.providers(capability, scope)
                if t.capabilities[capability] == "primary"
                and t.kind not in ("service", "own-channel")
            ]
            if _units(primary) < need:
                continue
            for component in self._same_jobs(stack, primary):
                if _units(stack.tools[i] for i in component) >= need:
                    groups.setdefault(frozenset(component), set()).add(capability)
        # A cluster inside a larger one is the same conversation: its capabilities join the larger.
        kept: dict[frozenset[int], set[str]] = {}
        for group in sorted(groups, key=lambda g: (-len(g), sorted(g))):
            home = next((larger for larger in kept if group <= larger), group)
            kept.setdefault(home, set()).update(groups[group])
        return [
            (frozenset(shared), tuple(sorted((stack.tools[i] for i in group), key=lambda t: t.id)))
            for group, shared in kept.items()
        ]

    def _same_jobs(self, stack: Stack, tools: list[StackTool]) -> Iterable[set[int]]:
        """Return the groups of tools that do the same job, each by way of any other.

        Tools are compared by what they have in common and not two by two: accounts of one product;
        tools with the same capabilities and the same users; and each two such sorts. Only tools
        which overlap on purpose with some other are compared one by one.
        """
        apart = {i for t in tools for i in _on_purpose_with(stack, t)}
        graph: nx.Graph[int] = nx.Graph()
        accounts: dict[str, int] = {}
        sorts: dict[frozenset[tuple[str, str]], dict[str | None, int]] = {}
        for tool in tools:
            if tool.product is not None:  # one unit: counted once, kept together
                graph.add_edge(tool.index, accounts.setdefault(tool.product.id, tool.index))
            if tool.index in apart:
                graph.add_edges_from(
                    (tool.index, o.index)
                    for o in tools
                    if o is not tool and self._same_job(stack, tool, o)
                )
                continue
            users = sorts.setdefault(frozenset(tool.capabilities.items()), {})
            for user in _users_of(tool):
                graph.add_edge(tool.index, users.setdefault(user, tool.index))
        known = list(sorts.items())
        for number, (work, users) in enumerate(known):
            for other_work, other_users in known[number:]:
                if overlap(dict(work), dict(other_work)) < self.threshold - 1e-9:
                    continue
                for one, others in ((users, other_users), (other_users, users)):
                    if None in one:
                        graph.add_edges_from((one[None], o) for o in others.values())
                graph.add_edges_from(
                    (users[u], other_users[u]) for u in users.keys() & other_users.keys()
                )
        graph.remove_edges_from(list(nx.selfloop_edges(graph)))
        return [component for component in nx.connected_components(graph) if len(component) > 1]

    def _same_job(self, stack: Stack, one: StackTool, other: StackTool) -> bool:
        if on_purpose(stack, one, other) == "silent":
            return False
        users = _users_of(one), _users_of(other)
        if None not in users[0] and None not in users[1] and not set(users[0]) & set(users[1]):
            return False
        return overlap(one.capabilities, other.capabilities) >= self.threshold - 1e-9

    def _overlap(
        self,
        stack: Stack,
        key: str,
        shared: frozenset[str],
        tools: tuple[StackTool, ...],
        scope: str,
        scopes: list[str],
    ) -> Finding:
        what = [capability_name(stack, c) for c in sorted(shared)]
        where = f" for {scope}" if scopes else ""
        stated = [t for t in tools if _purpose(t) is not None]
        pairs = {
            tuple(sorted((a.id, b.id))): (a, b) if a.id < b.id else (b, a)
            for a in stated
            for b in tools
            if a is not b
        }
        overdue = [
            pair
            for _ids, pair in sorted(pairs.items(), key=_first)
            if on_purpose(stack, *pair) == "overdue"
        ]
        leaving = [t for t in tools if t.status == "retiring"]
        sentence = f"{names(tools)} do the same job{where}: {names(what)}."
        if overdue:
            sentence += f" The overlap of {names(overdue[0])} was to end and is overdue."
        elif leaving:
            sentence += f" {names(leaving)} {'is' if len(leaving) == 1 else 'are'} being retired."
        doing = Counter(c for t in tools for c in t.working)
        alone = {t.id: sorted(c for c in t.working if doing[c] == 1) for t in tools}
        return self.finding(
            f"{key}/{scope}",
            sentence,
            severity="low" if leaving and not overdue else "medium",
            evidence=[
                *(_does(stack, t, shared) for t in tools),
                *_users(tools),
                *_overdue_facts(overdue),
            ],
            subjects=[
                *tool_subjects(tools),
                *(subject("capability", c, capability_name(stack, c)) for c in sorted(shared)),
            ],
            scopes=scopes,
            harmless_if="They serve different people, brands or regions, "
            "or one is being retired as planned.",
            details={
                "only_here": alone,
                "flows": {
                    t.id: sorted(f.id for f in stack.touching[t.index] if f.live) for t in tools
                },
                "claims": [t.id for t in tools],
                "keeps": 1,
            },
            action=Action(
                id=f"consolidate:{join_ids(t.id for t in tools)}",
                text=f"Choose one of {names(tools)} for {names(what)}",
                effort="large",
                owner=usual_owner(*tools),
                tools=[t.id for t in tools],
            ),
        )


def overlap(one: Mapping[str, str], other: Mapping[str, str]) -> float:
    """Return how much two tools do the same, 0 to 1: Σ min(strength) by the smaller Σ strength."""
    total = min(sum(WEIGHT[s] for s in one.values()), sum(WEIGHT[s] for s in other.values()))
    both = sum(min(WEIGHT[one[c]], WEIGHT[other[c]]) for c in one.keys() & other.keys())
    return both / total if total else 0.0


def _purpose(tool: StackTool) -> OverlapsOnPurpose | None:
    return tool.record.overlaps_on_purpose if tool.record is not None else None


def _on_purpose_with(stack: Stack, tool: StackTool) -> list[int]:
    """Return a tool that states an overlap on purpose and those it names; else nothing."""
    purpose = _purpose(tool)
    if purpose is None:
        return []
    return [tool.index, *(t.index for ref in purpose.with_ if (t := stack.tool(ref)) is not None)]


def _users_of(tool: StackTool) -> Sequence[str | None]:
    """Return the teams that use a tool; None alone when they are not known."""
    users = tool.record.used_by if tool.record is not None else None
    return (None,) if users is None else users


def _first(item: tuple[Any, Any]) -> Any:
    return item[0]


def _units(tools: Iterable[StackTool]) -> int:
    """Return how many different products there are; accounts of one product are one."""
    return len({t.product.id if t.product is not None else t.id for t in tools})


def _does(stack: Stack, tool: StackTool, shared: Iterable[str]) -> Evidence:
    what = names([capability_name(stack, c) for c in sorted(shared) if c in tool.working])
    if tool.capabilities_assumed:
        return assumed(
            f"{tool.name} provides {what}, by the catalogue; "
            "the inventory does not say what it is used for."
        )
    return fact(tool.record, "capabilities", f"{tool.name} is used for {what}.")


def _users(tools: Iterable[StackTool]) -> list[Evidence]:
    return [
        fact(t.record, "used_by", f"{t.name} is used by {names(list(t.record.used_by))}.")
        for t in tools
        if t.record is not None and t.record.used_by
    ]


def _overdue_facts(pairs: Iterable[tuple[StackTool, StackTool]]) -> list[Evidence]:
    facts = []
    for a, b in pairs:
        for tool in (a, b):
            purpose = tool.record.overlaps_on_purpose if tool.record is not None else None
            if purpose is not None and purpose.until is not None:
                facts.append(
                    fact(
                        purpose,
                        "until",
                        f"The overlap of {a.name} and {b.name} was accepted until {purpose.until}.",
                    )
                )
    return facts
