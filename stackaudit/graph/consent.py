"""Consent reach: whether the record of permission reaches all that contact or target people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stackaudit.graph.demands import End, Serving, serve
from stackaudit.graph.model import StackTool

if TYPE_CHECKING:
    from stackaudit.graph.stack import Stack

_BEST_FIRST = ("automatic", "maybe-automatic", "manual", "unknown", "broken", "no")


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
class Reach:
    """How permission reaches a sender in one scope, over the object that gets there best."""

    sender: Sender
    scope: int
    data_object: str
    record: tuple[StackTool, ...]
    """Tools that hold the record of permission; empty when there is none."""
    record_declared: bool
    """Whether the inventory says where the record is, or states that there is none."""
    serving: Serving


def senders(stack: Stack) -> Iterator[Sender]:
    """Yield every tool that contacts or targets people, channel by channel, ordered by tool id.

    Channels come from the tool's own ``channels``, else from its capabilities and are then assumed.
    Services count only when their data is declared; a tool without personal data does not count.
    """
    for tool in stack.subjects:
        if tool.record is None or (tool.kind == "service" and not tool.data_declared):
            continue
        if not holds_personal_data(stack, tool):
            continue
        declared = tool.record.channels
        if declared is not None:
            for channel, use in sorted(declared.items()):
                if channel in stack.catalogue.channels:
                    yield Sender(tool, channel, assumed=False, transactional=use == "transactional")
            continue
        for channel, entry in sorted(stack.catalogue.channels.items()):
            if any(c in tool.working for c in entry.implied_by):
                yield Sender(tool, channel, assumed=True, transactional=False)
            elif any(c in tool.working for c in entry.transactional):
                yield Sender(tool, channel, assumed=True, transactional=True)


def holds_personal_data(stack: Stack, tool: StackTool) -> bool:
    """Return whether a tool receives or captures personal data, as far as known or assumed."""
    if tool.record is not None and tool.record.personal_data is not None:
        return tool.record.personal_data
    objects = stack.catalogue.objects
    handled: Iterable[str] = tool.roles
    if any(o in objects and objects[o].personal for o in handled):
        return True
    return any(
        o in objects and objects[o].personal
        for flow in stack.flows
        if flow.live and tool.index in flow.ends
        for o in flow.objects or ()
    )


def consent_reach(stack: Stack) -> Iterator[Reach]:
    """Yield how permission reaches every sender, scope by scope.

    Advertising and web tools need the consent record; all others the preference or the consent
    record, whichever reaches them better.
    """
    for sender in senders(stack):
        needs = stack.catalogue.channels[sender.channel].needs
        for scope in range(len(stack.scopes)):
            if not sender.tool.scopes >> scope & 1:
                continue
            ways = [_way(stack, sender, scope, data_object) for data_object in needs]
            yield min(ways, key=_rank)


def _way(stack: Stack, sender: Sender, scope: int, data_object: str) -> Reach:
    fact = stack.record(data_object, scope)
    record = tuple(stack.tools[i] for i in fact.tools)
    declared = fact.how != "unknown"
    if not record and fact.how == "unknown":
        holder = stack.best_holder(data_object, scope)
        record = () if holder is None else (holder,)
    target = End(f"tool:{sender.tool.id}", (sender.tool,))
    serving = serve(stack, End(f"record:{data_object}", record), target, data_object, scope)
    return Reach(sender, scope, data_object, record, declared, serving)


def _rank(way: Reach) -> tuple[int, bool, bool, str]:
    """Order ways: the best served first, then a record that is declared, then one that exists."""
    return (
        _BEST_FIRST.index(way.serving.outcome),
        not way.record_declared,
        not way.record,
        way.data_object,
    )
