"""The check `parallel-integrations`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Final

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
    assumed,
    fact,
    fact_at,
    fills,
    flow_name,
    names,
    nouns,
    object_name,
    once,
    role_fact,
    sentence,
    subject,
    tool_subjects,
    usual_owner,
)
from stackaudit.graph.doubles import (
    Double,
    Routes,
    doubles,
    filtered_differently,
    flows_of,
    runs,
)
from stackaudit.graph.routes import Arc
from stackaudit.result import Category

LOADERS: Final = frozenset({"etl-elt", "database-link", "data-sharing"})
STREAMS: Final = frozenset({"streaming", "cdp", "sdk-pixel", "server-side-tracking", "tag-manager"})
"""Methods often run side by side on purpose: a load completes what a stream misses."""


@dataclass(frozen=True)
class ParallelIntegrations(Check):
    """The same data into the same tool by two automated routes.

    What it finds:
    Per data object, source and target: two automated routes, of any length, that share no
    integration and arrive over different ones. A source is a tool that captures the object, the
    declared record of it, or a tool that sends it and gets it from nowhere; two integrations with
    the same ends and object are parallel whatever the tool. The same kind of data from different
    sources is not. Routes with different filters (``only``) become a question; a loader beside an
    event stream is only possible. ``details["routes"]`` has the integrations of both routes.

    Why it matters:
    Records arrive twice, in two states: counts double, a slower copy overwrites a newer one, and
    two integrations are paid for and mended where one would do.

    What to do:
    Choose the route that is fresher and better kept, and retire the last step of the other; where
    both are wanted, make sure that the receiving tool removes duplicates.

    Example:
    Orders reach the email tool over the shop's own connector and over Zapier as well.

    Known false positives:
    The routes bring different fields or different records of the object; one is a fallback.
    """

    id: ClassVar[str] = "parallel-integrations"
    title: ClassVar[str] = "Same data by two routes"
    category: ClassVar[Category] = "redundancies"
    severity: ClassVar[Severity] = "medium"
    examined_what: ClassVar[str] = "data objects that integrations carry"

    def run(self, stack: Stack) -> Outcome:
        """Look for pairs of routes, object by object, scope by scope."""
        cases: dict[tuple[str, str, str], Double] = {}
        questions: list[Question] = []
        carried = sorted({o for f in stack.flows if f.live for o in f.objects or ()})
        unsure: dict[int, set[str]] = {}
        open_ = any(f.automatic is None for f in stack.flows if f.live)
        for data_object in carried:
            memo: dict[tuple[int, int], Routes] = {}
            for scope, scope_name in enumerate(stack.scopes):
                sure = doubles(stack, data_object, scope, memo, perhaps=False)
                for case in sure:
                    key = (data_object, case.source.id, case.target.id)
                    if filtered_differently(stack, case.routes):
                        questions.append(self._same_part(stack, case))
                        continue
                    cases.setdefault(key, case).scopes.append(scope_name)
                if not open_:
                    continue
                known = {(c.source.id, c.target.id) for c in sure}
                for case in doubles(stack, data_object, scope, memo, perhaps=True):
                    if (case.source.id, case.target.id) not in known:
                        for number in flows_of(case.routes):
                            if stack.flows[number].automatic is None:
                                unsure.setdefault(number, set()).add(_key(case))
        questions += [self.ask_method(stack, stack.flows[n], unsure[n]) for n in sorted(unsure)]
        questions += self._what_content(stack)
        findings = [self._parallel(stack, case) for _key, case in sorted(cases.items())]
        return Outcome(len(carried), findings, once(questions))

    def _same_part(self, stack: Stack, case: Double) -> Question:
        flows = [stack.flows[a[2]] for route in case.routes for a in route]
        filtered = [f for f in flows if f.record is not None and f.record.only]
        return self.question(
            f"only:{case.source.id}/{case.target.id}/{case.data_object}",
            f"Do {names([flow_name(stack, f) for f in filtered])} bring the same "
            f"{nouns(stack, case.data_object)} from {case.source.name} to {case.target.name}, or "
            "different ones? They are filtered differently.",
            subjects=[
                *tool_subjects([case.source, case.target]),
                *(subject("integration", f.id) for f in filtered),
            ],
            asked_of=usual_owner(case.target, case.source),
            key=f"{case.data_object}/{case.source.id}/{case.target.id}",
            fills=fills("integrations", [f for f in flows if f not in filtered], "only"),
        )

    def _what_content(self, stack: Stack) -> list[Question]:
        """Ask what integrations of unknown content carry, where another has the same ends."""
        same: dict[tuple[int | None, int | None], list[Flow]] = {}
        for flow in sorted(stack.flows, key=lambda f: f.id):
            if flow.live and flow.kind == "integration" and len(flow.ends) == 2:
                same.setdefault((flow.source, flow.target), []).append(flow)
        asked = []
        for flows in same.values():
            unknown = [f for f in flows if f.objects is None]
            if len(flows) > 1 and unknown:
                ends = [stack.tools[e] for e in flows[0].ends]
                asked.append(
                    self.question(
                        f"content:{ends[0].id}>{ends[1].id}",
                        f"What does each of the {len(flows)} integrations "
                        f"{flow_name(stack, flows[0])} carry?",
                        subjects=[
                            *tool_subjects(ends),
                            *(subject("integration", f.id) for f in flows),
                        ],
                        asked_of=usual_owner(ends[1], ends[0]),
                        key=f"*/{ends[0].id}/{ends[1].id}",
                        fills=fills("integrations", unknown, "objects"),
                    )
                )
        return asked

    def _parallel(self, stack: Stack, case: Double) -> Finding:
        things = nouns(stack, case.data_object)
        source, target = case.source, case.target
        scopes = [] if len(case.scopes) == len(stack.scopes) else case.scopes
        where = f" in {names(scopes)}" if scopes else ""
        one, other = (_words(stack, route) for route in case.routes)
        last = [stack.flows[route[-1][2]] for route in case.routes]
        flows = [stack.flows[a[2]] for route in case.routes for a in route]
        acts = target.has_role("activate", case.data_object) or target.has_role(
            "measure", case.data_object
        )
        return self.finding(
            f"{case.data_object}/{source.id}/{target.id}",
            sentence(
                f"{things} get from {source.name} to {target.name}{where} by two automated routes: "
                f"{one} and {other}."
            ),
            severity="medium" if acts else "low",
            evidence=[
                *_why_source(stack, case),
                *_carry(stack, case.data_object, flows),
                *_meant(last),
            ],
            subjects=[
                *tool_subjects([source, target]),
                subject("object", case.data_object, object_name(stack, case.data_object)),
                *(subject("integration", f.id) for f in _once(flows) if f.record is not None),
                *(subject("scope", s) for s in scopes),
            ],
            scopes=scopes,
            harmless_if="The routes bring different fields or records, or the receiving tool "
            "removes duplicates.",
            details={"routes": [[stack.flows[a[2]].id for a in route] for route in case.routes]},
            action=Action(
                id=f"one-route:{case.data_object}/{source.id}>{target.id}",
                text=f"Choose one route for {things} from {source.name} to {target.name}, and "
                f"retire {' or '.join(sorted({flow_name(stack, f) for f in last}))} for them",
                effort="small",
                owner=usual_owner(target, source),
                tools=sorted({source.id, target.id}),
            ),
        )


def _key(case: Double) -> str:
    return f"{case.data_object}/{case.source.id}/{case.target.id}"


def _words(stack: Stack, route: list[Arc]) -> str:
    """Return a route in words: ``directly (native-connector)`` or ``over B``."""
    stops = [stack.tools[a[1]].name for a in route[:-1] if a[1] < len(stack.tools)]
    flow = stack.flows[route[-1][2]]
    carriers = [stack.tools[c].name for c in flow.via]
    method = stack.catalogue.methods.get(flow.method or "")
    how = f"carried by {names(carriers)}" if carriers else method.name if method else flow.id
    return f"over {names(stops)}" if stops else f"directly ({how})"


def _why_source(stack: Stack, case: Double) -> list[Evidence]:
    """Return what makes a tool the source, where that is not plain from the routes.

    It is plain where the tool gets the object from nowhere, or sends it twice itself. Where it both
    captures the object and holds its record, either will do.
    """
    source, thing = case.source, nouns(stack, case.data_object)
    scope = stack.scopes.index(case.scopes[0])
    if all(len(route) == 1 for route in case.routes) or not any(
        flow >= 0 and runs(stack.flows[flow], perhaps=False)
        for _from, flow in stack.view(case.data_object, scope).into.get(source.index, ())
    ):
        return []
    record = stack.record(case.data_object, scope)
    holds = source.index in record.tools
    if source.has_role("capture", case.data_object) and not holds:
        return [role_fact(source, case.data_object, f"{source.name} captures {thing}.")]
    if holds and not source.has_role("capture", case.data_object):
        where = ("systems_of_record", record.key or case.data_object)
        return [fact_at(stack.inventory, where, f"The record of {thing} is {source.name}.")]
    return []


def _carry(stack: Stack, data_object: str, flows: Iterable[Flow]) -> list[Evidence]:
    things = nouns(stack, data_object)
    return [
        fact(
            f.record, "objects", f"The integration {flow_name(stack, f)} ({f.id}) carries {things}."
        )
        for f in _once(flows)
        if f.record is not None
    ]


def _meant(last: list[Flow]) -> list[Evidence]:
    methods = {f.method for f in last}
    if methods & LOADERS and methods & STREAMS:
        return [
            assumed("A load beside a stream is often meant: it completes what the stream misses.")
        ]
    return []


def _once(flows: Iterable[Flow]) -> list[Flow]:
    return list({f.index: f for f in flows}.values())
