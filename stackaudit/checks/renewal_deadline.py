"""The check `renewal-deadline`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
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
    names,
    subject,
    tool_subjects,
    usual_owner,
)
from stackaudit.graph.model import ContractFact
from stackaudit.result import Category


@dataclass(frozen=True)
class RenewalDeadline(Check):
    """A contract that renews by itself and whose last day for notice is near, or has just passed.

    What it finds:
    Contracts with ``auto_renews: yes`` whose notice day (the end less the notice days) is today to
    90 days ahead, or past while the term still runs. Contracts of tools that are no longer in use
    come first. A contract that ends by itself within that time is information.

    Why it matters:
    Past the day, the company pays another term for whatever the contract covers.

    What to do:
    Decide before the day: renew, renegotiate, reduce, or give notice.

    Example:
    The contract of a tool that was switched off in June renews in January unless notice is given in
    November.

    Known false positives:
    Notice was given and the inventory does not say so: set ``auto_renews: no``.
    """

    days_ahead: int = 90

    id: ClassVar[str] = "renewal-deadline"
    title: ClassVar[str] = "Contract about to renew"
    category: ClassVar[Category] = "spend"
    severity: ClassVar[Severity] = "medium"
    examined_what: ClassVar[str] = "contracts"

    def run(self, stack: Stack) -> Outcome:
        """Compare every contract's notice day with the audit's day."""
        findings: list[Finding] = []
        questions: list[Question] = []
        for contract in stack.contracts:
            tools = [stack.tools[i] for i in contract.tools]
            finding = self._judge(stack, contract, tools)
            if finding is not None:
                findings.append(finding)
            else:
                asked = self._ask(stack, contract, tools)
                if asked is not None:
                    questions.append(asked)
        findings.sort(key=lambda f: (not f.details["unused"], f.details["notice_day"], f.key))
        return Outcome(len(stack.contracts) - len(questions), findings, questions)

    def _judge(
        self, stack: Stack, contract: ContractFact, tools: list[StackTool]
    ) -> Finding | None:
        if contract.ends is None or contract.auto_renews is None or contract.ends < stack.as_of:
            return None
        if contract.auto_renews is False:
            return (
                self._ends_by_itself(stack, contract, tools)
                if self._near(stack, contract.ends)
                else None
            )
        if contract.notice_days is None:
            return None
        notice = _notice_day(contract.ends, contract.notice_days)
        return (
            self._renews(stack, contract, tools, notice)
            if notice < stack.as_of or self._near(stack, notice)
            else None
        )

    def _near(self, stack: Stack, day: date) -> bool:
        return 0 <= (day - stack.as_of).days <= self.days_ahead

    def _renews(
        self, stack: Stack, contract: ContractFact, tools: list[StackTool], notice: date
    ) -> Finding:
        assert contract.ends is not None
        past = notice < stack.as_of
        unused = _unused(tools)
        left = (notice - stack.as_of).days
        what = _name(contract, tools)
        when = (
            f"the day for notice, {notice.isoformat()}, has passed"
            if past
            else f"notice must be given by {notice.isoformat()}"
            + (" (today)" if left == 0 else f" ({left} {'day' if left == 1 else 'days'})")
        )
        idle = (
            f"; {names(tools)} {'is' if len(tools) == 1 else 'are'} no longer in use"
            if unused
            else ""
        )
        return self.finding(
            contract.id,
            f"The contract for {what}{_covering(contract, tools)} renews by itself "
            f"on {contract.ends.isoformat()}: "
            f"{when}{idle}.",
            severity="high" if unused or (0 <= left <= 30) else "medium",
            evidence=[
                _term(contract, tools, "auto_renews", "It renews by itself."),
                _term(contract, tools, "ends", f"Its term ends on {contract.ends.isoformat()}."),
                _term(
                    contract,
                    tools,
                    "notice_days",
                    f"Notice is due {contract.notice_days} days before.",
                ),
                *(fact(t.record, "status", f"{t.name} is {t.status}.") for t in tools if unused),
            ],
            subjects=[subject("contract", contract.id, what), *tool_subjects(tools)],
            money=_money(contract, stack, tools),
            harmless_if="Notice has been given, or the renewal is wanted.",
            details={
                "notice_day": notice.isoformat(),
                "days_left": left,
                "unused": unused,
                "ends_by_itself": False,
            },
            action=Action(
                id=f"contract:{contract.id}",
                text=f"Ask whether the renewal of {what} can still be stopped or changed"
                if past
                else f"Decide on the renewal of {what}",
                effort="small",
                owner=_owner(contract, tools),
                deadline=contract.ends if past else notice,
                deadline_why="the term ends" if past else "last day for notice",
                saving_from=contract.ends,
                tools=[t.id for t in tools],
            ),
        )

    def _ends_by_itself(
        self, stack: Stack, contract: ContractFact, tools: list[StackTool]
    ) -> Finding:
        assert contract.ends is not None
        what = _name(contract, tools)
        unused = _unused(tools)
        return self.finding(
            contract.id,
            f"The contract for {what}{_covering(contract, tools)} ends by itself "
            f"on {contract.ends.isoformat()}.",
            severity="info",
            evidence=[
                _term(contract, tools, "auto_renews", "It does not renew by itself."),
                _term(contract, tools, "ends", f"Its term ends on {contract.ends.isoformat()}."),
            ],
            subjects=[subject("contract", contract.id, what), *tool_subjects(tools)],
            money=_money(contract, stack, tools),
            harmless_if="The end is wanted.",
            details={
                "notice_day": contract.ends.isoformat(),
                "unused": unused,
                "ends_by_itself": True,
            },
        )

    def _ask(self, stack: Stack, contract: ContractFact, tools: list[StackTool]) -> Question | None:
        """Return what is missing to judge a contract; None when it is judged and harmless."""
        missing = {
            key: word
            for key, word, value in (
                ("ends", "when it ends", contract.ends),
                ("auto_renews", "whether it renews by itself", contract.auto_renews),
                (
                    "notice_days",
                    "how many days of notice it needs",
                    contract.notice_days if contract.auto_renews is not False else 0,
                ),
            )
            if value is None
        }
        lacking = list(missing.values())
        what = _name(contract, tools)
        if not lacking:
            if contract.ends is not None and contract.ends < stack.as_of:
                lacking = [
                    (
                        "until when it runs now "
                        f"(its recorded end, {contract.ends.isoformat()}, is past)"
                    )
                ]
            else:
                return None
        return self.question(
            f"terms:{contract.id}",
            f"For the contract of {what}: {names(lacking)}?",
            subjects=[subject("contract", contract.id, what), *tool_subjects(tools)],
            asked_of=_owner(contract, tools),
            key=contract.id,
            fills=contract_fills(stack, contract, *(missing or ("ends",))),
        )


def _unused(tools: list[StackTool]) -> bool:
    """Return whether all tools of a contract were in use once and are not any more."""
    return bool(tools) and all(not t.in_use and t.status in ("retired", "retiring") for t in tools)


def _term(contract: ContractFact, tools: list[StackTool], key: str, text: str) -> Evidence:
    """Return a term as evidence; terms that are written on a disputed tool are disputed."""
    disputed = not contract.of_contracts and any(t.disputed for t in tools)
    if disputed:
        text = f"{text} (another source disputes this)"
    return fact(contract.record, key, text, assumed=disputed)


def _notice_day(ends: date, notice_days: int) -> date:
    """Return the last day for notice; far notice periods stop at the first day dates can say."""
    room = (ends - date.min).days
    return ends - timedelta(days=min(notice_days, room))


def _name(contract: ContractFact, tools: list[StackTool]) -> str:
    if contract.of_contracts and contract.vendor:
        return f"{contract.vendor} ({contract.id})" if len(tools) != 1 else tools[0].name
    return names(tools) if tools else contract.id


def _covering(contract: ContractFact, tools: list[StackTool]) -> str:
    """Return the tools of a contract that is named by its vendor, as a part of a sentence."""
    if not tools or _name(contract, tools) == names(tools):
        return ""
    return f", which covers {names(tools)},"


def _money(contract: ContractFact, stack: Stack, tools: list[StackTool]) -> Money | None:
    low, high = contract.low, contract.high
    if low is None and not contract.of_contracts and tools:
        low, high = stack.cost(tools[0])
    if low is None or high is None:
        return None
    return Money(
        low=round(float(low), 2), high=round(float(high), 2), basis="yearly cost of the contract"
    )


def _owner(contract: ContractFact, tools: list[StackTool]) -> str | None:
    return in_charge(getattr(contract.record, "owner", None)) or usual_owner(*tools)
