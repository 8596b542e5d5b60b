"""Rows of a list of tools."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import Any, Final

from stackaudit.catalogue.match import find_product, folded
from stackaudit.importers.model import FoundContract, FoundIntegration, FoundTool
from stackaudit.importers.spreadsheet import words
from stackaudit.importers.spreadsheet.grid import Value, filled, shown
from stackaudit.importers.spreadsheet.headers import Column, at, fold
from stackaudit.importers.spreadsheet.purpose import notes_of, people, privacy, purpose
from stackaudit.importers.spreadsheet.rows import (
    Reader,
    Row,
    constant,
    known_name,
)
from stackaudit.importers.spreadsheet.spending import money_of, terms_of
from stackaudit.importers.spreadsheet.vocabulary import CAPABILITIES

EXAMPLE: Final = re.compile(r"(example|beispiel)\b", re.IGNORECASE)
"""Begins the id of a row that only shows how the template is filled in."""


def read_tools(reader: Reader, contracts: dict[str, FoundContract]) -> None:
    """Read every row of a list of tools into what was found.

    ``contracts`` are those of a sheet of contracts, by id; tools that name one are put under it.
    """
    _Tools(reader, contracts).run()


class _Tools:
    def __init__(self, reader: Reader, contracts: dict[str, FoundContract]) -> None:
        self.reader = reader
        self.table = reader.table
        self.found = reader.found
        self.contracts = contracts
        self.name = self.table.column("name") or self.table.column("vendor")
        self.costs = self._cost_columns()
        self.rows_of: dict[str, list[int]] = defaultdict(list)
        self.examples = 0
        self.references: dict[str, list[tuple[FoundTool, int]]] = defaultdict(list)
        self.connected: list[tuple[FoundTool, int, list[str]]] = []

    def run(self) -> None:
        rows = self._unrepeated()
        for number, row in rows:
            self._row(number, row)
        self._integrations()
        self._contract_references()
        names = {t.place: t.name for t in self.found.tools}
        for numbers in self.rows_of.values():
            if len(numbers) > 1:
                named = ", ".join(map(str, numbers[:6]))
                name = names[self._spot(numbers[0])]
                self.found.ask(
                    f"{name} stands in several rows ({named}) and is read as one tool",
                    self._spot(numbers[1]),
                    "for a second account on purpose give each an `instance`",
                )
        if self.examples:
            many = "row of a template is" if self.examples == 1 else "rows of a template are"
            self.found.note(f"{self.examples} example {many} passed over")
        self.reader.finish()

    def _spot(self, number: int) -> Any:
        return self.reader.place(number)

    # ---------------------------------------------------------------- which columns, which rows

    def _cost_columns(self) -> list[Column]:
        """Return the columns of money: a year's before a month's, the latest first."""
        costs = self.table.all("cost")
        order = {"year": 0, None: 1, "quarter": 2, "month": 3}

        def newest(column: Column) -> int:
            years = [int(y) for y in re.findall(r"20\d\d", column.header)]
            return -max(years, default=0)

        costs.sort(key=lambda c: (order[c.per], newest(c), c.index))
        for other in costs[1:]:
            self.found.note(
                f"column {other.title!r} holds money too and counts only where "
                f"{costs[0].title!r} is empty",
                self.reader.place(self.table.header_row, other),
            )
        return [*self.table.all("seats.price"), *costs]

    def _unrepeated(self) -> list[tuple[int, list[Value]]]:
        """Return the rows, or one for each tool where the list has a row for each of its users."""
        rows = self.table.rows
        if self.name is None or self.table.saved:
            return rows
        names = [fold(shown(at(r, self.name.index))) for _, r in rows]
        named = Counter(n for n in names if n)
        if len(rows) < 8 or not named or len(rows) < 3 * len(named):
            return rows
        groups: dict[str, list[tuple[int, list[Value]]]] = defaultdict(list)
        for name, entry in zip(names, rows, strict=True):
            if name:
                groups[name].append(entry)
        width = max(len(r) for _, r in rows)
        made = []
        for entries in groups.values():
            number, first = entries[0]
            made.append(
                (
                    number,
                    [
                        at(first, i) if constant([at(r, i) for _, r in entries]) else None
                        for i in range(width)
                    ],
                )
            )
        self.found.note(
            f"{len(rows)} rows name {len(groups)} tools: each is taken once, with what all of its "
            "rows say alike"
        )
        return made

    # ---------------------------------------------------------------- one row

    def _row(self, number: int, row: Row) -> None:
        reader = self.reader
        name = reader.text(number, row, self.name.key or "name") if self.name else ""
        if self.name is not None and self.name.key == "name" and not name:
            name = reader.text(number, row, "vendor") if self._says_more(row) else ""
        own = reader.text(number, row, "id")
        if EXAMPLE.match(own) or (EXAMPLE.match(name) and ":" in name):
            self.examples += 1
            return
        place = reader.place(number)
        if not name:
            if self.name and words.placeholder(shown(at(row, self.name.index))):
                self.examples += 1
                return
            if self._says_more(row):
                said = ", ".join(shown(v) for v in row if filled(v))[:80]
                self.found.left_out(f"a row without the name of a tool: {said}", place)
            return
        if words.is_sum(name) and not known_name(reader.catalogue, name):
            self.found.left_out(f"{name!r} is a sum, not a tool", place)
            return
        if self._title(number, row, name):
            self.found.left_out(f"{name!r} looks like a title over rows, not a tool", place)
            return
        name = " ".join(name.split())
        if len(name) > 120:
            self.found.left_out(f"{name[:60]!r}… is too long for the name of a tool", place)
            return
        parts = self._several_tools(name)
        for part in parts:
            vendor = reader.text(number, row, "vendor")
            tool = FoundTool(f"{self.table.sheet.name}#{number}#{part}", part, place)
            tool.id = own or None
            tool.product = self._product(number, row)
            if vendor and fold(vendor) != fold(part) and len(parts) == 1:
                tool.known_as = (f"{vendor} {part}",)
            tool.facts = self._facts(number, row, tool, alone=len(parts) == 1)
            self.found.tools.append(tool)
            instance = fold(str(tool.facts.get("instance", "")))
            if len(parts) == 1:
                self.rows_of[f"{own or folded(part)}/{instance}"].append(number)
        if len(parts) > 1:
            self.found.note(
                f"{name!r} is read as {len(parts)} tools; cost, seats and contract of the row are "
                "left to you",
                place,
            )

    def _product(self, number: int, row: Row) -> str | None:
        """Return the product that a cell names by id or name, or ``none``."""
        text = self.reader.text(number, row, "product")
        if not text or words.stated_none(text):
            return "none" if text else None
        product = find_product(self.reader.catalogue, text).product
        if product is None:
            place = self.reader.place(number, self.table.column("product"))
            self.found.left_out(f"product {text!r} is none of the catalogue", place)
        return product.id if product else None

    def _says_more(self, row: Row) -> bool:
        known = [
            c for c in self.table.columns if c.key not in (None, "ignore", "notes", "category")
        ]
        return any(not words.unknown(shown(at(row, c.index))) for c in known if c is not self.name)

    def _title(self, number: int, row: Row, name: str) -> bool:
        if self.name is None or len(self.table.columns) < 3 or not self.reader.titles:
            return False
        if any(filled(v) for i, v in enumerate(row) if i != self.name.index):
            return False
        if name.endswith(":"):
            return True
        if known_name(self.reader.catalogue, name):
            return False
        across = self.table.sheet.joined.get((number, self.name.index + 1)) == (
            number,
            self.name.index,
        )
        known = {fold(c.name) for c in self.reader.catalogue.capabilities.values()}
        known |= {fold(d.name) for d in self.reader.catalogue.domains.values()} | set(CAPABILITIES)
        return across or fold(name) in known

    def _several_tools(self, name: str) -> list[str]:
        """Return the tools a cell names, where each part of it is a product of its own."""
        if known_name(self.reader.catalogue, name) or not re.search(r"[,;/&+\n|]", name):
            return [name]
        parts = [p.strip() for p in re.split(r"[,;/&+\n|]", name) if p.strip()]
        products = [find_product(self.reader.catalogue, p).product for p in parts]
        if len(parts) < 2 or any(p is None for p in products):
            return [name]
        return parts if len({p.id for p in products if p}) == len(parts) else [name]

    # ---------------------------------------------------------------- facts

    def _status(self, number: int, row: Row) -> str | None:
        """Return the status; a tick under ``Active`` is one too, none there is asked about."""
        column = self.table.column("status")
        said = words.yes_no(self.reader.text(number, row, "status"))
        if said is True and column is not None:
            return "live"
        return self.reader.word(number, row, "status", words.TOOL_STATUS, "status")

    def _facts(self, number: int, row: Row, tool: FoundTool, alone: bool) -> dict[str, Any]:
        reader = self.reader
        facts: dict[str, Any] = {}
        notes: list[str] = []
        facts["status"] = self._status(number, row)
        for key, table, what in (
            ("kind", words.KIND, "kind"),
            ("environment", words.ENVIRONMENT, "environment"),
        ):
            facts[key] = reader.word(number, row, key, table, what)
        facts["instance"] = reader.text(number, row, "instance") or None
        facts["retires_on"] = reader.day(number, row, "retires_on")
        facts["reviewed"] = reader.day(number, row, "reviewed")
        facts["personal_data"] = reader.yes_no(number, row, "personal_data", "personal data")
        for key in ("url", "disputed", "runs_inside"):
            facts[key] = reader.text(number, row, key) or None
        facts["gated_by"] = reader.listed(number, row, "gated_by") or None
        scopes = reader.listed(number, row, "scopes")
        if isinstance(scopes, list) and not reader.strict:  # the whole company is what is assumed
            scopes = [] if any(words.key(s) in words.EVERYBODY for s in scopes) else scopes
        facts["scopes"] = scopes or None
        known = reader.text(number, row, "integrations_known").casefold()
        facts["integrations_known"] = known if known in ("complete", "partial", "none") else None
        people(self.reader, number, row, facts)
        purpose(self.reader, number, row, tool, facts, notes)
        facts["privacy"] = privacy(self.reader, number, row)
        fit = {
            part: reader.count(number, row, f"fit.{part}", f"{part} fit")
            for part in ("business", "technical")
        }
        facts["fit"] = {part: rating for part, rating in fit.items() if rating is not None}
        if alone:
            money_of(self.reader, self.costs, number, row, tool, facts, notes)
            named = terms_of(self.reader, number, row, facts, self.contracts)
            if named:
                self.references[named].append((tool, number))
        facts["notes"] = notes_of(self.reader, row, notes)
        names = words.several(reader.text(number, row, "integrates"))
        if names and not words.stated_none(names[0]):
            self.connected.append((tool, number, names))
        return {k: v for k, v in facts.items() if v not in (None, "", [], {})}

    # ---------------------------------------------------------------- money, seats, contracts

    def _contract_references(self) -> None:
        """Put tools under the contract they name: one of the sheet, or one that several share."""
        for made, tools in self.references.items():
            contract = self.contracts.get(made)
            if contract is None and len(tools) > 1:
                first, number = tools[0]
                contract = FoundContract(made, self.reader.place(number))
                terms = [t.facts.get("contract") for t, _ in tools]
                if constant(terms) and isinstance(terms[0], dict):
                    contract.facts = dict(terms[0])
                    for tool, _ in tools:
                        tool.facts.pop("contract", None)
                elif any(terms):
                    continue  # rows that differ keep their own terms
                self.contracts[made] = contract
                self.found.contracts.append(contract)
                del first
            if contract is not None:
                contract.tools += [t.key for t, _ in tools if t.key not in contract.tools]

    def _integrations(self) -> None:
        """Take what a tool is said to be integrated with; which way data goes is not said."""
        by_name = {folded(t.name): t.key for t in self.found.tools}
        for tool, number, names in self.connected:
            for name in names:
                key = by_name.get(folded(name))
                if key is None and known_name(self.reader.catalogue, name):
                    key = name
                place = self.reader.place(number, self.table.column("integrates"))
                if key is None:
                    self.found.left_out(f"{tool.name} with {name!r}: no known tool", place)
                elif key != tool.key:
                    pair = {tool.key, key}
                    if any({f.from_, f.to} == pair for f in self.found.integrations):
                        continue
                    flow = FoundIntegration(tool.key, key, place, {"direction": "unknown"})
                    self.found.integrations.append(flow)
