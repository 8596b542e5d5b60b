"""The check `missing-flow`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from stackaudit.check import (
    Check,
    Finding,
    Outcome,
    Question,
    Severity,
    Stack,
    broken_facts,
    flow_state,
    for_what,
    mend_or_connect,
    names,
    need,
    no_paths,
    nouns,
    object_name,
    open_fills,
    sentence,
    subject,
    tool_subjects,
    usual_owner,
)
from stackaudit.graph.capabilities import beyond, provides, resting_on, two_ends
from stackaudit.graph.demands import Demand
from stackaudit.result import Category


@dataclass(frozen=True)
class MissingFlow(Check):
    """An expected flow of data whose both ends exist, and that no path carries.

    What it finds:
    Per expected flow (must or should) of the profile and scope: tools provide both capabilities, no
    one tool provides both, and the object has no path, of any length, from a provider of one to a
    provider of the other. Suites that share one database, apps inside their host, carriers and
    consent gates count as connections. Where only integrations of unknown content could carry it,
    it becomes a question.

    Why it matters:
    The receiving tool works with what it has: campaigns go to the wrong people, results are
    credited to the wrong channel, opt-outs are missed.

    What to do:
    Record the integration if it exists; otherwise connect the two tools, or repair the integration
    that is named.

    Example:
    A shop and an email tool without a path for orders: buyers keep getting abandoned-cart mail.

    Known false positives:
    The flow runs through a tool that is not listed, or the expectation does not fit the company.
    """

    id: ClassVar[str] = "missing-flow"
    title: ClassVar[str] = "Expected flow of data that no path carries"
    category: ClassVar[Category] = "gaps"
    severity: ClassVar[Severity] = "high"
    examined_what: ClassVar[str] = "expected flows with both ends"

    def run(self, stack: Stack) -> Outcome:
        """Read the outcome of every expected flow; it is one thing however many scopes it has."""
        if not stack.integrations_listed and any(d.kind == "expected" for d in stack.demands):
            so = "flows cannot be judged"
            return Outcome(0, (), [self.ask_integrations(so, weight=len(stack.subjects))])
        by_flow: dict[tuple[str, str, str], list[Demand]] = {}
        for demand in stack.demands:
            if demand.kind == "expected":
                key = (demand.source.name, demand.target.name, demand.data_object)
                by_flow.setdefault(key, []).append(demand)
        findings, questions = [], []
        for (source, target, data_object), demands in sorted(by_flow.items()):
            missing = {d.scope: d for d in demands if d.serving.outcome in ("no", "broken")}
            causes = {
                (d.serving.outcome, *(f.id for f in d.serving.broken)) for d in missing.values()
            }
            if len(missing) == len(stack.scopes) and len(causes) == 1:
                findings.append(self._missing(stack, list(missing.values()), "all", []))
            else:
                findings += [
                    self._missing(stack, [d], stack.scopes[s], [stack.scopes[s]])
                    for s, d in missing.items()
                ]
            unclear = [d for d in demands if d.serving.outcome == "unknown"]
            if unclear:
                everywhere = len(unclear) == len(stack.scopes)
                scope = "all" if everywhere else stack.scopes[unclear[0].scope]
                questions.append(
                    self._ask(stack, unclear[0], f"{source}/{target}/{data_object}", scope)
                )
        judged = [
            flow
            for flow, demands in by_flow.items()
            if any(d.serving.outcome != "unknown" for d in demands)
        ]
        return Outcome(len(judged), findings, questions)

    def _ask(self, stack: Stack, demand: Demand, flow: str, scope: str) -> Question:
        return self.question(
            f"flow:{flow}",
            f"Do {nouns(stack, demand.data_object)} get from {names(demand.source.tools)} to "
            f"{names(beyond(demand.source.tools, demand.target.tools))}? "
            "Integrations of unknown content could carry them.",
            subjects=tool_subjects([*demand.source.tools, *demand.target.tools]),
            asked_of=usual_owner(*demand.target.tools, *demand.source.tools),
            key=f"{flow}/{scope}",
            fills=open_fills(stack, demand.source.tools, demand.target.tools, demand.data_object),
        )

    def _missing(
        self, stack: Stack, demands: list[Demand], scope: str, scopes: list[str]
    ) -> Finding:
        """Return the finding about one flow in one scope, or in all of them at once."""
        demand = demands[0]
        things = nouns(stack, demand.data_object)
        sources = resting_on(d.source for d in demands)
        targets = resting_on(d.target for d in demands)
        broken = list({f.id: f for d in demands for f in d.serving.broken}.values())
        where = f" in {scope}" if scopes else ""
        there = names(beyond(sources, targets))
        text = (
            f"{things} do not get from {names(sources)} to {there}{where}: "
            f"{flow_state(stack, broken[0])}."
            if broken
            else f"no recorded path takes {things} from {names(sources)} to {there}{where}."
        )
        ends = [(d.source.tools, d.target.tools, d.scope) for d in demands]
        a, b = two_ends(sources, targets)
        return self.finding(
            f"{demand.source.name}/{demand.target.name}/{demand.data_object}/{scope}",
            f"{sentence(text)} It is expected for this: {for_what(demand.why)}.",
            severity="high" if demand.strength == "must" else "medium",
            evidence=[
                *provides(stack, demand.source.name, sources),
                *provides(stack, demand.target.name, targets),
                *broken_facts(stack, broken),
                *no_paths(stack, ends, demand.data_object),
            ],
            subjects=[
                *tool_subjects(sources),
                *tool_subjects(targets),
                subject("object", demand.data_object, object_name(stack, demand.data_object)),
                *(subject("integration", f.id) for f in broken),
            ],
            scopes=scopes,
            harmless_if="The flow exists and is not recorded, "
            "or the receiving tool does not need the data.",
            details={
                "strength": demand.strength,
                "why": demand.why,
                "broken_path": [f.id for f in broken],
                "need": need(
                    demand.data_object,
                    {stack.scopes[d.scope] for d in demands},
                    [t for d in demands for t in d.source.tools],
                    [t for d in demands for t in d.target.tools],
                ),
            },
            action=mend_or_connect(stack, broken, a, b, things, owner=usual_owner(b, a)),
        )
