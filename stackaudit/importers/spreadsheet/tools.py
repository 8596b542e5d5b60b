"""Rows of a list of tools."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import Any, Final

from stackaudit.catalogue.match import find_product, find_region, folded
from stackaudit.importers.model import FoundContract, FoundIntegration, FoundTool
from stackaudit.importers.spreadsheet import words
from stackaudit.importers.spreadsheet.grid import Value, filled, shown
from stackaudit.importers.spreadsheet.headers import Column, at, fold
from stackaudit.importers.spreadsheet.money import Money, plain
from stackaudit.importers.spreadsheet.rows import (
    Reader,
    Row,
    constant,
    known_name,
    object_of,
    price_of_a_year,
)
from stackaudit.importers.spreadsheet.vocabulary import CAPABILITIES, REGIONS
from stackaudit.source.words import make_id

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
        for numbers in self.rows_of.values():
            if len(numbers) > 1:
                named = ", ".join(map(str, numbers[:6]))
                name = next(t.name for t in self.found.tools if t.place == self._spot(numbers[0]))
                self.found.ask(
                    f"{name} stands in several rows ({named}) and is read as one tool",
                    self._spot(numbers[1]),
                    "for a second account on purpose give each an `instance`",
                )
        if self.examples:
            self.found.note(f"{self.examples} example rows of the template are passed over")
        self.reader.finish()

    def _spot(self, number: int) -> Any:
        return self.reader.place(number)

    # ---------------------------------------------------------------- which columns, which rows

    def _cost_columns(self) -> list[Column]:
        """Return the columns of money in the order of worth: a year's before a month's, latest first."""
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
            name = reader.text(number, row, "vendor") if self._says_more(number, row) else ""
        own = reader.text(number, row, "id")
        if EXAMPLE.match(own) or (EXAMPLE.match(name) and ":" in name):
            self.examples += 1
            return
        place = reader.place(number)
        if not name:
            if self._says_more(number, row):
                said = ", ".join(shown(v) for v in row if filled(v))[:80]
                self.found.left_out(f"a row without the name of a tool: {said}", place)
            return
        if words.key(name).rstrip(":") in words.TOTALS:
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

    def _says_more(self, number: int, row: Row) -> bool:
        known = [
            c for c in self.table.columns if c.key not in (None, "ignore", "notes", "category")
        ]
        return any(not words.unknown(shown(at(row, c.index))) for c in known if c is not self.name)

    def _title(self, number: int, row: Row, name: str) -> bool:
        if self.name is None or len(self.table.columns) < 3:
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

    def _facts(self, number: int, row: Row, tool: FoundTool, alone: bool) -> dict[str, Any]:
        reader = self.reader
        facts: dict[str, Any] = {}
        notes: list[str] = []
        for key, table, what in (
            ("status", words.TOOL_STATUS, "status"),
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
        for key in ("scopes", "gated_by"):
            facts[key] = reader.listed(number, row, key) or None
        known = reader.text(number, row, "integrations_known").casefold()
        facts["integrations_known"] = known if known in ("complete", "partial", "none") else None
        self._people(number, row, facts)
        self._purpose(number, row, tool, facts, notes)
        facts["privacy"] = self._privacy(number, row)
        fit = {
            part: reader.count(number, row, f"fit.{part}", f"{part} fit")
            for part in ("business", "technical")
        }
        facts["fit"] = {part: rating for part, rating in fit.items() if rating is not None}
        if alone:
            self._money(number, row, tool, facts, notes)
            self._terms(number, row, tool, facts)
        facts["notes"] = self._notes(number, row, notes)
        names = words.several(reader.text(number, row, "integrates"))
        if names and not words.stated_none(names[0]):
            self.connected.append((tool, number, names))
        return {k: v for k, v in facts.items() if v not in (None, "", [], {})}

    def _people(self, number: int, row: Row, facts: dict[str, Any]) -> None:
        for key in ("owner", "technical_owner"):
            facts[key] = self.reader.people(number, row, key)
        team = self.reader.text(number, row, "team")
        facts["team"] = team if words.key(team) not in words.EVERYBODY else None
        used = words.several(self.reader.text(number, row, "used_by"))
        column = self.table.column("seats.users")
        users = self.reader.text(number, row, "seats.users")
        if column and users and not re.search(r"\d", users) and not used:
            used = words.several(users)
        everybody = [u for u in used if words.key(u) in words.EVERYBODY]
        if everybody:
            self.reader.say_once(
                f"used by {everybody[0]!r}: everybody is no team and was left out",
                self.reader.place(number),
            )
        facts["used_by"] = [u for u in used if u not in everybody]
        if used and words.stated_none(used[0]):
            facts["used_by"] = "none"

    def _purpose(
        self, number: int, row: Row, tool: FoundTool, facts: dict[str, Any], notes: list[str]
    ) -> None:
        """Capabilities, data objects and channels; a category counts only for an unknown product."""
        reader, catalogue = self.reader, self.reader.catalogue
        strengths: dict[str, str] = {}
        named = reader.listed(number, row, "capabilities")
        facts["capabilities"] = named if isinstance(named, str) else None
        for part in named if isinstance(named, list) else ():
            match = re.match(r"(.*?)\s*\((primary|secondary|unused)\)$", part, re.IGNORECASE)
            name, strength = (match[1], match[2].lower()) if match else (part, "primary")
            strengths[self._capability(name) or name] = strength
        if strengths:
            plain_list = set(strengths.values()) == {"primary"}
            facts["capabilities"] = list(strengths) if plain_list else strengths
        category = reader.text(number, row, "category")
        if category and not strengths:
            names = [tool.name, *tool.known_as]
            if not any(known_name(catalogue, n) for n in names):
                found = [self._capability(p) for p in words.several(category)]
                if all(found) and found:
                    facts["capabilities"] = found
                else:
                    notes.append(f"Category in the list: {category}")
        data: dict[str, list[str]] = {}
        text = reader.text(number, row, "data")
        for part in words.several(text, comma=False):
            thing, colon, roles = part.partition(":")
            made = object_of(catalogue, thing)
            if (
                colon
                and made
                and all(
                    r in ("capture", "store", "activate", "measure") for r in words.several(roles)
                )
            ):
                data[made] = words.several(roles)
            elif not words.stated_none(text):
                self.found.left_out(
                    f"data {part!r} is not written as `contact: store, activate`",
                    reader.place(number, self.table.column("data")),
                )
        facts["data"] = "none" if words.stated_none(text) else data
        channels = reader.listed(number, row, "channels")
        if isinstance(channels, str):
            facts["channels"] = channels
        elif channels:
            uses = {}
            for part in channels:
                match = re.match(r"(.*?)\s*\(transactional\)$", part, re.IGNORECASE)
                uses[make_id(match[1] if match else part)] = "transactional" if match else "all"
            strange = [u for u in uses if u not in catalogue.channels]
            if strange:
                place = reader.place(number, self.table.column("channels"))
                self.found.left_out(f"channels: {', '.join(strange)} are not known", place)
            uses = {u: use for u, use in uses.items() if u not in strange}
            facts["channels"] = list(uses) if set(uses.values()) == {"all"} else uses

    def _capability(self, text: str) -> str | None:
        made = make_id(text)
        for capability in self.reader.catalogue.capabilities.values():
            brief = capability.name.partition("(")[0].partition(":")[0]
            if made in (capability.id, make_id(capability.name), make_id(brief)):
                return capability.id
        return CAPABILITIES.get(fold(text))

    def _privacy(self, number: int, row: Row) -> dict[str, Any]:
        reader = self.reader
        hosts = []
        for part in words.several(reader.text(number, row, "privacy.hosted_in")):
            known = find_region(reader.catalogue, part) is not None
            name = part if known else REGIONS.get(fold(part), part)
            if not known and find_region(reader.catalogue, name) is None:
                inside = [w for w in re.split(r"[\s()/-]+", part) if len(w) > 1]
                near = [
                    r
                    for w in inside
                    if find_region(reader.catalogue, r := REGIONS.get(fold(w), w)) is not None
                ]
                name = near[0] if len(set(near)) == 1 else ""
            if name:
                hosts.append(name)
            else:
                place = reader.place(number, self.table.column("privacy.hosted_in"))
                self.found.ask(f"hosted in {part!r}: which country or region is it?", place)
        column = self.table.column("privacy.retention_days")
        days = None
        if column is not None:
            value = reader.value(number, row, column)
            days = int(value) if isinstance(value, int | float) else None
            if isinstance(value, str):
                days = reader.notice(number, row, "privacy.retention_days")
        privacy = {
            "dpa": reader.word(number, row, "privacy.dpa", words.AGREEMENT, "processing agreement"),
            "hosted_in": hosts[0] if len(hosts) == 1 else hosts,
            "transfer": reader.word(number, row, "privacy.transfer", words.TRANSFER, "transfer"),
            "retention_days": days,
        }
        return {k: v for k, v in privacy.items() if v not in (None, [])}

    def _notes(self, number: int, row: Row, made: list[str]) -> str:
        for column in self.table.all("notes"):
            value = at(row, column.index)
            text = shown(value)
            if filled(value) and not words.unknown(text):
                own = fold(column.header) in (
                    "notes",
                    "note",
                    "comment",
                    "comments",
                    "bemerkung",
                    "bemerkungen",
                    "kommentar",
                    "notizen",
                    "remarks",
                )
                made.append(text if own else f"{column.title}: {text}")
        return "; ".join(made)[:2000]

    # ---------------------------------------------------------------- money, seats, contracts

    def _money(
        self, number: int, row: Row, tool: FoundTool, facts: dict[str, Any], notes: list[str]
    ) -> None:
        reader = self.reader
        seats: dict[str, Any] = {
            "paid": reader.count(number, row, "seats.paid", "seats"),
            "active": reader.count(number, row, "seats.active", "active users"),
        }
        column = self.table.column("seats.users")
        users = reader.text(number, row, "seats.users")
        if column is not None and re.search(r"\d", users):
            count = reader.count(number, row, "seats.users", "users")
            if count is not None and self.table.column("seats.paid") is None:
                seats["paid"] = count
                reader.say_once(
                    f"column {column.title!r} is read as seats paid for: if it means people who log "
                    "in, map it to seats.active",
                    reader.place(self.table.header_row, column),
                )
            elif count is not None:
                notes.append(f"{column.title}: {count}")
        assigned = self.table.column("seats.assigned")
        if assigned is not None and reader.text(number, row, "seats.assigned"):
            notes.append(f"{assigned.title}: {reader.text(number, row, 'seats.assigned')}")
        if self._joint_cost(number, row):
            facts["seats"] = {k: v for k, v in seats.items() if v is not None}
            return
        cost, price = reader.cost(number, row, self.costs)
        facts["cost"] = cost
        if price is not None:
            self._price(number, tool, price, seats, notes, cost)
        facts["seats"] = {k: v for k, v in seats.items() if v is not None}

    def _price(
        self,
        number: int,
        tool: FoundTool,
        price: Money,
        seats: dict[str, Any],
        notes: list[str],
        cost: Any,
    ) -> None:
        """Take the price of a seat where the seats and the period are known; else ask."""
        year, place = price_of_a_year(price), self.reader.place(number)
        currency = price.currency or ""
        stated = cost.get("currency") if isinstance(cost, dict) else None
        base = stated or self.reader.own_currency
        amount = f"{price.amount} {currency}".strip()
        if year is None:
            notes.append(f"Price of a seat: {amount}")
            self.found.ask(
                f"{tool.name}: is {amount} a seat the price of a month or a year?", place
            )
            return
        paid = seats.get("paid")
        if not paid or (currency and base and currency != base):
            notes.append(f"Price of a seat: {amount} a {price.per}")
            why = (
                "how many seats are paid for?" if not paid else "what is it in the cost's currency?"
            )
            self.found.ask(f"{tool.name}: a seat costs {amount} a {price.per}; {why}", place)
            return
        seats["price"] = year
        if cost is None:
            whole = plain(int(paid) * _number(year))
            self.found.ask(
                f"{tool.name}: {paid} seats at {year} {currency} a year would come to {whole}; "
                f"is that its cost? Only the price of a seat was taken",
                place,
            )

    def _joint_cost(self, number: int, row: Row) -> bool:
        """Tell whether the cost cell of a row is merged with those of other rows, and ask once."""
        joined = self.table.sheet.joined
        for column in self.costs:
            mine = joined.get((number, column.index), (number, column.index))
            block = [
                r
                for (r, c), a in joined.items()
                if a == mine and c == column.index and r != mine[0]
            ]
            if not block:
                continue
            if number == mine[0]:
                rows = [number, *sorted(block)]
                self.found.ask(
                    f"one cost ({shown(at(row, column.index))}) stands for rows {rows[0]} to "
                    f"{rows[-1]}: is it one contract over these tools? It was given to none",
                    self.reader.place(number, column),
                )
            return True
        return False

    def _terms(self, number: int, row: Row, tool: FoundTool, facts: dict[str, Any]) -> None:
        reader = self.reader
        ends = reader.day(number, row, "contract.ends")
        renews = reader.day(number, row, "contract.renews") if ends is None else None
        column = self.table.column("contract.renews")
        if ends is None and renews is not None and column is not None:
            ends = renews
            reader.say_once(
                f"column {column.title!r} is read as the end of the current term",
                reader.place(self.table.header_row, column),
            )
        terms = {
            "ends": ends,
            "notice_days": reader.notice(number, row, "contract.notice_days"),
            "auto_renews": reader.yes_no(number, row, "contract.auto_renews", "auto-renewal"),
        }
        terms = {k: v for k, v in terms.items() if v is not None}
        named = reader.text(number, row, "contract")
        if named and words.stated_none(named):
            facts["contract"] = "none"
        elif named and words.yes_no(named) is None and make_id(named):
            self.references[make_id(named)].append((tool, number))
            if make_id(named) in self.contracts:
                return
        if terms and facts.get("contract") is None:
            facts["contract"] = terms

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


def _number(text: str) -> Any:
    from decimal import Decimal

    return Decimal(text)
