"""The check `stale-copy`."""

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
    fills,
    flow_name,
    in_charge,
    judged_objects,
    known,
    names,
    nouns,
    object_name,
    once,
    open_fills,
    record_or_holder,
    role_fact,
    sentence,
    steps,
    subject,
    tool_subjects,
    usual_owner,
)
from stackaudit.graph.capabilities import provides, resting_on
from stackaudit.graph.copies import expected_copies, readers
from stackaudit.graph.demands import CONSENT_OBJECTS
from stackaudit.graph.intervals import in_words
from stackaudit.graph.latency import Delay, Delays
from stackaudit.result import Category


@dataclass
class _Need:
    """A copy at a tool, and how old it may be."""

    tool: StackTool
    data_object: str
    scope: int
    starts: tuple[int, ...]
    limit: int
    evidence: list[Evidence]
    fed: Delays
    source: str


@dataclass
class _Stale:
    need: _Need
    delay: Delay
    scopes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class StaleCopy(Check):
    """A copy of data that is older than its need allows.

    What it finds:
    The worst-case sum of the intervals on the freshest automated path exceeds the need by more than
    a quarter. The need of an object is stated under ``freshness``: it is compared at tools that act
    on the object, and at those that keep it and serve a stage of the customer journey. What is not
    stated there comes from the expected flows: their limit is compared at the tools they lead to,
    measuring tools among them. What is brought by hand is left to `manual-bridge`. Where an
    interval is not known and decides, it becomes a question. ``details`` has ``minutes``,
    ``limit_minutes`` and the ``slowest`` integration.

    Why it matters:
    The customer has bought, moved or objected, and the tool that writes to them does not know yet.

    What to do:
    Run the slowest hop more often, or connect the tool nearer to the source; or state under
    ``freshness`` that older data will do.

    Example:
    Contacts may be a day old; the help desk gets them every Sunday.

    Known false positives:
    Urgent changes take another, faster way that is not listed.
    """

    tolerance: float = 0.25

    id: ClassVar[str] = "stale-copy"
    title: ClassVar[str] = "Copy older than its need"
    category: ClassVar[Category] = "silos"
    severity: ClassVar[Severity] = "high"
    examined_what: ClassVar[str] = "copies with a stated need"

    def run(self, stack: Stack) -> Outcome:
        """Compare the delay of every copy with its need; keep the worst per tool and object."""
        examined: set[tuple[str, str]] = set()
        widest: dict[tuple[str, int, tuple[int, ...]], Delays] = {}
        stale: dict[tuple[str, str], _Stale] = {}
        unclear: list[Question] = []
        for need in (*_stated(stack), *_expected(stack)):
            delay = need.fed.at(need.tool.index)
            if delay is None:
                continue
            key = (need.tool.id, need.data_object)
            allowed = need.limit * (1 + self.tolerance)
            if delay.least > allowed:
                way = (need.data_object, need.scope, need.starts)
                if way not in widest:
                    view = stack.view(need.data_object, need.scope, "widest")
                    widest[way] = Delays(stack, view, need.starts)
                least = widest[way].least(need.tool.index)
                if least is not None and least <= allowed:
                    unclear.append(self._which_way(stack, need))
                    continue
                examined.add(key)
                case = stale.get(key)
                if case is None or delay.least / need.limit > case.delay.least / case.need.limit:
                    case = stale[key] = _Stale(need, delay, case.scopes if case else [])
                if stack.scopes[need.scope] not in case.scopes:
                    case.scopes.append(stack.scopes[need.scope])
            elif delay.known is None or delay.known > allowed:
                unclear += self._how_often(stack, need)
            else:
                examined.add(key)
        findings = [self._stale(stack, case) for _key, case in sorted(stale.items())]
        return Outcome(len(examined), findings, once(unclear))

    def _which_way(self, stack: Stack, need: _Need) -> Question:
        things = nouns(stack, need.data_object)
        return self.question(
            f"fresher:{need.tool.id}/{need.data_object}",
            f"Do {things} get to {need.tool.name} by a faster way than the one that is recorded? "
            "An integration of unknown content could bring them.",
            subjects=tool_subjects([need.tool]),
            asked_of=usual_owner(need.tool),
            key=f"{need.tool.id}/{need.data_object}",
            fills=open_fills(
                stack,
                [stack.tools[n] for n in need.starts],
                [need.tool],
                need.data_object,
                [need.scope],
            ),
        )

    def _how_often(self, stack: Stack, need: _Need) -> list[Question]:
        delay = need.fed.freest(need.tool.index)
        flows = [stack.flows[h.flow] for h in (delay.hops if delay else ()) if h.flow >= 0]
        return [
            self.question(
                f"every:{f.id}",
                f"How often does the integration {flow_name(stack, f)} run?",
                subjects=[
                    *tool_subjects([stack.tools[e] for e in f.ends]),
                    subject("integration", f.id),
                ],
                asked_of=usual_owner(*(stack.tools[e] for e in f.ends)),
                key=f"{need.tool.id}/{need.data_object}",
                fills=fills("integrations", [f], "every"),
            )
            for f in flows
            if f.kind == "integration" and f.minutes is None
        ]

    def _stale(self, stack: Stack, case: _Stale) -> Finding:
        need, delay = case.need, case.delay
        tool, things = need.tool, nouns(stack, need.data_object)
        everywhere = case.scopes == stack.scope_names(tool.scopes)
        scopes = stack.scopes_of(tool.scopes) if everywhere else case.scopes
        where = "" if everywhere else f" in {names(case.scopes)}"
        minutes = delay.known if delay.known is not None else delay.least
        at_least = "" if delay.known is not None else "at least "
        hop = delay.slowest(stack)
        slowest = stack.flows[hop.flow] if hop is not None else None
        flows = [stack.flows[h.flow] for h in delay.hops if h.flow >= 0]
        text = (
            f"{things} at {tool.name}{where} can be {at_least}{in_words(minutes)} old, and the "
            f"need is {in_words(need.limit)}"
        )
        if slowest is not None and len(flows) > 1:
            text += (
                f"; the slowest step is {flow_name(stack, slowest)}, every "
                f"{in_words(slowest.minutes or 0)}"
            )
        keeper = slowest.record.owner if slowest is not None and slowest.record else None
        return self.finding(
            f"{tool.id}/{need.data_object}",
            f"{sentence(text)}.",
            severity="high" if need.data_object in CONSENT_OBJECTS else "medium",
            evidence=[*need.evidence, *(e for f in flows for e in _runs(stack, f))],
            subjects=[
                *tool_subjects([tool]),
                subject("object", need.data_object, object_name(stack, need.data_object)),
                *(subject("integration", f.id) for f in flows if f.record is not None),
                *(subject("scope", s) for s in scopes),
            ],
            scopes=scopes,
            path=steps(stack, delay.hops),
            harmless_if="Older data will do; then say so under `freshness`.",
            details={
                "minutes": minutes,
                "limit_minutes": need.limit,
                "from": need.source,
                "slowest": slowest.id if slowest is not None else None,
            },
            action=Action(
                id=f"hasten:{slowest.id if slowest is not None else tool.id}",
                text=f"Run {flow_name(stack, slowest)} more often"
                if slowest is not None
                else f"Bring {things} to {tool.name} faster",
                effort="small",
                owner=in_charge(keeper) or usual_owner(tool),
                tools=[tool.id],
            ),
        )


def _stated(stack: Stack) -> Iterator[_Need]:
    """Yield the copies whose need the inventory states, at tools that act on them or serve."""
    for data_object in sorted(set(stack.inventory.freshness or {})):
        limit = stack.fresh_within(data_object)
        if limit is None:
            continue
        for scope in range(len(stack.scopes)):
            found = _record(stack, data_object, scope)
            if found is None:
                continue
            record, record_fact = found
            starts = tuple(t.index for t in record)
            fed = Delays(stack, stack.view(data_object, scope), starts)
            said = fact_at(
                stack.inventory,
                ("freshness", data_object),
                f"The need for {nouns(stack, data_object)} is stated as "
                f"{(stack.inventory.freshness or {})[data_object]}: at most {in_words(limit)} old.",
            )
            for tool, role in readers(stack, data_object, scope):
                if tool in record:
                    continue
                verb = "acts on" if role == "activate" else "keeps"
                uses = role_fact(
                    tool, data_object, f"{tool.name} {verb} {nouns(stack, data_object)}."
                )
                evidence = [said, record_fact, uses]
                yield _Need(tool, data_object, scope, starts, limit, evidence, fed, names(record))


def _record(stack: Stack, data_object: str, scope: int) -> tuple[list[StackTool], Evidence] | None:
    """Return where fresh data is: the record, else for other objects the tools that capture it."""
    if data_object in judged_objects(stack):
        return record_or_holder(stack, data_object, scope)
    captors = stack.with_role("capture", data_object, scope)
    if not captors:
        return None
    declared = [t for t in captors if not t.roles_assumed] or captors
    return captors, role_fact(
        declared[0], data_object, f"{declared[0].name} captures {nouns(stack, data_object)}."
    )


def _expected(stack: Stack) -> Iterator[_Need]:
    """Yield the copies that an expected flow with a limit leads to."""
    for copy in expected_copies(stack):
        demand, sources = copy.demand, resting_on([copy.demand.source])
        evidence = [
            known(
                f"The profile expects {nouns(stack, demand.data_object)} there within "
                f"{in_words(copy.limit)}."
            ),
            *provides(stack, demand.source.name, sources),
            *provides(stack, demand.target.name, [copy.tool]),
        ]
        yield _Need(
            copy.tool,
            demand.data_object,
            demand.scope,
            copy.starts,
            copy.limit,
            evidence,
            copy.fed,
            names(sources),
        )


def _runs(stack: Stack, flow: Flow) -> list[Evidence]:
    """Return how often a flow runs, and that it runs by itself, as evidence."""
    if flow.record is None:
        return [assumed(f"{flow_name(stack, flow)} share their data without an integration.")]
    name = flow_name(stack, flow)
    facts = []
    if flow.minutes is not None:
        facts.append(
            fact(flow.record, "every", f"{name} runs every {in_words(flow.minutes)} at worst.")
        )
    if flow.automatic is None:
        facts.append(assumed(f"That {name} runs by itself is taken for granted."))
    return facts
