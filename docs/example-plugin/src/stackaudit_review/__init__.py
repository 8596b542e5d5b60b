"""A check for stackaudit: tools whose entry nobody has confirmed for a long time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from stackaudit.check import (
    Action,
    Category,
    Check,
    Finding,
    Outcome,
    Severity,
    Stack,
    StackTool,
    fact,
    fills,
    names,
    tool_subjects,
    usual_owner,
)


@dataclass(frozen=True)
class StaleReview(Check):
    """A tool whose entry in the inventory nobody has confirmed for a long time.

    What it finds:
    Tools in use whose `reviewed` is longer ago than `days` before the day of the audit.

    Why it matters:
    Decisions about renewals and migrations are made with the inventory. What it said a year ago
    may not hold any more.

    What to do:
    Ask the owner to read the entry, correct it, and write the day into `reviewed`.

    Example:
    The entry of the e-mail tool was last confirmed before the last price change.

    Known false positives:
    Tools that never change.
    """

    id: ClassVar[str] = "stale-review"
    title: ClassVar[str] = "Entry that nobody has confirmed for long"
    category: ClassVar[Category] = "resilience"
    severity: ClassVar[Severity] = "low"
    examined_what: ClassVar[str] = "tools with a day of review"

    # A field is a threshold: a profile can change it, and the result says which was in force.
    days: int = 365

    def run(self, stack: Stack) -> Outcome:
        """Compare the day of review of every tool with the day of the audit."""
        findings: list[Finding] = []
        silent: list[StackTool] = []
        examined = 0
        for tool in stack.subjects:  # in use and in scope
            reviewed = tool.record.reviewed if tool.record is not None else None
            if reviewed is None:
                silent.append(tool)  # not known is a question, and never a finding
                continue
            examined += 1
            age = (stack.as_of - reviewed).days
            if age > self.days:
                findings.append(self._stale(tool, age))
        questions = []
        if silent:
            questions.append(
                self.question(
                    "reviewed",
                    f"When did somebody last confirm what is written about {names(silent)}?",
                    subjects=tool_subjects(silent),
                    weight=len(silent),
                    fills=fills("tools", silent, "reviewed"),
                )
            )
        return Outcome(examined, findings, questions)

    def _stale(self, tool: StackTool, age: int) -> Finding:
        return self.finding(
            tool.id,  # the key: the same next quarter for the same problem
            f"Nobody has confirmed what is written about {tool.name} for {age} days.",
            evidence=[fact(tool.record, "reviewed", f"{tool.name} was last reviewed then.")],
            subjects=tool_subjects([tool]),
            harmless_if="Nothing about it has changed.",
            details={"days": age},
            action=Action(
                id=f"review:{tool.id}",
                text=f"Have the entry of {tool.name} confirmed",
                effort="small",
                owner=usual_owner(tool),
                tools=[tool.id],
            ),
        )
