"""The check `unused-seats`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
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
from stackaudit.graph.money import rate_of
from stackaudit.graph.usage import used_by_machines
from stackaudit.inventory.schema import Seats
from stackaudit.result import Category

Part = tuple[Decimal, Decimal, str]
"""Least and most that can be saved a year, and how it was computed."""


@dataclass(frozen=True)
class UnusedSeats(Check):
    """More seats are paid for than people log in.

    What it finds:
    Tools whose paid seats exceed the active ones by more than 10 % and by more than 2, where people
    use the tool; what only machines use has no seats. The saving is the number of unused seats
    times the price of one; where no price is stated it is the cost divided by the paid seats, and
    the finding possible. While integrations need the tool, one seat of it stays.

    Why it matters:
    Seats are bought for a plan and renewed by habit.

    What to do:
    Take the access away from those who never log in, and lower the number when the contract ends.

    Example:
    A project tool is paid for 60 people; 41 have logged in this quarter.

    Known false positives:
    Seats are held for seasonal staff; or the contract has a minimum.
    """

    share: float = 0.10
    seats: int = 2

    id: ClassVar[str] = "unused-seats"
    title: ClassVar[str] = "Seats that are paid for and not used"
    category: ClassVar[Category] = "spend"
    severity: ClassVar[Severity] = "medium"
    examined_what: ClassVar[str] = "tools with paid and active seats"

    def run(self, stack: Stack) -> Outcome:
        """Compare the paid with the active seats of every tool that people use."""
        findings: list[Finding] = []
        questions: list[Question] = []
        examined = 0
        for tool in stack.subjects:
            seats = tool.record.seats if tool.record is not None else None
            if seats is None or not seats.paid or used_by_machines(stack, tool) == "only":
                continue
            if seats.active is None:
                questions.append(self._ask(tool, int(seats.paid)))
                continue
            examined += 1
            unused = int(seats.paid) - int(seats.active)
            if unused > self.seats and unused > self.share * int(seats.paid):
                findings.append(self._unused(stack, tool, seats, unused))
        return Outcome(examined, findings, questions)

    def _unused(self, stack: Stack, tool: StackTool, seats: Seats, unused: int) -> Finding:
        needed = tool.index in stack.busy
        can_go = min(unused, int(seats.paid or 0) - 1) if needed else unused
        part, by_cost = _saving(stack, tool, seats, can_go)
        evidence: list[Evidence] = [
            fact(seats, "paid", f"{seats.paid} seats of {tool.name} are paid for."),
            fact(
                seats,
                "active",
                f"{seats.active} people log in.",
                assumed=tool.disputed,
            ),
        ]
        if part is not None and not by_cost:
            evidence.append(fact(seats, "price", "The price of a seat is stated."))
        if part is not None and by_cost:
            evidence.append(
                assumed(
                    "The price of a seat is not stated; the cost divided by the paid seats is "
                    "taken for it."
                )
            )
        details: dict[str, object] = {
            "unused": unused,
            "paid": seats.paid,
            "active": seats.active,
            "follows": [f"idle-tool:{tool.id}"],
        }
        if part is not None:
            details |= {
                "claims": [tool.id],
                "keeps": 0,
                "part": [float(part[0]), float(part[1])],
                "part_basis": part[2],
            }
        return self.finding(
            tool.id,
            f"{unused} of the {seats.paid} paid seats of {tool.name} are not used.",
            severity="medium" if unused * 4 >= int(seats.paid or 0) else "low",
            evidence=evidence,
            subjects=tool_subjects([tool]),
            harmless_if="Seats are kept for people who join soon, or the contract has a minimum.",
            details=details,
            action=Action(
                id=f"seats:{tool.id}",
                text=f"Reduce the paid seats of {tool.name} by {can_go}",
                effort="small",
                owner=usual_owner(tool),
                tools=[tool.id],
            ),
        )

    def _ask(self, tool: StackTool, paid: int) -> Question:
        return self.question(
            f"seats:{tool.id}",
            f"How many of the {paid} paid seats of {tool.name} are used?",
            subjects=tool_subjects([tool]),
            asked_of=usual_owner(tool),
            key=tool.id,
            fills=fills("tools", [tool], "seats.active"),
        )


def _saving(stack: Stack, tool: StackTool, seats: Seats, can_go: int) -> tuple[Part | None, bool]:
    """Return what giving up seats saves, and whether the price of a seat had to be assumed."""
    low, high = stack.cost(tool)
    if seats.price is not None:
        cost = tool.record.cost if tool.record is not None else None
        rate = rate_of(cost.currency if cost is not None else None, stack.inventory.company)
        if rate is None:
            return None, False
        each = Decimal(seats.price) * rate * can_go
        if low is not None and high is not None:
            return (min(each, low), min(each, high), "unused seats at the price of a seat"), False
        return (each, each, "unused seats at the price of a seat"), False
    if low is None or high is None or not seats.paid or not high:
        return None, False
    share = Decimal(can_go) / Decimal(int(seats.paid))
    return (low * share, high * share, "unused seats at their share of the cost"), True
