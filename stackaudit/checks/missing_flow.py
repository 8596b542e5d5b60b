"""The check `missing-flow`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from stackaudit.check import (
    Action,
    Check,
    Evidence,
    Finding,
    Outcome,
    Severity,
    Stack,
    StackTool,
    assumed,
    fact,
    merge_scopes,
    names,
    no_path,
    object_name,
    subject,
    tool_subjects,
    usual_owner,
)
from stackaudit.graph.demands import Demand, End
from stackaudit.result import Category


@dataclass(frozen=True)
class MissingFlow(Check):
    """An expected flow of data whose both ends exist, and that no path carries.

    What it finds:
    Per expected flow (must or should) of the profile and scope: tools provide both capabilities, no
    one tool provides both, and the object has no path, of any length, from a provider of one to a
    provider of the other. Suites that share one database, apps inside their host, carriers and
    consent gates count as connections. Where only integrations of unknown content could carry it, it
    becomes a question.

    Why it matters:
    The receiving tool works with what it has: campaigns go to the wrong people, results are credited
    to the wrong channel, opt-outs are missed.

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
        """Read the outcome of every expected flow; a flow is one thing however many scopes it has."""
        by_flow: dict[tuple[str, str, str], list[Demand]] = {}
        for demand in stack.demands:
            if demand.kind == "expected":
                key = (demand.source.name, demand.target.name, demand.data_object)
                by_flow.setdefault(key, []).append(demand)
        findings, questions = [], []
        for (source, target, data_object), demands in sorted(by_flow.items()):
            missing = {d.scope: d for d in demands if d.serving.outcome in ("no", "broken")}
            same = {
                s: (d.serving.outcome, tuple(t.id for t in d.source.tools), tuple(t.id for t in d.target.tools))
                for s, d in missing.items()
            }
            for scope, scopes, demand in merge_scopes(stack, missing, same):
                findings.append(self._missing(stack, demand, scope, scopes))
            unclear = [d for d in demands if d.serving.outcome == "unknown"]
            if unclear:
                key = f"{source}/{target}/{data_object}/{'all' if len(unclear) == len(stack.scopes) else stack.scopes[unclear[0].scope]}"
                questions.append(
                    self.question(
                        f"flow:{source}/{target}/{data_object}",
                        f"Does {object_name(stack, data_object)} get from {names(unclear[0].source.tools)} to "
                        f"{names(unclear[0].target.tools)}? Integrations of unknown content could carry it.",
                        subjects=tool_subjects([*unclear[0].source.tools, *unclear[0].target.tools]),
                        asked_of=usual_owner(*unclear[0].target.tools, *unclear[0].source.tools),
                        key=key,
                    )
                )
        return Outcome(len(by_flow), findings, questions)

    def _missing(self, stack: Stack, demand: Demand, scope: str, scopes: list[str]) -> Finding:
        thing = object_name(stack, demand.data_object)
        sources, targets = _lead(demand.source), _lead(demand.target)
        broken = demand.serving.broken
        where = f" in {scope}" if scopes else ""
        state = (
            f"the integration {broken[0].id} that would carry it is {broken[0].status}"
            if broken
            else "no path carries it"
        )
        a, b = sources[0], targets[0]
        return self.finding(
            f"{demand.source.name}/{demand.target.name}/{demand.data_object}/{scope}",
            f"{thing} should get from {names(sources)} to {names(targets)}{where}, and {state}. {demand.why}.",
            severity="high" if demand.strength == "must" else "medium",
            evidence=[
                *_provides(stack, demand.source, sources),
                *_provides(stack, demand.target, targets),
                *(fact(f.record, "status", f"The integration {f.id} is {f.status}.") for f in broken),
                no_path(stack, demand.source.tools, demand.target.tools, demand.data_object, demand.scope),
            ],
            subjects=[
                *tool_subjects([*sources, *targets]),
                subject("object", demand.data_object, thing),
                *(subject("integration", f.id) for f in broken),
            ],
            scopes=scopes,
            harmless_if="The flow exists and is not recorded, or the receiving tool does not need the data.",
            details={"strength": demand.strength, "broken_path": [f.id for f in broken]},
            action=Action(
                id=f"repair:{broken[0].id}" if broken else f"connect:{a.id}>{b.id}",
                text=f"Repair the integration {broken[0].id}" if broken else f"Connect {a.name} to {b.name} for {thing}",
                effort="small" if broken else "medium",
                owner=usual_owner(b, a),
                tools=sorted({a.id, b.id}),
            ),
        )


def _lead(end: End) -> list[StackTool]:
    """Return the tools of an end that the finding rests on: the declared providers, else the assumed ones."""
    declared = [t for t in end.tools if not t.capabilities_assumed]
    return declared or list(end.tools)


def _provides(stack: Stack, end: End, tools: Iterable[StackTool]) -> list[Evidence]:
    capability = stack.catalogue.capabilities.get(end.capability or "")
    what = capability.name if capability is not None else end.name
    facts = []
    for tool in tools:
        if tool.capabilities_assumed:
            facts.append(assumed(f"{tool.name} provides {what}, by the catalogue; the inventory does not say."))
        else:
            facts.append(fact(tool.record, "capabilities", f"{tool.name} provides {what}."))
    return facts
