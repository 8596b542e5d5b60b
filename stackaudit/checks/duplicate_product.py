"""The check `duplicate-product`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from stackaudit.check import (
    Action,
    Check,
    Finding,
    Outcome,
    Question,
    Severity,
    Stack,
    StackTool,
    fact,
    fills,
    names,
    subject,
    tool_subjects,
    usual_owner,
)
from stackaudit.result import Category


@dataclass(frozen=True)
class DuplicateProduct(Check):
    """One product that is in the stack twice.

    What it finds:
    Two or more tools in use that are the same product of the catalogue and serve scopes that meet.
    Accounts for scopes that do not meet, or marked with different ``instance`` names, are there on
    purpose: they are listed as information, because they can be negotiated together. Where a
    product is matched only through an alias, the finding is possible.

    Why it matters:
    Two accounts mean two contracts, two sets of permissions, and records that drift apart.

    What to do:
    Merge the accounts, or name each with ``instance`` if they are apart on purpose; in either case
    negotiate them together.

    Example:
    "HubSpot" from the marketing list and "HubSpot Marketing Hub" from the finance list.

    Known false positives:
    Two rows of one account, from two lists: remove one of them.
    """

    id: ClassVar[str] = "duplicate-product"
    title: ClassVar[str] = "The same product twice"
    category: ClassVar[Category] = "redundancies"
    severity: ClassVar[Severity] = "medium"
    examined_what: ClassVar[str] = "products in use"

    def run(self, stack: Stack) -> Outcome:
        """Group the tools in use by product."""
        by_product: dict[str, list[StackTool]] = {}
        for tool in stack.subjects:
            if tool.product is not None and tool.kind != "own-channel":
                by_product.setdefault(tool.product.id, []).append(tool)
        findings = [
            self._duplicate(stack, product, tools)
            for product, tools in sorted(by_product.items())
            if len(tools) > 1
        ]
        unclear = [t for t in stack.subjects if t.product_how == "ambiguous"]
        return Outcome(len(by_product), findings, self._which(unclear) if unclear else ())

    def _which(self, tools: list[StackTool]) -> list[Question]:
        return [
            self.question(
                "product:tools",
                f"Which product is {names(tools, 4)}? The name can mean several.",
                subjects=tool_subjects(tools),
                weight=len(tools),
                fills=fills("tools", tools, "product"),
            )
        ]

    def _duplicate(self, stack: Stack, product_id: str, tools: list[StackTool]) -> Finding:
        clashing = _clashing(tools)
        product = stack.catalogue.products[product_id]
        shown = clashing or tools
        scopes = stack.scopes_of(_shared_scopes(clashing)) if clashing else []
        evidence = []
        for tool in shown:
            if tool.product_how in ("declared", "name"):
                key = "product" if tool.product_how == "declared" else "name"
                evidence.append(fact(tool.record, key, f"{tool.name} is {product.name}."))
            else:
                evidence.append(
                    fact(
                        tool.record,
                        "name",
                        f"{tool.name} is taken for {product.name}, by an alias.",
                        assumed=True,
                    )
                )
        if clashing:
            sentence = f"{product.name} is in use {len(clashing)} times: {names(clashing)}."
            harmless = "They are separate on purpose; name each with `instance`."
        else:
            sentence = (
                f"{product.name} has {len(tools)} accounts on purpose: {names(tools)}; "
                "they can be negotiated together."
            )
            harmless = "Nothing needs to be done; this is for the next negotiation."
        return self.finding(
            product_id,
            sentence,
            severity="medium" if clashing else "info",
            evidence=evidence,
            subjects=[
                subject("product", product_id, product.name),
                *tool_subjects(shown),
                *(subject("scope", s) for s in scopes),
            ],
            scopes=scopes,
            harmless_if=harmless,
            details={"claims": [t.id for t in clashing], "keeps": 1} if clashing else {},
            action=Action(
                id=f"merge:{product_id}",
                text=f"Merge the {len(clashing)} accounts of {product.name}, "
                "or name why they are separate",
                effort="medium",
                owner=usual_owner(*clashing),
                tools=[t.id for t in clashing],
            )
            if clashing
            else None,
        )


def _clashing(tools: list[StackTool]) -> list[StackTool]:
    """Return the tools that share a scope with another and are not set apart by `instance`."""
    clash: dict[str, StackTool] = {}
    for one in tools:
        for other in tools:
            if one.index < other.index and one.scopes & other.scopes and not _apart(one, other):
                clash[one.id], clash[other.id] = one, other
    return [clash[i] for i in sorted(clash)]


def _shared_scopes(tools: list[StackTool]) -> int:
    """Return the scopes in which two of the tools that clash meet."""
    mask = 0
    for one in tools:
        for other in tools:
            if one.index < other.index and not _apart(one, other):
                mask |= one.scopes & other.scopes
    return mask


def _apart(one: StackTool, other: StackTool) -> bool:
    """Return whether `instance` tells two accounts apart: one is named, and not like the other."""
    a = one.record.instance if one.record is not None else None
    b = other.record.instance if other.record is not None else None
    return a != b
