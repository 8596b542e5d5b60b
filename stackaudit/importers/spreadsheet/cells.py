"""An inventory as the rows of the workbook: what is stated, and nothing for what is not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from stackaudit.catalogue.match import folded
from stackaudit.importers.labels import integration_labels
from stackaudit.importers.spreadsheet.grid import CELL
from stackaudit.importers.spreadsheet.layout import SEPARATOR
from stackaudit.importers.values import text_without_secrets
from stackaudit.inventory.schema import Contract, Cost, Integration, Terms, Tool
from stackaudit.resolve import Resolved

Cell = str | float | date | None
Cells = dict[str, Cell]
"""Key of a column → its cell."""


class Exported:
    """The rows of an inventory, by sheet."""

    def __init__(self, stack: Resolved) -> None:
        self.stack = stack
        self.kept_back = 0
        """Cells that were left empty because they would come back as something else."""
        inventory = stack.inventory
        names = Counter(folded(t.name) for t in inventory.tools)
        self.names = {
            t.id: t.name
            for t in inventory.tools
            if names[folded(t.name)] == 1 and not set(t.name) & set(";,|\n•") and self._safe(t.name)
        }
        self.tools = [self._tool(t) for t in inventory.tools]
        records = integration_labels(inventory.integrations or (), stack.tool_id)
        self.integrations = [self._flow(label, r) for label, r in records.items()]
        self.contracts = [self._contract(c) for c in inventory.contracts]
        self.teams: list[Cells] = [
            {"id": t.id, "name": self._text(t.name)} for t in inventory.teams
        ]

    # ---------------------------------------------------------------- records

    def _tool(self, tool: Tool) -> Cells:
        match = self.stack.products.get(tool.id)
        known = match.product.id if match is not None and match.product is not None else None
        terms = tool.contract if isinstance(tool.contract, Terms) else None
        stated = tool.node.get("contract") if tool.node is not None else None
        seats, fit, privacy = tool.seats, tool.fit, tool.privacy
        return {
            "id": tool.id,
            "name": self._text(tool.name),
            "product": tool.product if tool.product == "none" else known,
            "instance": self._text(tool.instance),
            "kind": tool.kind,
            "status": tool.status,
            "environment": tool.environment,
            "retires_on": tool.retires_on,
            "runs_inside": self._tools((tool.runs_inside,) if tool.runs_inside else None),
            "capabilities": self._weighted(tool.capabilities, "primary"),
            "scopes": self._list(tool.scopes),
            "team": tool.team,
            "used_by": self._list(tool.used_by),
            "owner": self._list(tool.owner),
            "technical_owner": self._list(tool.technical_owner),
            **_money(tool.cost),
            "contract": str(stated) if stated is not None and terms is None else None,
            **({f"contract.{k}": v for k, v in _terms(terms).items()} if terms else {}),
            "seats.paid": seats.paid if seats else None,
            "seats.active": seats.active if seats else None,
            "seats.price": _number(seats.price) if seats and seats.price is not None else None,
            "personal_data": _yes_no(tool.personal_data),
            "privacy.dpa": privacy.dpa if privacy else None,
            "privacy.hosted_in": self._list(privacy.hosted_in) if privacy else None,
            "privacy.transfer": privacy.transfer if privacy else None,
            "privacy.retention_days": privacy.retention_days if privacy else None,
            "data": _data(tool.data),
            "channels": self._weighted(tool.channels, "all"),
            "gated_by": self._tools(tool.gated_by),
            "integrations_known": tool.integrations_known,
            "fit.business": fit.business if fit else None,
            "fit.technical": fit.technical if fit else None,
            "url": self._url(tool.url),
            "notes": self._text(tool.notes),
            "reviewed": tool.reviewed,
            "disputed": self._text(tool.disputed),
        }

    def _flow(self, label: str, flow: Integration) -> Cells:
        direction = flow.node.get("direction") if flow.node is not None else flow.direction
        return {
            "id": label,
            "from": self._tools(flow.from_),
            "to": self._tools(flow.to),
            "direction": str(direction) if direction else None,
            "objects": self._list(flow.objects),
            "only": self._text(flow.only),
            "method": flow.method,
            "every": flow.every,
            "via": self._tools(flow.via),
            "match_on": self._list(flow.match_on),
            "field_owner": self._text(flow.field_owner),
            "gated_by": self._tools(flow.gated_by),
            "status": flow.status,
            "owner": self._list(flow.owner),
            "technical_owner": self._list(flow.technical_owner),
            "last_verified": flow.last_verified,
            "notes": self._text(flow.notes),
            "reviewed": flow.reviewed,
            "disputed": self._text(flow.disputed),
        }

    def _contract(self, contract: Contract) -> Cells:
        return {
            "id": contract.id,
            "vendor": self._text(contract.vendor),
            **_money(contract.cost),
            **_terms(contract),
            "owner": self._list(contract.owner),
            "notes": self._text(contract.notes),
        }

    # ---------------------------------------------------------------- values

    def _safe(self, text: str) -> bool:
        return text_without_secrets(text, Counter()) == text and len(text) <= CELL - 100

    def _text(self, text: str | None) -> str | None:
        if text is None or self._safe(text):
            return text
        self.kept_back += 1
        return None

    def _url(self, text: str | None) -> str | None:
        if text is not None and ("?" in text or "#" in text or "@" in text):
            self.kept_back += 1
            return None
        return self._text(text)

    def _list(self, values: Iterable[str] | None) -> str | None:
        if values is None:
            return None
        values = list(values)
        if any(";" in v or "\n" in v or "|" in v for v in values):
            self.kept_back += 1
            return None
        return self._text(SEPARATOR.join(values)) if values else "none"

    def _tools(self, refs: Iterable[str] | None) -> str | None:
        if refs is None:
            return None
        ids = [self.stack.tool_id(ref) or ref for ref in refs]
        return SEPARATOR.join(self.names.get(i, i) for i in ids) if ids else "none"

    @staticmethod
    def _weighted(values: Mapping[str, str] | None, usual: str) -> str | None:
        if values is None:
            return None
        each = [k if v == usual else f"{k} ({v})" for k, v in values.items()]
        return SEPARATOR.join(each) if each else "none"


def _money(cost: Cost | None) -> Cells:
    if cost is None:
        return {}
    low, high = cost.amount
    amount: Cell = _number(low) if low == high else f"{low}-{high}"
    return {"cost": amount, "cost_per": cost.per, "currency": cost.currency}


def _number(number: Decimal) -> float:
    return float(number)


def _terms(terms: Terms) -> Cells:
    return {
        "ends": terms.ends,
        "notice_days": terms.notice_days,
        "auto_renews": _yes_no(terms.auto_renews),
    }


def _yes_no(value: bool | None) -> str | None:
    return None if value is None else "yes" if value else "no"


def _data(data: Mapping[str, Any] | None) -> str | None:
    if data is None:
        return None
    each = [f"{thing}: {', '.join(roles)}" if roles else thing for thing, roles in data.items()]
    return SEPARATOR.join(each) if each else "none"
