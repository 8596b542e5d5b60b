"""The check `end-of-life-product`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from stackaudit.check import (
    Action,
    Check,
    Evidence,
    Finding,
    Outcome,
    Question,
    Severity,
    Stack,
    StackTool,
    fact,
    known,
    subject,
    tool_subjects,
    usual_owner,
)
from stackaudit.result import Category
from stackaudit.source.words import make_id


@dataclass(frozen=True)
class EndOfLifeProduct(Check):
    """A tool in use whose product its vendor has withdrawn, or is about to.

    What it finds:
    The catalogue marks the product as retired or retiring on the audit's day; a product retired in
    2023 is no finding for a stack of 2022. The successor, the date and how sure the catalogue is
    are shown. A date that nobody verified, and a product recognised only by an alias, make it
    possible.

    Why it matters:
    The tool stops working, or stops being repaired, on a day somebody else has set.

    What to do:
    Check the vendor's announcement, plan the move, export what must be kept.

    Example:
    Universal Analytics is still listed as in use.

    Known false positives:
    The list names the old product and means its successor: correct the name.
    """

    id: ClassVar[str] = "end-of-life-product"
    title: ClassVar[str] = "Product at the end of its life"
    category: ClassVar[Category] = "resilience"
    severity: ClassVar[Severity] = "high"
    examined_what: ClassVar[str] = "tools in use with a known product"

    def run(self, stack: Stack) -> Outcome:
        """Compare every product in use with its lifecycle on the audit's day."""
        findings: list[Finding] = []
        questions: list[Question] = []
        examined = 0
        for tool in stack.subjects:
            if tool.product is None:
                continue
            state = tool.product.lifecycle_at(stack.as_of)
            examined += state != "unknown"
            if state in ("retired", "retiring"):
                findings.append(self._ending(stack, tool, state))
            elif state == "unknown":
                questions.append(
                    self.question(
                        f"lifecycle:{tool.id}",
                        f"Is {tool.name} still offered by its vendor? "
                        "The catalogue has no sure date.",
                        subjects=tool_subjects([tool]),
                        asked_of=usual_owner(tool),
                        key=tool.id,
                    )
                )
        return Outcome(examined, findings, questions)

    def _ending(self, stack: Stack, tool: StackTool, state: str) -> Finding:
        product = tool.product
        assert product is not None
        successor = stack.catalogue.products.get(product.successor)
        next_name = successor.name if successor is not None else product.successor
        sure = product.evidence == "seen"
        when = product.status_date
        sentence = (
            f"{_called(tool, product.name)} is in use, and its vendor "
            f"{'withdrew it' if state == 'retired' else 'is to withdraw it'} ({when})"
        )
        sentence += f"; its successor is {next_name}." if next_name else "."
        if not sure:
            sentence += " The date is not verified."
        product_is = (
            f"{tool.name} is listed."
            if tool.name.casefold() == product.name.casefold()
            else f"{tool.name} is {product.name}."
        )
        how: Evidence = (
            fact(tool.record, "product", product_is)
            if tool.product_how == "declared"
            else fact(
                tool.record,
                "name",
                product_is,
                assumed=tool.product_how not in ("name", "declared"),
            )
        )
        lifecycle = known(
            f"The catalogue marks {product.name} as {product.status} ({when}; "
            f"{'seen in a source' if sure else 'unverified'}"
            f"{'; ' + product.note if product.note else ''})."
        )
        evidence = [how, lifecycle if sure else lifecycle.model_copy(update={"assumed": True})]
        return self.finding(
            tool.id,
            sentence,
            severity="high" if state == "retired" else "medium",
            evidence=evidence,
            subjects=[*tool_subjects([tool]), subject("product", product.id, product.name)],
            harmless_if="The inventory names the old product and means its successor.",
            details={
                "date": when,
                "successor": product.successor or None,
                "evidence": product.evidence or "unverified",
            },
            action=Action(
                id=f"replace:{tool.id}",
                text=f"Plan the move from {tool.name}{f' to {next_name}' if next_name else ''}",
                effort="large",
                owner=usual_owner(tool),
                tools=[tool.id],
            ),
        )


def _called(tool: StackTool, product: str) -> str:
    """Return the tool's name, with the product's where that is another one."""
    return tool.name if make_id(tool.name) == make_id(product) else f"{tool.name} ({product})"
