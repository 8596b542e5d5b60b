"""The check `unknown-terms`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from stackaudit.check import (
    Action,
    Check,
    Evidence,
    Finding,
    Money,
    Outcome,
    Question,
    Severity,
    Stack,
    StackTool,
    contract_fills,
    fact,
    in_charge,
    known,
    names,
    subject,
    tool_subjects,
    usual_owner,
)
from stackaudit.graph.model import ContractFact
from stackaudit.inventory.schema import Contract
from stackaudit.result import Category


@dataclass(frozen=True)
class UnknownTerms(Check):
    """A contract that costs money and renews by itself, and nobody has noted how to end it.

    What it finds:
    Contracts with a cost and ``auto_renews: yes`` whose ``notice_days`` are left out. That the
    notice period is not recorded is the finding itself, so it is confirmed. A contract of which it
    is not known whether it renews by itself is a question.

    Why it matters:
    The day on which the next term is bought cannot be put into a calendar, so it will pass
    unnoticed.

    What to do:
    Look the notice period up in the contract, and write it under ``notice_days``.

    Example:
    A recommendation tool for 38,000 a year renews in April; how early notice must be given is not
    recorded.

    Known false positives:
    The period is known to procurement and only not recorded here.
    """

    soon_days: int = 180

    id: ClassVar[str] = "unknown-terms"
    title: ClassVar[str] = "Contract that renews, notice period not recorded"
    category: ClassVar[Category] = "spend"
    severity: ClassVar[Severity] = "medium"
    examined_what: ClassVar[str] = "contracts with a cost"

    def run(self, stack: Stack) -> Outcome:
        """Read the terms of every contract that has a cost."""
        findings: list[Finding] = []
        questions: list[Question] = []
        examined = 0
        for contract in stack.contracts:
            tools = [stack.tools[i] for i in contract.tools]
            if not _priced(contract, tools):
                continue
            if contract.notice_days is None and contract.auto_renews is None:
                questions.append(self._ask(stack, contract, tools))
                continue
            examined += 1
            if contract.notice_days is None and contract.auto_renews:
                findings.append(self._unknown(stack, contract, tools))
        return Outcome(examined, findings, questions)

    def _unknown(self, stack: Stack, contract: ContractFact, tools: list[StackTool]) -> Finding:
        what = _name(contract, tools)
        ends = contract.ends
        soon = ends is None or (ends - stack.as_of).days <= self.soon_days
        when = f" on {ends.isoformat()}" if ends is not None and ends >= stack.as_of else ""
        covers = f", which covers {names(tools)}," if tools and what != names(tools) else ""
        return self.finding(
            contract.id,
            f"The contract for {what}{covers} renews by itself{when}, "
            "and how many days of notice it needs is not recorded.",
            severity="medium" if soon else "low",
            evidence=[
                fact(contract.record, "auto_renews", f"The contract for {what} renews by itself."),
                _cost_fact(contract, tools),
                known("The inventory does not say how many days of notice it needs."),
            ],
            subjects=[subject("contract", contract.id, what), *tool_subjects(tools)],
            money=None
            if contract.low is None or contract.high is None
            else Money(
                low=round(float(contract.low), 2),
                high=round(float(contract.high), 2),
                basis="yearly cost of the contract",
            ),
            harmless_if="Whoever keeps the contract knows the notice period, and has it in a "
            "calendar.",
            details={"ends": ends.isoformat() if ends is not None else None},
            action=Action(
                id=f"contract:{contract.id}",
                text=f"Look up the notice period of the contract for {what}",
                effort="small",
                owner=_owner(contract, tools),
                deadline=ends if ends is not None and ends >= stack.as_of else None,
                deadline_why="the term ends" if when else "",
                tools=sorted(t.id for t in tools),
            ),
        )

    def _ask(self, stack: Stack, contract: ContractFact, tools: list[StackTool]) -> Question:
        what = _name(contract, tools)
        return self.question(
            f"terms:{contract.id}",
            f"For the contract of {what}: does it renew by itself, and how many days of notice "
            "does "
            "it need?",
            subjects=[subject("contract", contract.id, what), *tool_subjects(tools)],
            asked_of=_owner(contract, tools),
            key=contract.id,
            fills=contract_fills(stack, contract, "auto_renews", "notice_days"),
        )


def _priced(contract: ContractFact, tools: list[StackTool]) -> bool:
    """Return whether a cost above nothing is stated, whatever its currency."""
    records = [contract.record, *(t.record for t in tools if not contract.of_contracts)]
    costs = [getattr(record, "cost", None) for record in records]
    return any(cost is not None and cost.amount[1] > 0 for cost in costs)


def _cost_fact(contract: ContractFact, tools: list[StackTool]) -> Evidence:
    if isinstance(contract.record, Contract):
        return fact(contract.record, "cost", "It has a cost.")
    return fact(tools[0].record, "cost", f"{tools[0].name} is paid for.")


def _name(contract: ContractFact, tools: list[StackTool]) -> str:
    if contract.of_contracts and contract.vendor and len(tools) != 1:
        return f"{contract.vendor} ({contract.id})"
    return names(tools) if tools else contract.id


def _owner(contract: ContractFact, tools: list[StackTool]) -> str | None:
    return in_charge(getattr(contract.record, "owner", None)) or usual_owner(*tools)
