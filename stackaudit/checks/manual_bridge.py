"""The check `manual-bridge`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from stackaudit.check import (
    Action,
    Check,
    Evidence,
    Finding,
    Flow,
    Outcome,
    Question,
    Severity,
    Stack,
    StackTool,
    assumed,
    fact,
    fact_at,
    flow_name,
    join_ids,
    judged_objects,
    names,
    no_path,
    nouns,
    object_name,
    open_fills,
    record_or_holder,
    role_fact,
    sentence,
    steps,
    subject,
    tool_subjects,
    usual_owner,
)
from stackaudit.graph.consent import Reach
from stackaudit.graph.needs import record_paths
from stackaudit.graph.views import Hop
from stackaudit.result import Category


@dataclass
class _Need:
    """A needed flow that only works by hand."""

    hops: tuple[Hop, ...]
    data_object: str
    scope: int
    sources: tuple[StackTool, ...]
    targets: tuple[StackTool, ...]
    limit: int | None
    text: str
    evidence: list[Evidence]
    must: bool


@dataclass
class _Bridge:
    flow: Flow
    hop: Hop
    data_object: str
    needs: list[_Need] = field(default_factory=list)


@dataclass(frozen=True)
class ManualBridge(Check):
    """A needed flow of data that somebody carries by hand.

    What it finds:
    Needed flows (expected flows, hand-overs of declared processes, from the record to tools that
    act, from tools that capture to the record) whose every path has a step by hand. The step is
    compared with the need: where the inventory or the expected flow says how old the data may be
    and the step is repeated often enough, there is no finding.

    Why it matters:
    Copies by hand are late, get forgotten in holidays, and leave lists of people in mailboxes.

    What to do:
    Replace the step by an integration; both tools usually have a connector.

    Example:
    Every Monday a CSV of new contacts is uploaded to the SMS tool.

    Known false positives:
    The need is smaller than it looks: state it under ``freshness``.
    """

    tolerance: float = 1.25

    id: ClassVar[str] = "manual-bridge"
    title: ClassVar[str] = "Needed flow that works only by hand"
    category: ClassVar[Category] = "silos"
    severity: ClassVar[Severity] = "medium"
    examined_what: ClassVar[str] = "needed flows that have a path"

    def run(self, stack: Stack) -> Outcome:
        """Look at every needed flow with a path; collect the steps by hand it depends on."""
        bridges: dict[tuple[str, str, str], _Bridge] = {}
        unclear: dict[str, Question] = {}
        examined = 0
        for need in self._needs(stack, unclear):
            examined += 1
            if need is None:
                continue
            for hop in need.hops:
                flow = stack.flows[hop.flow] if hop.flow >= 0 else None
                if flow is None or flow.automatic is not False or self._often_enough(flow, need):
                    continue
                key = (stack.tools[hop.source].id, stack.tools[hop.target].id, need.data_object)
                bridges.setdefault(key, _Bridge(flow, hop, need.data_object)).needs.append(need)
        findings = [self._bridge(stack, bridge) for _key, bridge in sorted(bridges.items())]
        return Outcome(examined, findings, [unclear[k] for k in sorted(unclear)])

    def _often_enough(self, flow: Flow, need: _Need) -> bool:
        """Return whether the step by hand is repeated as often as the need asks."""
        limit = need.limit
        return (
            limit is not None
            and flow.minutes is not None
            and flow.minutes <= limit * self.tolerance
        )

    def _needs(self, stack: Stack, unclear: dict[str, Question]) -> Iterator[_Need | None]:
        """Yield every needed flow with a path: None where served, else how it works by hand.

        What cannot be judged is asked and not yielded: it was not examined.
        """
        for demand in stack.demands:
            outcome = demand.serving.outcome
            if outcome in ("no", "broken", "unknown"):
                continue
            if outcome == "maybe-automatic":
                self._ask_all(stack, demand.serving.hops, unclear)
                continue
            if outcome != "manual":
                yield None
                continue
            if demand.serving.perhaps_automatic:
                self._ask_other(
                    stack, demand.source.tools, demand.target.tools, demand.data_object, unclear
                )
                continue
            yield _Need(
                hops=demand.serving.hops,
                data_object=demand.data_object,
                scope=demand.scope,
                sources=demand.source.tools,
                targets=demand.target.tools,
                limit=_tighter(demand.limit, stack.fresh_within(demand.data_object)),
                text=f"{demand.source.name} to {demand.target.name} ({demand.strength})",
                evidence=[
                    _end_fact(stack, t, e.capability)
                    for e in (demand.source, demand.target)
                    for t in _best(e.tools)
                ],
                must=demand.strength == "must",
            )
        for way in stack.consent_reach:
            if way.serving.outcome == "manual" and not way.sender.transactional:
                yield self._permission(stack, way)
        for data_object in judged_objects(stack):
            for scope in range(len(stack.scopes)):
                yield from self._around_record(stack, data_object, scope, unclear)

    def _permission(self, stack: Stack, way: Reach) -> _Need:
        """Return permission that reaches a sender by hand as a need: it is required."""
        sender, thing = way.sender, nouns(stack, way.data_object)
        found = record_or_holder(stack, way.data_object, way.scope)
        text = f"{sender.tool.name} contacts people ({sender.channel})."
        return _Need(
            hops=way.serving.hops,
            data_object=way.data_object,
            scope=way.scope,
            sources=way.record,
            targets=(sender.tool,),
            limit=stack.fresh_within(way.data_object),
            text=f"{sender.tool.name} contacts people ({sender.channel}) and needs {thing}",
            evidence=[
                assumed(text)
                if sender.assumed
                else fact_at(sender.tool.record, ("channels", sender.channel), text),
                *([found[1]] if found is not None else []),
            ],
            must=True,
        )

    def _around_record(
        self, stack: Stack, data_object: str, scope: int, unclear: dict[str, Question]
    ) -> Iterator[_Need | None]:
        found = record_or_holder(stack, data_object, scope)
        if found is None:
            return
        record, record_fact = found
        thing = nouns(stack, data_object)
        for path in record_paths(stack, record, data_object, scope):
            forward, tool = path.role == "activate", path.tool
            ends = ((*record,), (tool,)) if forward else ((tool,), (*record,))
            verb = "acts on" if forward else "captures"
            if path.outcome == "automatic":
                yield None
            elif path.outcome == "maybe-automatic":
                self._ask_all(stack, path.hops, unclear)
            elif path.outcome == "maybe-manual":
                self._ask_other(stack, ends[0], ends[1], data_object, unclear)
            else:
                yield _Need(
                    hops=path.hops,
                    data_object=data_object,
                    scope=scope,
                    sources=ends[0],
                    targets=ends[1],
                    limit=stack.fresh_within(data_object),
                    text=f"{tool.name} {verb} {thing} and {names(record)} holds the record",
                    evidence=[
                        role_fact(tool, data_object, f"{tool.name} {verb} {thing}."),
                        record_fact,
                    ],
                    must=False,
                )

    def _ask_other(
        self,
        stack: Stack,
        sources: tuple[StackTool, ...],
        targets: tuple[StackTool, ...],
        data_object: str,
        unclear: dict[str, Question],
    ) -> None:
        """Ask whether an integration of unknown content spares the work by hand."""
        ends = f"{join_ids(t.id for t in sources)}/{join_ids(t.id for t in targets)}/{data_object}"
        unclear[ends] = self.question(
            f"by-itself:{ends}",
            f"Do {nouns(stack, data_object)} get from {names(sources)} to {names(targets)} only by "
            "hand? Integrations of unknown content could carry them.",
            subjects=tool_subjects([*sources, *targets]),
            asked_of=usual_owner(*targets, *sources),
            key=ends,
            fills=open_fills(stack, sources, targets, data_object),
        )

    def _ask_all(self, stack: Stack, hops: tuple[Hop, ...], unclear: dict[str, Question]) -> None:
        for hop in hops:
            flow = stack.flows[hop.flow] if hop.flow >= 0 else None
            if flow is not None and flow.automatic is None:
                unclear[flow.id] = self.ask_method(stack, flow, [flow.id])

    def _bridge(self, stack: Stack, bridge: _Bridge) -> Finding:
        source, target = stack.tools[bridge.hop.source], stack.tools[bridge.hop.target]
        thing = nouns(stack, bridge.data_object)
        # The need that rests on the fewest assumptions carries the finding; the others are named.
        options = [(need, self._facts(stack, bridge, need)) for need in bridge.needs]
        need, evidence = min(
            options, key=lambda o: (sum(e.assumed for e in o[1]), not o[0].must, o[0].text)
        )
        texts = sorted({n.text for n in bridge.needs})
        scopes = sorted({n.scope for n in bridge.needs})
        number = len(texts)
        key = f"{source.id}/{target.id}/{bridge.data_object}"
        return self.finding(
            key,
            f"{sentence(thing)} get from {source.name} to {target.name} by hand only; "
            f"{'a needed flow depends' if number == 1 else f'{number} needed flows depend'} on it.",
            severity="high" if any(n.must for n in bridge.needs) else "medium",
            evidence=evidence,
            subjects=[
                *tool_subjects([source, target]),
                subject("object", bridge.data_object, object_name(stack, bridge.data_object)),
                subject("integration", bridge.flow.id),
            ],
            scopes=[] if len(scopes) == len(stack.scopes) else [stack.scopes[s] for s in scopes],
            path=steps(stack, need.hops),
            harmless_if="The data may be as old as the step by hand makes it; "
            "then say so under `freshness`.",
            details={
                "needed_for": texts,
                "every": bridge.flow.record.every if bridge.flow.record else None,
            },
            action=Action(
                id=f"automate:{source.id}>{target.id}",
                text=f"Automate the flow of {thing} from {source.name} to {target.name}",
                effort="medium",
                owner=usual_owner(target, source),
                tools=sorted({source.id, target.id}),
            ),
        )

    def _facts(self, stack: Stack, bridge: _Bridge, need: _Need) -> list[Evidence]:
        record = bridge.flow.record
        by_hand = "method" if record is not None and record.method is not None else "every"
        return [
            fact(
                record, by_hand, f"The integration {flow_name(stack, bridge.flow)} works by hand."
            ),
            *need.evidence,
            no_path(stack, need.sources, need.targets, need.data_object, need.scope, other=True),
        ]


def _tighter(one: int | None, other: int | None) -> int | None:
    known = [limit for limit in (one, other) if limit is not None]
    return min(known) if known else None


def _best(tools: tuple[StackTool, ...]) -> list[StackTool]:
    declared = [t for t in tools if not t.capabilities_assumed]
    return (declared or list(tools))[:2]


def _end_fact(stack: Stack, tool: StackTool, capability: str | None) -> Evidence:
    if capability is None:
        return fact(tool.record, None, f"{tool.name} is a step of the process.")
    entry = stack.catalogue.capabilities.get(capability)
    what = entry.name if entry is not None else capability
    return fact(
        tool.record,
        None if tool.capabilities_assumed else "capabilities",
        f"{tool.name} provides {what}.",
        assumed=tool.capabilities_assumed,
    )
