"""Who keeps what is critical, and why it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stackaudit.graph.capabilities import no_other_listed, provides
from stackaudit.graph.facts import fact
from stackaudit.graph.impact import grounds
from stackaudit.graph.model import Flow, StackTool
from stackaudit.inventory.schema import Integration, Tool
from stackaudit.result import Evidence

if TYPE_CHECKING:
    from stackaudit.graph.stack import Stack


@dataclass(frozen=True, slots=True)
class Critical:
    """A tool or flow on a required flow, or the only tool for a must, and what says so."""

    thing: StackTool | Flow
    why: tuple[Evidence, ...]

    @property
    def assumed(self) -> bool:
        """Return whether that it is critical rests on something assumed."""
        return any(e.assumed for e in self.why)


def critical_things(stack: Stack) -> list[Critical]:
    """Return what is critical, ordered by id: tools first, then integrations.

    Of several reasons the first that rests on nothing assumed is given.
    """
    tools: dict[int, tuple[Evidence, ...]] = {}
    flows: dict[int, tuple[Evidence, ...]] = {}
    for need in stack.impact.required:
        hops = need.serving.hops
        if not hops:
            continue
        why = tuple(grounds(stack, need))
        for hop in hops:
            ends = [n for n in (hop.source, hop.target) if n < len(stack.tools)]
            if hop.flow >= 0:
                ends += stack.flows[hop.flow].via
                _keep(flows, hop.flow, why)
            for end in ends:
                _keep(tools, end, why)
    for tool, why in _sole_providers(stack):
        _keep(tools, tool, why)
    return [
        *(Critical(t, tools[t.index]) for t in stack.subjects if t.index in tools),
        *(
            Critical(f, flows[f.index])
            for f in sorted((stack.flows[i] for i in flows), key=lambda f: f.id)
            if f.record is not None
        ),
    ]


def _keep(known: dict[int, tuple[Evidence, ...]], number: int, why: tuple[Evidence, ...]) -> None:
    before = known.get(number)
    better = before is not None and any(e.assumed for e in before)
    if before is None or (better and not any(e.assumed for e in why)):
        known[number] = why


def _sole_providers(stack: Stack) -> list[tuple[int, tuple[Evidence, ...]]]:
    """Return the tools that alone provide something the company must have in a scope."""
    found = []
    for capability in stack.catalogue.capabilities:
        if stack.expectation(capability)[0] != "must":
            continue
        for scope in range(len(stack.scopes)):
            providers = stack.providers(capability, scope)
            if len(providers) == 1:
                only = no_other_listed(stack, "no other tool does the same there")
                facts = (*provides(stack, capability, providers), only)
                found.append((providers[0].index, facts))
    return found


def keeper_of(record: Tool | Integration | None) -> tuple[str, tuple[str, ...]] | None:
    """Return (key, people) of who keeps something: technical owner, else owner; None: not said."""
    if record is None:
        return None
    technical = record.technical_owner
    if technical:
        return "technical_owner", technical
    return ("owner", record.owner) if record.owner is not None else None


def sole_keeper(record: Tool | Integration | None) -> str | None:
    """Return the one person who keeps something; None for teams, roles, several, or withheld."""
    kept = keeper_of(record)
    if kept is None or len(kept[1]) != 1:
        return None
    name = kept[1][0]
    return None if name == "withheld" or name.startswith(("team:", "role:")) else name


def keeper_fact(record: Tool | Integration, name: str, what: str) -> Evidence:
    """Return the fact that one person is named for something."""
    kept = keeper_of(record)
    return fact(record, kept[0] if kept is not None else "owner", f"{name} looks after {what}.")
