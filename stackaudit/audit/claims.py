"""Savings: no euro is claimed twice, none comes from a tool whose cost is not known."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from stackaudit.audit.funds import saving_day
from stackaudit.graph import Stack
from stackaudit.result import Finding, Money

ORDER: Final = (
    "idle-tool",
    "shadowed-by-suite",
    "duplicate-product",
    "overlapping-tools",
    "unused-seats",
)
"""Which check's claim on a tool's cost counts first."""


def claim_savings(stack: Stack, findings: Sequence[Finding]) -> list[Finding]:
    """Give findings that claim the cost of tools their money at stake and their saving.

    A finding claims tools under ``details.claims`` and says how many of them are kept, or which
    ``part`` of the cost it claims. A tool claimed by an earlier check is gone for the later one;
    accepted findings claim nothing.
    """
    claimed: set[str] = set()
    money: dict[str, tuple[Money | None, Money | None]] = {}
    rank = {check: number for number, check in enumerate(ORDER)}
    claiming = [f for f in findings if f.details.get("claims")]
    # What is confirmed claims first: a guess must not take the euros of a fact.
    for finding in sorted(
        claiming,
        key=lambda f: (f.confidence != "confirmed", rank.get(f.check, len(rank)), f.key),
    ):
        tools = [str(t) for t in finding.details["claims"]]
        stake = _sum(stack, tools)
        counts = finding.accepted is None or finding.accepted.lapsed
        left = [t for t in tools if t not in claimed]
        saving = _claimed(stack, finding, left) if counts else None
        if saving is not None:
            claimed.update(left)
        money[finding.id] = (stake, saving)
    return [
        f.model_copy(
            update={
                "money": money[f.id][0],
                "saving": money[f.id][1],
                "action": _with(stack, f, money[f.id][1]),
            }
        )
        if f.id in money
        else f
        for f in findings
    ]


def _claimed(stack: Stack, finding: Finding, left: Sequence[str]) -> Money | None:
    """Return what a finding saves of the tools that no earlier one has claimed.

    A finding whose ``details.part`` says so claims only that part of a tool's cost.
    """
    part = finding.details.get("part")
    if part is None:
        return _saving(stack, left, int(finding.details["keeps"]))
    if not left or not part[1]:
        return None
    basis = str(finding.details.get("part_basis", "part of the yearly cost of the tool"))
    return Money(low=round(float(part[0]), 2), high=round(float(part[1]), 2), basis=basis)


def _with(stack: Stack, finding: Finding, saving: Money | None) -> object:
    if finding.action is None:
        return None
    day = saving_day(stack, finding) if saving is not None else None
    return finding.action.model_copy(update={"saving": saving, "saving_from": day})


def _costs(stack: Stack, tools: Sequence[str]) -> list[tuple[Decimal, Decimal]]:
    known = []
    for tool in tools:
        low, high = stack.cost(stack.tools[stack.index[tool]])
        if low is not None and high is not None:
            known.append((low, high))
    return known


def _sum(stack: Stack, tools: Sequence[str]) -> Money | None:
    known = _costs(stack, tools)
    if not known:
        return None
    basis = (
        ("yearly cost of the tool" if len(tools) == 1 else f"yearly cost of the {len(tools)} tools")
        if len(known) == len(tools)
        else (
            f"yearly cost of {len(known)} of the {len(tools)} tools; the others' cost is not known"
        )
    )
    return _money(sum(low for low, _ in known), sum(high for _, high in known), basis)


def _saving(stack: Stack, tools: Sequence[str], keeps: int) -> Money | None:
    """Return what is saved when all but the kept tools go.

    Least is saved when the dearest stay, most when the cheapest do.
    """
    if len(tools) <= keeps:
        return None
    known = _costs(stack, tools)
    if not known:
        return None
    if keeps == 0:
        return _money(
            sum(c[0] for c in known), sum(c[1] for c in known), "yearly cost of the tool that goes"
        )
    # A tool of unknown cost may be the one that stays: then every known cost may go.
    stay_known = max(0, keeps - (len(tools) - len(known)))
    lows, highs = sorted(c[0] for c in known), sorted(c[1] for c in known)
    low = sum(lows[: max(0, len(lows) - keeps)])
    high = sum(highs[stay_known:])
    if not high:
        return None
    return _money(
        low, high, "the yearly cost of all but the tool that stays, up to the dearer choice"
    )


def _money(low: Decimal | int, high: Decimal | int, basis: str) -> Money:
    return Money(low=round(float(low), 2), high=round(float(high), 2), basis=basis)
