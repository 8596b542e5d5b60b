"""Whether a tool costs money, by itself or in a contract that covers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
