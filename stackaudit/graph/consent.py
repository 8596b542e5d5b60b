"""Consent reach: whether the record of permission reaches all that contact or target people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

from stackaudit.graph.demands import Serving
from stackaudit.graph.facts import assumed, fact, fact_at
from stackaudit.graph.model import Flow, StackTool
from stackaudit.graph.personal import personal_data, personal_objects
from stackaudit.graph.views import WILD, View, ViewKind, reach, reach_cheapest, trace
from stackaudit.result import Evidence

if TYPE_CHECKING:
    from stackaudit.graph.stack import Stack

Came = dict[int, tuple[int, int] | None]
"""Node → how it was reached, as :func:`~stackaudit.graph.views.reach` returns it."""

TO_NOBODY: Final = frozenset({"social"})
"""Channels whose messages go to nobody in particular: organic posts need nobody's permission."""

_BEST_FIRST: Final = ("automatic", "maybe-automatic", "manual", "unknown", "broken", "no")


@dataclass(frozen=True, slots=True)
class Sender:
    """A tool that contacts or targets people on a channel."""

    tool: StackTool
    channel: str
    assumed: bool
    """The channel follows from its capabilities; the inventory does not say."""
    transactional: bool
    """Only messages that people asked for by acting: listed, never found."""


@dataclass(frozen=True, slots=True)
class Way:
    """How one kind of permission (consent, or preferences) gets to a sender in one scope."""

    data_object: str
    record: tuple[StackTool, ...]
    """Tools that hold the record; empty when there is none, or none is known."""
    how: Literal["declared", "none", "holder", "unknown"]
    """declared: the inventory names the record; none: it states that there is none; holder: the
    likeliest tool that stores it stands in; unknown: nobody is known to store it."""
    serving: Serving
    from_nowhere: bool
    """No integration at all brings it to the sender: wherever the record is, it does not arrive."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How permission reaches a sender in one scope: every way, the best first."""

    sender: Sender
    scope: int
    ways: tuple[Way, ...]
    ungated: Evidence | None = None
    """What states that nothing holds the sender back until permission is given; None: not said."""

    @property
    def data_object(self) -> str:
        """Return the kind of permission that gets there best."""
        return self.ways[0].data_object

    @property
    def record(self) -> tuple[StackTool, ...]:
        """Return the tools that hold its record."""
        return self.ways[0].record

    @property
    def record_declared(self) -> bool:
        """Return whether the inventory says where its record is, or states that there is none."""
        return self.ways[0].how in ("declared", "none")

    @property
    def serving(self) -> Serving:
        """Return how it gets there.

        Where no record is known of any kind of permission nothing can be said.
        """
        best = self.ways[0].serving
        if best.outcome == "no" and all(w.how == "unknown" for w in self.ways):
            return Serving("unknown")
        return best


def senders(stack: Stack) -> Iterator[Sender]:
    """Yield every tool that contacts or targets people, channel by channel, ordered by tool id.

    A tool without personal data does not count, nor do organic posts; otherwise as
    :func:`contacting`.
    """
    for sender in contacting(stack):
        if sender.channel not in TO_NOBODY and personal_data(stack, sender.tool).holds:
            yield sender


def contacting(stack: Stack) -> Iterator[Sender]:
    """Yield every tool that contacts or advertises, channel by channel, ordered by tool id.

    Channels come from the tool's own ``channels``, else from its capabilities (of those that only
    the catalogue knows, from what it is bought for) and are then assumed. Services count only when
    their data is declared, a website or app of the company's own only when its channels are.
    """
    for tool in stack.subjects:
        if tool.record is None or (tool.kind == "service" and not tool.data_declared):
            continue
        declared = tool.record.channels
        if declared is not None:
            for channel, use in sorted(declared.items()):
                if channel in stack.catalogue.channels:
                    yield Sender(tool, channel, assumed=False, transactional=use == "transactional")
            continue
        if tool.kind == "own-channel":
            continue
        used = {
            c for c, s in tool.working.items() if s == "primary" or not tool.capabilities_assumed
        }
        for channel, entry in sorted(stack.catalogue.channels.items()):
            if not used.isdisjoint(entry.implied_by):
                yield Sender(tool, channel, assumed=True, transactional=False)
            elif not used.isdisjoint(entry.transactional):
                yield Sender(tool, channel, assumed=True, transactional=True)


def consent_reach(stack: Stack) -> Iterator[Reach]:
    """Yield how permission reaches every sender, scope by scope.

    Advertising and web tools need the consent record; all others the preference or the consent
    record, whichever reaches them better.
    """
    found: dict[tuple[str, int], _Permission] = {}
    gates = _Gates(stack)
    for sender in senders(stack):
        needs = stack.catalogue.channels[sender.channel].needs
        gate, ungated = gates.of(sender.tool), gates.none_at(sender.tool)
        for scope in range(len(stack.scopes)):
            if not sender.tool.scopes >> scope & 1:
                continue
            ways = []
            for data_object in needs:
                key = (data_object, scope)
                if key not in found:
                    found[key] = _Permission(stack, data_object, scope)
                ways.append(found[key].to(sender.tool, gate))
            yield Reach(sender, scope, tuple(sorted(ways, key=_rank)), ungated)


def _rank(way: Way) -> tuple[int, int, str]:
    """Order ways: the best served first, then the one whose record is known best."""
    known = ("declared", "none", "holder", "unknown").index(way.how)
    return _BEST_FIRST.index(way.serving.outcome), known, way.data_object


class _Permission:
    """One kind of permission in one scope, and where its record gets to; walked once."""

    def __init__(self, stack: Stack, data_object: str, scope: int) -> None:
        self.stack = stack
        self.data_object = data_object
        self.scope = scope
        fact = stack.record(data_object, scope)
        self.how: Literal["declared", "none", "holder", "unknown"] = "unknown"
        self.record: tuple[StackTool, ...] = ()
        if fact.declared:
            self.how, self.record = "declared", tuple(stack.tools[i] for i in fact.tools)
        elif fact.how == "none":
            self.how = "none"
        elif (holder := stack.best_holder(data_object, scope)) is not None:
            self.how, self.record = "holder", (holder,)
        self.starts = [t.index for t in self.record]

    def _view(self, kind: ViewKind) -> View:
        return self.stack.view(self.data_object, self.scope, kind)

    @cached_property
    def _automatic(self) -> Came:
        return reach(self._view("certain").out, self.starts, self.stack.automatic, "automatic")

    @cached_property
    def _maybe(self) -> Came:
        out = self._view("certain").out
        return reach(out, self.starts, self.stack.automatic, "maybe-automatic")

    @cached_property
    def _any(self) -> Came:
        costly = [f.automatic is False for f in self.stack.flows]
        return reach_cheapest(self._view("certain").out, self.starts, costly)

    @cached_property
    def _repaired(self) -> Came:
        costly = [f.repairable for f in self.stack.flows]
        return reach_cheapest(self._view("repaired").out, self.starts, costly)

    @cached_property
    def _widest(self) -> Came:
        return reach(self._view("widest").out, self.starts, self.stack.automatic)

    @cached_property
    def _widest_automatic(self) -> Came:
        out = self._view("widest").out
        return reach(out, self.starts, self.stack.automatic, "maybe-automatic")

    @cached_property
    def _from_somewhere(self) -> Came:
        """Return the tools that a flow from an unknown tool may bring it to."""
        view = self._view("widest")
        fed = [n for n, arcs in view.into.items() if any(a == WILD for a, _flow in arcs)]
        return reach(view.out, fed, self.stack.automatic)

    def to(self, tool: StackTool, gate: StackTool | None) -> Way:
        """Return how it gets to one tool."""
        into = self._view("widest").into.get(tool.index, ())
        return Way(
            data_object=self.data_object,
            record=self.record,
            how=self.how,
            serving=Serving("automatic", gated=gate)
            if gate is not None
            else self._serving(tool, perhaps=bool(into)),
            from_nowhere=not into and not tool.has_role("store", self.data_object),
        )

    def _serving(self, tool: StackTool, *, perhaps: bool) -> Serving:
        if self.how == "none":
            return Serving("no")
        if self.how == "unknown":
            return Serving("unknown" if perhaps else "no")
        end, number = tool.index, len(self.stack.tools)
        if end in self.starts:
            return Serving("automatic", same_tool=tool)
        if end in self._automatic:
            return Serving("automatic", tuple(trace(self._automatic, end, number)))
        if end in self._maybe:
            return Serving("maybe-automatic", tuple(trace(self._maybe, end, number)))
        if end in self._any:
            hops = tuple(trace(self._any, end, number))
            return Serving("manual", hops, perhaps_automatic=end in self._widest_automatic)
        if end in self._repaired:
            hops = tuple(trace(self._repaired, end, number))
            flows = [self.stack.flows[h.flow] for h in hops if h.flow >= 0]
            return Serving("broken", hops, broken=tuple(f for f in flows if f.repairable))
        if end in self._widest or WILD in self._widest or end in self._from_somewhere:
            return Serving("unknown")
        return Serving("no")


class _Gates:
    """What holds tools back until permission is given."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.into: dict[int, list[Flow]] = {}
        self.out: dict[int, list[Flow]] = {}
        for flow in stack.flows:
            if flow.kind != "integration" or not flow.live:
                continue
            both = flow.direction == "both-ways"
            for end in {flow.target, *flow.via, *([flow.source] if both else [])} - {None}:
                self.into.setdefault(end, []).append(flow)  # type: ignore[arg-type]
            for end in {flow.source, *([flow.target] if both else [])} - {None}:
                self.out.setdefault(end, []).append(flow)  # type: ignore[arg-type]

    def of(self, tool: StackTool) -> StackTool | None:
        """Return the gate of a tool: its own, or the one of all personal data that it is brought.

        A website or app of the company's own is held back where all that leaves it is.
        """
        gate = self._first(tool.record.gated_by if tool.record is not None else None)
        if gate is not None:
            return gate
        gates = [self._of_flow(f) for f in self._personal(tool)]
        return gates[0] if gates and all(gates) else None

    def none_at(self, tool: StackTool) -> Evidence | None:
        """Return what states that a tool has no gate; None where that is not said, or not so.

        It is said of an integration that brings it personal data, or of the tool itself where no
        such integration is held back. A gate that is left out may be there.
        """
        flows = self._personal(tool)
        for flow in flows:
            record = flow.record
            if record is not None and record.gated_by == () and self._of_flow(flow) is None:
                what = "takes personal data from" if tool.kind == "own-channel" else "brings"
                whom = tool.name if tool.kind == "own-channel" else f"{tool.name} personal data"
                text = f"An integration that {what} {whom} is stated not to wait for consent."
                return fact(record, "gated_by", text)
        if tool.record is None or tool.record.gated_by != () or any(map(self._of_flow, flows)):
            return None
        text = f"Nothing holds {tool.name} back until consent is given: that is stated."
        return fact(tool.record, "gated_by", text)

    def _personal(self, tool: StackTool) -> list[Flow]:
        """Return the flows of personal data to a tool; from it, if it is an own website or app."""
        side = self.out if tool.kind == "own-channel" else self.into
        return [
            f for f in side.get(tool.index, ()) if personal_objects(self.stack, f.objects or ())
        ]

    def _of_flow(self, flow: Flow) -> StackTool | None:
        """Return the gate of a flow: its own, or that of a carrier, such as a tag manager."""
        gate = self._first(flow.record.gated_by if flow.record is not None else None)
        for number in flow.via:
            record = self.stack.tools[number].record
            gate = gate or self._first(record.gated_by if record is not None else None)
        return gate

    def _first(self, references: tuple[str, ...] | None) -> StackTool | None:
        for reference in references or ():
            gate = self.stack.tool(reference)
            if gate is not None and gate.in_use:
                return gate
        return None


def sender_fact(stack: Stack, sender: Sender) -> Evidence:
    """Return the fact that a tool contacts or targets people on a channel."""
    tool, channel = sender.tool, stack.catalogue.channels[sender.channel]
    if not sender.assumed:
        text = f"{tool.name} contacts or targets people: {channel.name}."
        return fact(tool.record, "channels", text)
    used = [c for c in (*channel.implied_by, *channel.transactional) if c in tool.working]
    what = " and ".join(stack.catalogue.capabilities[c].name for c in used[:2])
    return assumed(
        f"{tool.name} is for {what}, so that it reaches people ({channel.name}); the inventory "
        "does "
        "not name its channels."
    )


def record_fact(stack: Stack, way: Way, scope: int) -> Evidence:
    """Return the fact of where a kind of permission is kept, or that it is kept nowhere."""
    noun = stack.catalogue.objects[way.data_object].noun
    where = ("systems_of_record", stack.record(way.data_object, scope).key or way.data_object)
    if way.how == "none":
        text = f"The inventory states that there is no record of {noun}."
        return fact_at(stack.inventory, where, text)
    tools = " and ".join(t.name for t in way.record)
    if way.how == "declared":
        return fact_at(stack.inventory, where, f"The record of {noun} is {tools}.")
    return assumed(
        f"No record of {noun} is declared; {tools}, the likeliest among those that store them, is "
        "taken for it."
    )
