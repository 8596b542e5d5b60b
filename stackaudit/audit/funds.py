"""Funds available for campaigns: what settled findings save, and from which day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Final

from stackaudit.graph import Stack
from stackaudit.graph.model import ContractFact
from stackaudit.result import Finding, Funds, FundsStep

FORMULA: Final = (
    "sum of the savings of confirmed, open findings; a euro belongs to the first of idle tool, "
    "shadowed by a suite, duplicate product, overlapping tools, unused seats; each counts from the "
    "last day of the contracts concerned; costs of switching are not known and not deducted"
)


def available_funds(stack: Stack, findings: Sequence[Finding]) -> Funds | None:
    """Return what could be freed a year, step by step; None where no finding saves anything.

    A contract whose notice day is past and that renews by itself ends at an unknown later day.
    """
    return add_up(findings, lambda finding: saving_day(stack, finding))


def add_up(findings: Sequence[Finding], day_of: Callable[[Finding], date | None]) -> Funds | None:
    """Return the savings of findings, of which `day_of` says from when each counts."""
    saving = [
        f for f in findings if f.saving is not None and (f.accepted is None or f.accepted.lapsed)
    ]
    sure = [f for f in saving if f.confidence == "confirmed"]
    if not saving:
        return None
    by_day: dict[date | None, list[Finding]] = {}
    for finding in sure:
        by_day.setdefault(day_of(finding), []).append(finding)
    steps: list[FundsStep] = []
    low = high = 0.0
    for day in sorted(by_day, key=lambda d: (d is None, d or date.max)):
        for finding in by_day[day]:
            assert finding.saving is not None
            low += finding.saving.low
            high += finding.saving.high
        steps.append(
            FundsStep(
                from_day=day,
                low=round(low, 2),
                high=round(high, 2),
                findings=sorted(f.id for f in by_day[day]),
            )
        )
    possible = sum(f.saving.high for f in saving if f not in sure and f.saving is not None)
    return Funds(
        low=round(low, 2),
        high=round(high, 2),
        steps=steps,
        possible_high=round(possible, 2),
        formula=FORMULA,
    )


def saving_day(stack: Stack, finding: Finding) -> date | None:
    """Return the day from which a saving counts: when the last contract concerned can end."""
    tools = [str(t) for t in finding.details.get("claims", ())]
    days = [contract_end(stack, contract_of(stack, tool)) for tool in tools]
    if not days or any(d is None for d in days):
        return None
    return max(d for d in days if d is not None)


def contract_of(stack: Stack, tool_id: str) -> ContractFact | None:
    """Return the contract of a tool, its own or the one it is covered by."""
    number = stack.index.get(tool_id)
    return next((c for c in stack.contracts if number in c.tools), None)


def contract_end(stack: Stack, contract: ContractFact | None) -> date | None:
    """Return the first day a contract is not paid any more, if ended now; None: not known."""
    if contract is None or contract.ends is None or contract.ends < stack.as_of:
        return None
    if contract.auto_renews is not False:
        if contract.auto_renews is None or contract.notice_days is None:
            return None
        if contract.ends - timedelta(days=contract.notice_days) < stack.as_of:
            return None
    return contract.ends + timedelta(days=1)
