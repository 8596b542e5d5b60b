"""The check `unowned`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from stackaudit.check import (
    Action,
    Check,
    Finding,
    Flow,
    Outcome,
    Severity,
    Stack,
    StackTool,
    fact,
    fills,
    flow_name,
    names,
    subject,
    tool_subjects,
)
from stackaudit.result import Category


@dataclass(frozen=True)
class Unowned(Check):
    """A tool or an integration in use that nobody answers for.

    What it finds:
    ``owner: none`` on a tool or a live integration. Critical ones come first: those that a required
    flow runs over, and tools that alone provide something the company must have. An owner that is
    left out is a question, and ``withheld`` is an owner.

    Why it matters:
    Nobody renews, cleans up, or notices when it stops.

    What to do:
    Name one person or team for each.

    Example:
    The form tool was set up by an intern who has left.

    Known false positives:
    None; the inventory states it.
    """

    id: ClassVar[str] = "unowned"
    title: ClassVar[str] = "Nobody answers for it"
    category: ClassVar[Category] = "resilience"
    severity: ClassVar[Severity] = "medium"
    examined_what: ClassVar[str] = "tools and integrations in use"

    def run(self, stack: Stack) -> Outcome:
        """Read the owner of every tool in use and every live integration."""
        findings: list[Finding] = []
        silent: list[StackTool] = []
        critical = stack.critical_tools
        examined = 0
        for tool in stack.subjects:
            if tool.record is None:
                continue
            examined += tool.record.owner is not None
            if tool.record.owner is None:
                silent.append(tool)
            elif not tool.record.owner:
                findings.append(self._tool(tool, tool.index in critical))
        over = {h.flow for d in stack.demands for h in d.serving.hops if h.flow >= 0}
        flows = [f for f in stack.flows if f.record is not None and (f.live or f.repairable)]
        quiet: list[Flow] = []
        for flow in sorted(flows, key=lambda f: f.id):
            if any(stack.tools[e].out_of_scope for e in flow.ends) or flow.record is None:
                continue
            examined += flow.record.owner is not None
            if flow.record.owner is None:
                quiet.append(flow)
            elif not flow.record.owner:
                findings.append(self._flow(stack, flow, flow.index in over))
        findings.sort(key=lambda f: (f.severity != "high", f.severity, f.key))
        questions = []
        if silent:
            who = f"Who owns {names(silent, 4)}?"
            questions.append(
                self.question(
                    "owner:tools",
                    who,
                    subjects=tool_subjects(silent),
                    weight=len(silent),
                    fills=fills("tools", silent, "owner"),
                )
            )
        if quiet:
            number = len(quiet)
            what = (
                "the integration"
                if number == 1
                else f"the {number} integrations without an owner, among them"
            )
            questions.append(
                self.question(
                    "owner:integrations",
                    f"Who answers for {what} {names([flow_name(stack, f) for f in quiet], 4)}?",
                    subjects=[subject("integration", f.id) for f in quiet],
                    weight=1,
                    fills=fills("integrations", quiet, "owner"),
                )
            )
        return Outcome(examined, findings, questions)

    def _tool(self, tool: StackTool, critical: bool) -> Finding:
        why = ", and a needed flow or capability depends on it" if critical else ""
        return self.finding(
            tool.id,
            f"Nobody owns {tool.name}{why}.",
            severity="high" if critical else "medium",
            evidence=[
                fact(tool.record, "owner", f"The inventory states that {tool.name} has no owner.")
            ],
            subjects=tool_subjects([tool]),
            harmless_if="It is being retired, or a team owns it and is not named.",
            details={"critical": critical},
            action=Action(
                id=f"owner:{tool.id}",
                text=f"Name an owner for {tool.name}",
                effort="small",
                tools=[tool.id],
            ),
        )

    def _flow(self, stack: Stack, flow: Flow, critical: bool) -> Finding:
        ends = [stack.tools[e] for e in flow.ends]
        why = ", and a needed flow runs over it" if critical else ""
        return self.finding(
            flow.id,
            f"Nobody answers for the integration {flow_name(stack, flow)}{why}.",
            severity="medium" if critical else "low",
            evidence=[
                fact(
                    flow.record,
                    "owner",
                    "The inventory states that the integration "
                    f"{flow_name(stack, flow)} has no owner.",
                )
            ],
            subjects=[subject("integration", flow.id), *tool_subjects(ends)],
            harmless_if="The owner of one of its ends looks after it and is not named.",
            details={"critical": critical},
            action=Action(
                id=f"owner:{flow.id}",
                text=f"Name an owner for the integration {flow_name(stack, flow)}",
                effort="small",
                tools=sorted(t.id for t in ends),
            ),
        )
