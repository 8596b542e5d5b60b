"""How a tool is used and paid for: by people or by machines, by itself or in a contract."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from stackaudit.graph.model import StackTool

if TYPE_CHECKING:
    from stackaudit.graph.stack import Stack


def is_paid(stack: Stack, tool: StackTool) -> bool | None:
    """Return whether a tool costs money, by itself or in a contract; None where nobody says."""
    cost = tool.record.cost if tool.record is not None else None
    if cost is not None:
        return cost.amount[1] > 0
    contract = stack.contract_of.get(tool.index)
    if contract is not None and contract.of_contracts:
        shared = getattr(contract.record, "cost", None)
        return None if shared is None else bool(shared.amount[1] > 0)
    return None


def used_by_machines(stack: Stack, tool: StackTool) -> Literal["only", "partly", "no"]:
    """Return whether machines and not people use a tool, by what it is mainly used for."""
    known = stack.catalogue.capabilities
    main = [c for c, s in tool.working.items() if s == "primary"] or list(tool.working)
    by = [known[c].used_by == "machines" for c in main if c in known]
    return "no" if not any(by) else "only" if all(by) else "partly"


def on_purpose(stack: Stack, one: StackTool, other: StackTool) -> str:
    """Return ``silent`` where an overlap is on purpose, ``overdue`` past its date, else nothing."""
    state = ""
    for a, b in ((one, other), (other, one)):
        purpose = a.record.overlaps_on_purpose if a.record is not None else None
        if purpose is None or b.id not in {
            t.id for ref in purpose.with_ if (t := stack.tool(ref)) is not None
        }:
            continue
        if purpose.until is None or stack.as_of <= purpose.until:
            return "silent"
        state = "overdue"
    return state
