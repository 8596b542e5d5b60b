"""Blast radius: which needed flows fall with a tool, a vendor, an integration, a person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from stackaudit.graph import Stack, StackTool
from stackaudit.graph.impact import Impact, Need
from stackaudit.result import Fall

MOST_NEEDS: Final = 1500
"""Past so many needed flows only tools and vendors are taken away, not single integrations."""


def blast_radius(stack: Stack) -> list[Fall]:
    """Return every element whose loss makes a needed flow fall, the widest first.

    A person is listed by the tools that nobody else keeps; flows do not fall with a person.
    """
    impact = stack.impact
    falls = [*_tools(stack, impact), *_vendors(impact)]
    if len(impact.needs) <= MOST_NEEDS:
        falls += _integrations(stack, impact)
    falls += _people(stack)
    falls.sort(key=lambda f: (-f.must, -len(f.falls), -len(f.keeps), f.kind, f.id))
    return falls


def _touched(impact: Impact) -> list[int]:
    """Return the tools that some needed flow uses; no other can make one fall."""
    seen: set[int] = set()
    for need in impact.needs:
        seen |= need.ends
        for hop in need.serving.hops:
            seen.update((hop.source, hop.target))
            if hop.flow >= 0:
                seen.update(impact.stack.flows[hop.flow].via)
        for tool in (need.serving.same_tool, need.serving.gated):
            if tool is not None:
                seen.add(tool.index)
    tools = range(len(impact.stack.tools))
    return sorted(n for n in seen if n in tools)


def _tools(stack: Stack, impact: Impact) -> Iterable[Fall]:
    hosts = sorted(impact.apps)
    for number in sorted({*_touched(impact), *hosts}):
        tool = stack.tools[number]
        loss = impact.loss_of([number])
        fallen = impact.falls(loss)
        if fallen:
            yield _fall("tool", tool.id, tool.name, fallen, loss.tools)


def _vendors(impact: Impact) -> Iterable[Fall]:
    for vendor, (name, tools) in impact.vendors.items():
        if len(tools) < 2:
            continue
        loss = impact.loss_of(tools)
        fallen = impact.falls(loss)
        if fallen:
            yield _fall("vendor", vendor, name, fallen, loss.tools)


def _integrations(stack: Stack, impact: Impact) -> Iterable[Fall]:
    used = sorted({h.flow for n in impact.needs for h in n.serving.hops if h.flow >= 0})
    for number in used:
        flow = stack.flows[number]
        if flow.kind != "integration":
            continue
        fallen = impact.falls(impact.loss_of([], [number]))
        if fallen:
            ends = " → ".join(stack.tools[e].name for e in flow.ends)
            yield _fall("integration", flow.id, ends, fallen, frozenset())


def _people(stack: Stack) -> Iterable[Fall]:
    kept: dict[str, list[StackTool]] = {}
    for tool in stack.subjects:
        people = keepers(tool)
        if len(people) == 1:
            kept.setdefault(people[0], []).append(tool)
    for person, tools in sorted(kept.items()):
        critical = sum(1 for t in tools if t.index in stack.critical_tools)
        yield Fall(
            kind="person",
            id=person,
            name=person,
            falls=[],
            must=critical,
            between=0,
            keeps=sorted(t.id for t in tools),
        )


def keepers(tool: StackTool) -> list[str]:
    """Return the people who keep a tool: technical owners, else owners; teams are none."""
    record = tool.record
    if record is None:
        return []
    named = record.technical_owner or record.owner or ()
    return [p for p in named if p != "withheld" and not p.startswith(("team:", "role:"))]


def _fall(kind: str, identity: str, name: str, fallen: list[Need], tools: frozenset[int]) -> Fall:
    return Fall(
        kind=kind,  # type: ignore[arg-type]
        id=identity,
        name=name,
        falls=sorted(n.id for n in fallen),
        must=sum(1 for n in fallen if n.must),
        between=sum(1 for n in fallen if n.ends.isdisjoint(tools)),
    )
