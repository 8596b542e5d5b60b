"""The check `broken-integration`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
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
    assumed,
    fact,
    fills,
    flow_name,
    in_charge,
    known,
    names,
    nouns,
    subject,
    tool_subjects,
    usual_owner,
)
from stackaudit.result import Category


@dataclass(frozen=True)
class BrokenIntegration(Check):
    """An integration between tools in use that does not work, or has not been seen working.

    What it finds:
    The status is *broken* or *paused*; or it was last seen working longer ago than three of its
    intervals, and at least 30 days. An integration without ``last_verified`` is not judged. Work by
    hand counts only where a need is stated for the data. What follows from a broken integration
    (a missing flow, trapped data, a blind tool) is listed under it.

    Why it matters:
    Everybody believes the data arrives. It is the cheapest gap to close and the last to be noticed.

    What to do:
    Repair it, or record that it is retired.

    Example:
    The order feed into the email tool stopped when a password was changed in August.

    Known false positives:
    It was paused on purpose: say so with ``accepted``; or nobody noted that it was checked.
    """

    intervals: int = 3
    days: int = 30

    id: ClassVar[str] = "broken-integration"
    title: ClassVar[str] = "Integration that does not work"
    category: ClassVar[Category] = "silos"
    severity: ClassVar[Severity] = "high"
    examined_what: ClassVar[str] = "integrations between tools in use"
    leads: ClassVar[bool] = True

    def run(self, stack: Stack) -> Outcome:
        """Look at the status and the last sighting of every integration in use."""
        findings: list[Finding] = []
        never_seen: list[Flow] = []
        examined = 0
        blocked = {f.id: d.strength for d in reversed(stack.demands) for f in d.serving.broken}
        for flow in sorted(stack.flows, key=lambda f: f.id):
            if flow.record is None or not (flow.live or flow.repairable):
                continue
            if any(stack.tools[e].out_of_scope for e in flow.ends):
                continue
            if flow.repairable:
                examined += 1
                findings.append(self._broken(stack, flow, blocked.get(flow.id)))
                continue
            if flow.automatic is False and not _needed(stack, flow):
                continue
            if flow.record.last_verified is None:
                never_seen.append(flow)
                continue
            examined += 1
            stale = self._stale(stack, flow)
            if stale is not None:
                findings.append(stale)
        questions = [self._when_seen(stack, never_seen)] if never_seen else []
        return Outcome(examined, findings, questions)

    def _broken(self, stack: Stack, flow: Flow, strength: str | None) -> Finding:
        ends = [stack.tools[e] for e in flow.ends]
        return self.finding(
            flow.id,
            f"The integration {flow_name(stack, flow)} is {flow.status}{_content(stack, flow)}.",
            severity="high" if flow.status == "broken" or strength == "must" else "medium",
            evidence=[fact(flow.record, "status", f"Its status is {flow.status}.")],
            subjects=[subject("integration", flow.id), *tool_subjects(ends)],
            harmless_if="It is no longer needed; then record it as retired.",
            details={"status": flow.status},
            action=Action(
                id=f"repair:{flow.id}",
                text=f"Repair the integration {flow_name(stack, flow)}, "
                "or record that it is retired",
                effort="small",
                owner=_keeper(stack, flow),
                tools=sorted(t.id for t in ends),
            ),
        )

    def _stale(self, stack: Stack, flow: Flow) -> Finding | None:
        record = flow.record
        assert record is not None
        assert record.last_verified is not None
        minutes, rhythm = self._rhythm(stack, flow)
        wait = max(timedelta(days=self.days), self.intervals * timedelta(minutes=minutes or 0))
        silent = stack.as_of - record.last_verified
        if silent <= wait:
            return None
        ends = [stack.tools[e] for e in flow.ends]
        return self.finding(
            flow.id,
            f"The integration {flow_name(stack, flow)} was last seen working "
            f"{silent.days} days ago, "
            f"on {record.last_verified.isoformat()}{_content(stack, flow)}.",
            severity="medium",
            evidence=[
                fact(
                    record,
                    "last_verified",
                    f"It was last seen working on {record.last_verified.isoformat()}.",
                ),
                rhythm,
            ],
            subjects=[subject("integration", flow.id), *tool_subjects(ends)],
            harmless_if="It works and nobody noted when it was last checked.",
            details={"days_unseen": silent.days, "days_allowed": wait.days},
            action=Action(
                id=f"verify:{flow.id}",
                text=f"Check that the integration {flow_name(stack, flow)} works, and note the day",
                effort="small",
                owner=_keeper(stack, flow),
                tools=sorted(t.id for t in ends),
            ),
        )

    def _rhythm(self, stack: Stack, flow: Flow) -> tuple[int | None, Evidence]:
        """Return the interval in minutes and the fact that says so, if need be from the method."""
        record = flow.record
        if flow.minutes is not None:
            return flow.minutes, fact(record, "every", "Its interval is declared.")
        method = stack.catalogue.methods.get(flow.method or "")
        usual = stack.catalogue.interval_minutes(method.latency) if method is not None else None
        if usual is not None and method is not None:
            return usual, assumed(
                f"Its interval is not recorded; {method.name} usually runs {method.latency}."
            )
        if flow.automatic is False:
            return None, known("It works by hand; the data has a stated need.")
        return None, assumed("Its interval is not recorded.")

    def _when_seen(self, stack: Stack, flows: list[Flow]) -> Question:
        number = len(flows)
        return self.question(
            "last-verified",
            f"When {'was the integration' if number == 1 else f'were {number} integrations'} "
            f"last seen working: {names([flow_name(stack, f) for f in flows], 4)}?",
            subjects=[subject("integration", f.id) for f in flows],
            weight=number,
            fills=fills("integrations", flows, "last_verified"),
        )


def _needed(stack: Stack, flow: Flow) -> bool:
    """Return whether a need is stated for something a manual flow carries."""
    if any(stack.fresh_within(o) is not None for o in flow.objects or ()):
        return True
    return any(
        h.flow == flow.index and d.limit is not None for d in stack.demands for h in d.serving.hops
    )


def _content(stack: Stack, flow: Flow) -> str:
    return f" ({nouns(stack, sorted(flow.objects))})" if flow.objects else ""


def _keeper(stack: Stack, flow: Flow) -> str | None:
    record = flow.record
    if record is not None:
        for people in (record.technical_owner, record.owner):
            if (who := in_charge(people)) is not None:
                return who
    return usual_owner(*(stack.tools[e] for e in reversed(flow.ends)))
