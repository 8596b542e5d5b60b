"""Rows of lists of integrations, contracts and teams, and the sheet about the company."""

from __future__ import annotations

import re
from typing import Any

from stackaudit.catalogue.match import find_method, find_product, folded
from stackaudit.importers.model import Found, FoundContract, FoundIntegration
from stackaudit.importers.spreadsheet import words
from stackaudit.importers.spreadsheet.grid import Sheet, filled, shown
from stackaudit.importers.spreadsheet.headers import at, fold
from stackaudit.importers.spreadsheet.rows import Reader, Row
from stackaudit.importers.spreadsheet.toolrows import EXAMPLE
from stackaudit.importers.spreadsheet.vocabulary import COMPANY
from stackaudit.source.words import make_id

_BOTH = re.compile(r"\b(?:bi-?directional|both ways|two-?way|bidirektional)\b", re.IGNORECASE)


def _key(reader: Reader, name: str) -> str:
    """Return the key of the tool of the same list that a name means, or the name."""
    if words.key(name) in ("unknown", "unbekannt"):
        return "unknown"
    own, names = reader.tool_keys()
    return own.get(make_id(name)) or names.get(folded(name)) or name


def read_integrations(reader: Reader) -> None:
    """Read every row of a list of integrations."""
    examples = 0
    for number, row in reader.table.rows:
        own = reader.text(number, row, "id")
        if EXAMPLE.match(own):
            examples += 1
            continue
        _integration(reader, number, row, own)
    if examples:
        reader.found.note(f"{examples} example rows of integrations are passed over")
    reader.finish()


def _ends(reader: Reader, number: int, row: Row, key: str) -> list[str]:
    column = reader.table.column(key)
    value = reader.value(number, row, column) if column else None
    text = shown(value) if not isinstance(value, str) else value.strip()
    if words.key(text) in ("?", "unknown", "unbekannt"):
        return ["unknown"]
    if words.unknown(text):
        return []
    if folded(text) in reader.tool_keys()[1]:
        return [text]
    return words.several(text)


def _integration(reader: Reader, number: int, row: Row, own: str) -> None:
    found, place = reader.found, reader.place(number)
    sources, targets = _ends(reader, number, row, "from"), _ends(reader, number, row, "to")
    if not sources and not targets:
        return
    if not sources or not targets:
        said = (sources or targets)[0]
        found.left_out(f"an integration of {said} names only one end", place)
        return
    everything = [e for e in (*sources, *targets) if words.key(e) in words.EVERYBODY]
    if everything or (sources == ["unknown"] and targets == ["unknown"]):
        found.left_out(f"{sources[0]} -> {targets[0]} names no two tools", place)
        return
    facts = _flow_facts(reader, number, row)
    if facts is None:
        return
    if own:  # one record of an inventory, whatever the number of its ends
        sources, targets = sources[:1], targets[:1]
    for source in sources:
        for target in targets:
            flow = FoundIntegration(_key(reader, source), _key(reader, target), place, dict(facts))
            flow.id = own or None
            found.integrations.append(flow)


def _flow_facts(reader: Reader, number: int, row: Row) -> dict[str, Any] | None:
    notes: list[str] = []
    objects, strange = reader.objects(number, row, "objects")
    if strange:
        notes.append(f"Carries, in the list's words: {', '.join(strange)}")
        reader.say_once(
            f"objects: {', '.join(strange)!r} are no objects of the catalogue and became notes",
            reader.place(number),
        )
    via = reader.listed(number, row, "via")
    facts: dict[str, Any] = {
        "direction": reader.word(number, row, "direction", words.DIRECTION, "direction"),
        "objects": objects,
        "only": reader.text(number, row, "only") or None,
        "status": reader.word(number, row, "status", words.FLOW_STATUS, "status"),
        "match_on": reader.listed(number, row, "match_on"),
        "field_owner": reader.text(number, row, "field_owner") or None,
        "last_verified": reader.day(number, row, "last_verified"),
        "reviewed": reader.day(number, row, "reviewed"),
        "disputed": reader.text(number, row, "disputed") or None,
        "via": via if isinstance(via, str) else [_key(reader, v) for v in via],
    }
    if facts["direction"] is None and _BOTH.search(reader.text(number, row, "method")):
        facts["direction"] = "both-ways"
    gate = reader.listed(number, row, "gated_by")
    said = words.yes_no(gate[0]) if isinstance(gate, list) and len(gate) == 1 else None
    if gate and said is None:
        facts["gated_by"] = gate if isinstance(gate, str) else [_key(reader, v) for v in gate]
    for key in ("owner", "technical_owner"):
        facts[key] = reader.people(number, row, key)
    if not _manner(reader, number, row, facts, notes):
        return None
    for column in (*reader.table.all("name"), *reader.table.all("notes")):
        text = shown(at(row, column.index))
        if not words.unknown(text):
            notes.append(text)
    facts["notes"] = "; ".join(dict.fromkeys(notes))[:2000]
    return {k: v for k, v in facts.items() if v not in (None, "", [], {})}


def _manner(reader: Reader, number: int, row: Row, facts: dict[str, Any], notes: list[str]) -> bool:
    """Take how and how often data moves; False for a login, by which none does."""
    found, catalogue = reader.found, reader.catalogue
    every = reader.text(number, row, "every")
    if every:
        facts["every"] = words.interval(every)
        if facts["every"] is None:
            place = reader.place(number, reader.table.column("every"))
            found.ask(f"how often: {every!r} is not known; it was left out", place)
    method = reader.text(number, row, "method")
    if not method:
        return True
    known = find_method(catalogue, make_id(method)) or find_method(catalogue, method)
    known = known or words.word(words.METHOD, method)
    if known == "sso-only" and not reader.strict:
        found.left_out(f"{method!r} is a login and moves no data", reader.place(number))
        return False
    known = None if known == "none" else known
    product = find_product(catalogue, method).product
    if product is not None and not facts["via"] and known:
        facts["via"] = [_key(reader, method)]
    facts["method"] = known
    if known is None:
        notes.append(f"Method in the list: {method}")
        reader.say_once(f"method: {method!r} is not known and became a note", reader.place(number))
    return True


def read_contracts(reader: Reader) -> dict[str, FoundContract]:
    """Read every row of a list of contracts; returned by id."""
    found = reader.found
    made: dict[str, FoundContract] = {}
    keys = {t.key for t in found.tools}
    for number, row in reader.table.rows:
        own = reader.text(number, row, "id")
        vendor = reader.text(number, row, "vendor")
        place = reader.place(number)
        if EXAMPLE.match(own):
            continue
        if words.key(own or vendor) in words.TOTALS:
            found.left_out(f"{own or vendor!r} is a sum, not a contract", place)
            continue
        if not own and not vendor:
            if any(filled(v) for v in row):
                found.left_out("a row that names neither a contract nor a vendor", place)
            continue
        key = make_id(own or f"{vendor} contract")
        if key in made and not own:
            key = f"{key}-{number}"
        contract = FoundContract(key, place, _contract_facts(reader, number, row, vendor))
        for name in words.several(reader.text(number, row, "tools")):
            tool = _key(reader, name)
            if tool in keys:
                contract.tools.append(tool)
            elif find_product(reader.catalogue, name).kind != "none":
                found.ask(f"contract {own or vendor} covers {name}, which is on no list", place)
            else:
                found.left_out(f"contract {own or vendor}: {name!r} is no tool of the list", place)
        if key in made:
            found.ask(f"contract {own} stands in two rows; the first is kept", place)
            continue
        made[key] = contract
        found.contracts.append(contract)
    reader.finish()
    return made


def settle_contracts(found: Found) -> None:
    """Let terms and cost stand once where a contract covers a tool that states them too."""
    for contract in found.contracts:
        covered = [t for t in found.tools if t.key in contract.tools]
        for tool in covered:
            terms = tool.facts.get("contract")
            if isinstance(terms, dict) and all(
                contract.facts.get(k, v) == v for k, v in terms.items()
            ):
                contract.facts |= terms
                del tool.facts["contract"]
        cost = contract.facts.get("cost")
        with_cost = [t for t in covered if t.facts.get("cost") is not None]
        if cost is None or not with_cost:
            continue
        if len(covered) == 1 and _amount(with_cost[0].facts["cost"]) == _amount(cost):
            stated = with_cost[0].facts.pop("cost")
            contract.facts["cost"] = stated if isinstance(stated, dict) else cost


def _amount(cost: Any) -> tuple[Any, Any]:
    return (cost["amount"], cost.get("per")) if isinstance(cost, dict) else (cost, None)


def _contract_facts(reader: Reader, number: int, row: Row, vendor: str) -> dict[str, Any]:
    ends = reader.day(number, row, "ends")
    if ends is None and (column := reader.table.column("renews")) is not None:
        ends = reader.day(number, row, "renews")
        if ends:
            reader.say_once(
                f"column {column.title!r} is read as the end of the current term",
                reader.place(reader.table.header_row, column),
            )
    cost, _ = reader.cost(number, row, reader.table.all("cost"))
    notes = [shown(at(row, c.index)) for c in reader.table.all("notes") if filled(at(row, c.index))]
    facts: dict[str, Any] = {
        "vendor": vendor or None,
        "cost": cost,
        "ends": ends,
        "notice_days": reader.notice(number, row, "notice_days"),
        "auto_renews": reader.yes_no(number, row, "auto_renews", "auto-renewal"),
        "owner": reader.people(number, row, "owner"),
        "notes": "; ".join(n for n in notes if not words.unknown(n))[:2000],
    }
    return {k: v for k, v in facts.items() if v not in (None, "", [], {})}


def read_teams(reader: Reader) -> None:
    """Read every row of a list of teams."""
    for number, row in reader.table.rows:
        name = reader.text(number, row, "name")
        own = make_id(reader.text(number, row, "id"))
        if own.startswith("example") or (not name and not own):
            continue
        made = own or make_id(name)
        if made and made not in reader.found.teams:
            reader.found.teams[made] = name or made


def read_company(sheet: Sheet, found: Found) -> None:
    """Read the facts of the company: a label in one column, the value beside it."""
    for _, row in sheet.rows[:30]:
        label = COMPANY.get(fold(shown(at(row, 0))))
        value = shown(at(row, 1))
        if label in ("name", "currency", "profile", "size") and not words.unknown(value):
            found.company[label] = value
