"""The check `cost-outlier`."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log
from statistics import fmean, median
from typing import ClassVar

from stackaudit.check import (
    Action,
    Check,
    Finding,
    Money,
    Outcome,
    Question,
    Severity,
    Stack,
    StackTool,
    fact,
    fills,
    known,
    names,
    tool_subjects,
    usual_owner,
)
from stackaudit.graph.usage import used_by_machines
from stackaudit.result import Category

_MAD, _MEAN = 0.6745, 1.253314
"""Make the median and the mean of distances comparable with a standard deviation (Iglewicz and
Hoaglin, How to Detect and Handle Outliers, 1993)."""


@dataclass(frozen=True)
class CostOutlier(Check):
    """A tool that costs far more per person who uses it than the others.

    What it finds:
    The logarithm of the yearly cost per active user, compared over all tools in use of which both
    are known: a modified z-score above 3.5 (Iglewicz and Hoaglin), and at least 5 % of the known
    spend. With fewer than eight such tools nothing is compared.

    Why it matters:
    It is where a negotiation, another edition or fewer modules pay most.

    What to do:
    Ask for the price per user that others pay, or whether the tool's price depends on something
    else.

    Example:
    A journey tool costs 45,000 for each of its two users; the others cost about 2,000.

    Known false positives:
    The price depends on messages, contacts or traffic and not on people: then compare that.
    """

    score: float = 3.5
    share: float = 0.05
    at_least: int = 8

    id: ClassVar[str] = "cost-outlier"
    title: ClassVar[str] = "Tool that costs far more per user than the others"
    category: ClassVar[Category] = "spend"
    severity: ClassVar[Severity] = "low"
    examined_what: ClassVar[str] = "tools with a cost and active users"

    def run(self, stack: Stack) -> Outcome:
        """Compare the cost per active user of all tools of which both are known."""
        each: dict[int, tuple[float, int]] = {}
        silent: list[StackTool] = []
        for tool in stack.subjects:
            low, high = stack.cost(tool)
            if low is None or high is None or high <= 0 or tool.kind == "service":
                continue
            seats = tool.record.seats if tool.record is not None else None
            active = seats.active if seats is not None else None
            if active:
                each[tool.index] = (float(low + high) / 2, int(active))
            elif active is None and used_by_machines(stack, tool) == "no":
                silent.append(tool)
        if len(each) < self.at_least:
            enough = len(each) + len(silent) >= self.at_least
            return Outcome(0, (), [self._ask(silent)] if each and enough else [])
        rates = {i: log(cost / active) for i, (cost, active) in each.items()}
        middle = median(rates.values())
        spread = _spread(list(rates.values()), middle)
        total = _spend(stack)
        findings = []
        for index, rate in sorted(rates.items(), key=lambda item: stack.tools[item[0]].id):
            high_score = spread > 0 and (rate - middle) / spread > self.score
            if high_score and each[index][0] >= self.share * total:
                z = (rate - middle) / spread
                findings.append(
                    self._outlier(stack, stack.tools[index], each[index], exp(middle), z, len(each))
                )
        return Outcome(len(each), findings)

    def _outlier(
        self,
        stack: Stack,
        tool: StackTool,
        price: tuple[float, int],
        usual: float,
        z: float,
        number: int,
    ) -> Finding:
        cost, active = price
        currency = stack.inventory.company.currency or ""
        low, high = stack.cost(tool)
        record = tool.record
        assert record is not None
        assert low is not None
        assert high is not None
        return self.finding(
            tool.id,
            f"{tool.name} costs about {cost / active:,.0f} {currency}".rstrip()
            + f" a year for each person who uses it; the middle of the {number} tools compared is "
            + f"{usual:,.0f} {currency}".rstrip()
            + ".",
            evidence=[
                fact(record, "cost", f"The yearly cost of {tool.name} is stated."),
                fact(record.seats, "active", f"{active} people use it."),
                known(
                    f"Modified z-score of the cost per user, on a logarithmic scale: {z:.1f}; "
                    "above "
                    f"{self.score:g} is unusual."
                ),
            ],
            subjects=tool_subjects([tool]),
            money=Money(
                low=round(float(low), 2),
                high=round(float(high), 2),
                basis="yearly cost of the tool",
            ),
            harmless_if="Its price depends on messages, contacts or traffic and not on people.",
            details={
                "cost_per_user": round(cost / active, 2),
                "median": round(usual, 2),
                "score": round(z, 2),
                "compared": number,
            },
            action=Action(
                id=f"price:{tool.id}",
                text=f"Ask what drives the price of {tool.name}, and negotiate it",
                effort="medium",
                owner=usual_owner(tool),
                tools=[tool.id],
            ),
        )

    def _ask(self, tools: list[StackTool]) -> Question:
        return self.question(
            "active-users",
            f"How many people use {names(tools, 4)}? With it the cost per user can be compared.",
            subjects=tool_subjects(tools),
            fills=fills("tools", tools, "seats.active"),
        )


def _spread(values: list[float], middle: float) -> float:
    """Return the spread that a modified z-score is measured in.

    From the median distance to the median; where that is 0, from the mean distance.
    """
    distances = [abs(v - middle) for v in values]
    mad = median(distances)
    return mad / _MAD if mad > 1e-9 else _MEAN * fmean(distances)


def _spend(stack: Stack) -> float:
    """Return the known yearly spend: of tools in use, and of contracts that cover one."""
    total = 0.0
    for tool in stack.subjects:
        low, high = stack.cost(tool)
        total += float((low or 0) + (high or 0)) / 2
    for contract in stack.contracts:
        if contract.of_contracts and any(stack.tools[i].in_use for i in contract.tools):
            total += float((contract.low or 0) + (contract.high or 0)) / 2
    return total
