"""What must not stand twice: a cost on a tool and on its contract would be counted twice."""

from __future__ import annotations

from stackaudit.answering.sheet import flow as inline
from stackaudit.importers.combine import Draft, Question
from stackaudit.resolve import Resolved


def settle(draft: Draft, there: Resolved | None) -> None:
    """Keep the cost of a contract and ask about those of its tools; what is there already stays."""
    known = {c.id: c for c in there.inventory.contracts} if there is not None else {}
    made = {c.id: c for c in draft.contracts}
    for tool in draft.tools:
        fact = tool.facts.get("contract")
        stated = tool.existing.contract if tool.existing is not None else None
        name = fact.value if fact is not None else stated
        if not isinstance(name, str) or name == "none":
            continue
        contract = made.get(name)
        cost = contract.facts.get("cost") if contract is not None else None
        has_cost = cost is not None or (name in known and known[name].cost is not None)
        own = tool.facts.get("cost")
        if own is not None and has_cost:
            del tool.facts["cost"]
            draft.questions.append(
                Question(
                    f"{tool.name} costs {inline(own.value)}, and its contract {name} has a cost "
                    "too: both would be counted, so only the contract's was taken",
                    own.place,
                )
            )
        elif tool.existing is not None and tool.existing.cost is not None and has_cost:
            if fact is not None:
                del tool.facts["contract"]
            elif contract is not None:
                contract.facts.pop("cost", None)
            draft.questions.append(
                Question(
                    f"{tool.name} has a cost of its own in the inventory, and contract {name} has "
                    "one too: where does it belong? The inventory was left as it is",
                    fact.place if fact is not None else cost.place if cost is not None else None,
                )
            )
