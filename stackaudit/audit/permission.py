"""Consent reach as it stands in the result: every sender, and how permission gets there."""

from __future__ import annotations

from stackaudit.graph import Stack
from stackaudit.graph.consent import Reach
from stackaudit.graph.latency import delay
from stackaudit.result import Reached, SenderEntry, Step


def sender_entries(stack: Stack) -> list[SenderEntry]:
    """Return every sender per scope, ordered by tool, channel and scope."""
    entries = [_entry(stack, reach) for reach in stack.consent_reach]
    return sorted(entries, key=lambda e: (e.tool, e.channel, e.scope))


def _entry(stack: Stack, reach: Reach) -> SenderEntry:
    sender, serving = reach.sender, reach.serving
    channel = stack.catalogue.channels[sender.channel]
    return SenderEntry(
        tool=sender.tool.id,
        channel=sender.channel,
        channel_name=channel.name,
        scope=stack.scopes[reach.scope],
        assumed=sender.assumed,
        transactional=sender.transactional,
        object=reach.data_object,
        record=[t.id for t in reach.record],
        record_declared=reach.record_declared,
        served=_served(reach),
        gated_by=serving.gated.id if serving.gated is not None else None,
        delay_minutes=_minutes(stack, reach),
        path=[
            Step(source=a.id, target=b.id, over=over, automatic=automatic)
            for a, b, over, automatic in stack.to_steps(serving.hops)
        ],
    )


def _served(reach: Reach) -> Reached:
    outcome = reach.serving.outcome
    return "automatic" if outcome == "maybe-automatic" else outcome


def _minutes(stack: Stack, reach: Reach) -> int | None:
    """Return the worst case from record to sender; nothing for a gate or the record itself."""
    if reach.serving.outcome not in ("automatic", "maybe-automatic") or not reach.serving.hops:
        return None
    late = delay(
        stack,
        stack.view(reach.data_object, reach.scope),
        [t.index for t in reach.record],
        reach.sender.tool.index,
    )
    return None if late is None else late.known
