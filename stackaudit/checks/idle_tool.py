"""The check `idle-tool`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from stackaudit.check import (
    Action,
    Check,
    Evidence,
    Finding,
    Outcome,
    Question,
    Severity,
    Stack,
    StackTool,
    assumed,
    fact,
    fills,
    tool_subjects,
    usual_owner,
)
from stackaudit.graph.usage import is_paid, used_by_machines
from stackaudit.result import Category


@dataclass(frozen=True)
class IdleTool(Check):
    """A paid tool that nobody logs in to and that no data flows through.

    What it finds:
    A tool in use with a cost, no active seats (stated as 0) and no live integration, neither as an
    end nor as a carrier. Tools that machines use (tag managers, pipelines, consent tools) are never
    idle, and an app inside another tool is used with it. Where the list of integrations is not
    stated to be complete the finding is possible.

    Why it matters:
    It is the only saving that nobody will miss.

    What to do:
    Ask the owner once, export what is worth keeping, and give notice.

    Example:
    A social listening tool that two people used, who have both left.

    Known false positives:
    It is opened once a year for one report; or used without logging in.
    """

    id: ClassVar[str] = "idle-tool"
    title: ClassVar[str] = "Paid tool that nobody uses"
    category: ClassVar[Category] = "spend"
    severity: ClassVar[Severity] = "high"
    examined_what: ClassVar[str] = "paid tools whose use is known"

    def run(self, stack: Stack) -> Outcome:
        """Look for paid tools without people and without flows."""
        findings: list[Finding] = []
        questions: list[Question] = []
        examined = 0
        for tool in stack.subjects:
            if tool.record is None or tool.kind in ("service", "own-channel", "spreadsheet"):
                continue
            if not is_paid(stack, tool) or used_by_machines(stack, tool) != "no":
                continue
            active = tool.record.seats.active if tool.record.seats is not None else None
            if active is None and tool.index not in stack.busy and stack.integrations_known(tool):
                questions.append(self._ask(tool))
            if active is None:
                continue
            examined += 1
            if active == 0 and tool.index not in stack.busy:
                findings.append(self._idle(stack, tool))
        return Outcome(examined, findings, questions)

    def _idle(self, stack: Stack, tool: StackTool) -> Finding:
        record = tool.record
        assert record is not None
        return self.finding(
            tool.id,
            f"{tool.name} is paid for, nobody logs in to it, and no data flows through it.",
            evidence=[
                _paid_fact(stack, tool),
                fact(
                    record.seats, "active", f"Nobody logs in to {tool.name}.", assumed=tool.disputed
                ),
                _no_flows(stack, tool),
            ],
            subjects=tool_subjects([tool]),
            harmless_if="It is used without logging in, or kept for one task a year.",
            details={"claims": [tool.id], "keeps": 0},
            action=Action(
                id=f"retire:{tool.id}",
                text=f"Retire {tool.name}, which nobody uses",
                effort="small",
                owner=usual_owner(tool),
                tools=[tool.id],
            ),
        )

    def _ask(self, tool: StackTool) -> Question:
        return self.question(
            f"seats:{tool.id}",
            f"How many people use {tool.name}? No data flows through it.",
            subjects=tool_subjects([tool]),
            asked_of=usual_owner(tool),
            key=tool.id,
            fills=fills("tools", [tool], "seats.active"),
        )


def _paid_fact(stack: Stack, tool: StackTool) -> Evidence:
    if tool.record is not None and tool.record.cost is not None:
        return fact(tool.record, "cost", f"{tool.name} is paid for.")
    contract = stack.contract_of[tool.index]
    return fact(contract.record, "cost", f"{tool.name} is paid for with a contract.")


def _no_flows(stack: Stack, tool: StackTool) -> Evidence:
    """Return "no data flows through it" as evidence: stated if its integrations are known."""
    record = tool.record
    if record is not None and record.integrations_known in ("complete", "none"):
        return fact(
            record,
            "integrations_known",
            f"The integrations of {tool.name} are known; none is live.",
        )
    if stack.integrations_known(tool):
        text = (
            f"The list of integrations is stated to be complete, and none of {tool.name} is live."
        )
        return fact(stack.inventory, "complete", text)
    return assumed(
        f"No live integration of {tool.name} is listed; the list is not stated to be complete."
    )
