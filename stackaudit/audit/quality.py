"""How complete and consistent the inventory is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from stackaudit.graph import Stack, StackTool
from stackaudit.result import Coverage, Note, Quality

WEIGHTS: Final = {
    "owner": 3.0,
    "data": 3.0,
    "capabilities": 2.0,
    "cost": 2.0,
    "contract": 2.0,
    "privacy": 1.0,
    "used_by": 1.0,
    "technical_owner": 1.0,
    "reviewed": 1.0,
    "seats": 0.5,
    "fit": 0.5,
}
"""How much a key counts: by how many checks and how much money hang on it."""

FORMULA: Final = (
    "100 x sum(weight of key x weight of tool x known) / sum(weight of key x weight of tool); a "
    "tool counts 1, and 1 more for each integration it is an end of, up to 5"
)


def inventory_quality(stack: Stack, notes: Sequence[Note]) -> Quality:
    """Return the completeness of what is known of the tools in use, weighted by their use."""
    tools = [t for t in stack.subjects if t.record is not None and not t.mentioned_only]
    coverage = []
    known_sum = whole = 0.0
    for key, weight in WEIGHTS.items():
        counted = [t for t in tools if _applies(key, t)]
        known = [t for t in counted if getattr(t.record, key) is not None]
        coverage.append(Coverage(key=key, known=len(known), of=len(counted), weight=weight))
        known_sum += weight * sum(_use(stack, t) for t in known)
        whole += weight * sum(_use(stack, t) for t in counted)
    disputed = [t for t in stack.tools if t.disputed]
    flows = [f for f in stack.flows if f.record is not None and f.record.is_disputed]
    return Quality(
        completeness=round(100 * known_sum / whole) if whole else None,
        coverage=coverage,
        contradictions=len(notes),
        disputed=len(disputed) + len(flows),
        formula=FORMULA,
    )


def _applies(key: str, tool: StackTool) -> bool:
    """Return whether a key makes sense for a kind of tool: a website has no contract."""
    if key in ("cost", "contract", "seats", "privacy", "fit"):
        return tool.kind not in ("own-channel", "spreadsheet", "homegrown")
    return True


def _use(stack: Stack, tool: StackTool) -> int:
    return 1 + min(4, len(stack.touching[tool.index]))
