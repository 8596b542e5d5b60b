"""The meaning of columns as a file: what was guessed is written, corrected, and used next time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from stackaudit.answering.sheet import flow as inline
from stackaudit.importers.model import Found, ImportFailure
from stackaudit.importers.spreadsheet.headers import Column, Table
from stackaudit.importers.spreadsheet.rows import Options
from stackaudit.importers.spreadsheet.vocabulary import TABLES
from stackaudit.importers.values import text_without_secrets
from stackaudit.source.problems import Problem
from stackaudit.source.tree import read_tree
from stackaudit.source.words import did_you_mean

KINDS: Final = (*TABLES, "payments", "ignore")
_OPTIONS: Final[dict[str, tuple[str, ...]]] = {
    "decimal": ("comma", "point"),
    "dates": ("day-first", "month-first"),
    "cost_per": ("year", "quarter", "month"),
}
_MONEY: Final = ("cost", "seats.price")


def keys_of(kind: str) -> list[str]:
    """Return what a column of a kind of list may be read as."""
    keys = {k.removeprefix("~") for k in TABLES.get(kind, TABLES["tools"]).values()}
    return sorted(keys | {"notes", "ignore", *(_MONEY if kind != "teams" else ())})


def read_mapping(data: bytes, name: str) -> dict[str, Any]:
    """Return a mapping file.

    Raises :class:`ImportFailure` naming the line of everything that is wrong with it.
    """
    tree, problems = read_tree(data, name)
    flaws = [p for p in problems if p.level == "error"]
    if not flaws and not isinstance(tree, dict):
        raise ImportFailure(
            f"{name} is no mapping of columns", "write one with --save-mapping FILE"
        )
    said = [_line(p) for p in flaws] or _flaws(tree)
    if said:
        raise ImportFailure(f"{name}: {'; '.join(said[:5])}", "see docs/importing/spreadsheets.md")
    made: dict[str, Any] = _plain(tree)
    return made


def _line(problem: Problem) -> str:
    return f"line {problem.mark.line}: {problem.message}"


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    return [_plain(v) for v in value] if isinstance(value, list) else value


def _flaws(tree: Any) -> list[str]:
    keys = ("stackaudit-mapping", "options", "sheets")
    found = [f"{k!r} is no key of it: options and sheets are" for k in tree if k not in keys]
    options = tree.get("options") or {}
    for key, value in options.items() if isinstance(options, dict) else ():
        if key == "currency":
            continue
        if key not in _OPTIONS:
            hint = did_you_mean(str(key), (*_OPTIONS, "currency"))
            found.append(f"{key!r} is no option {hint}".rstrip())
        elif value not in _OPTIONS[key]:
            found.append(f"option {key} is {' or '.join(_OPTIONS[key])}, not {value!r}")
    sheets = tree.get("sheets") or {}
    if not isinstance(sheets, dict):
        return [*found, "`sheets` must be a mapping from the name of a sheet to its columns"]
    for sheet, entry in sheets.items():
        if not isinstance(entry, dict):
            found.append(f"sheet {sheet!r} must say `kind` and `columns`")
            continue
        kind = str(entry.get("kind", "tools"))
        if kind not in KINDS:
            found.append(f"sheet {sheet!r}: kind {kind!r} is none of {', '.join(KINDS)}")
            continue
        columns = entry.get("columns") or {}
        for header, meant in columns.items() if isinstance(columns, dict) else ():
            key = meant.get("key") if isinstance(meant, dict) else meant
            if key not in keys_of(kind):
                hint = did_you_mean(str(key), keys_of(kind), f"known: {', '.join(keys_of(kind))}")
                found.append(f"column {header!r}: {key!r} is no key of {kind}; {hint}")
    return found


def options_of(mapping: Mapping[str, Any], currency: str | None) -> Options:
    """Return what a mapping says about all lists."""
    said = mapping.get("options") or {}
    order = {"day-first": "day", "month-first": "month"}.get(str(said.get("dates")))
    return Options(
        style=said.get("decimal"),
        order="day" if order == "day" else "month" if order == "month" else None,
        currency=said.get("currency") or currency,
        per=said.get("cost_per"),
    )


def sheet_of(mapping: Mapping[str, Any], name: str) -> Mapping[str, Any] | None:
    """Return what a mapping says about a sheet; ``*`` speaks for every other one."""
    sheets = mapping.get("sheets") or {}
    own = next((v for k, v in sheets.items() if str(k).casefold() == name.casefold()), None)
    found = own if own is not None else sheets.get("*")
    return found if isinstance(found, Mapping) else None


def guessed(tables: Sequence[Table]) -> dict[str, Any]:
    """Return what was guessed, as a mapping."""
    sheets = {}
    for table in tables:
        columns: dict[str, Any] = {}
        for column in table.columns:
            if column.header or column.key:
                columns[text_without_secrets(column.title, Counter())] = _written(column)
        sheets[table.sheet.name or "*"] = {"kind": table.kind, "columns": columns}
    return {"sheets": sheets}


def _written(column: Column) -> Any:
    if column.key in _MONEY and (column.per or column.currency):
        more = {"key": column.key, "per": column.per, "currency": column.currency}
        return {k: v for k, v in more.items() if v}
    return column.key or "ignore"


def mapping_text(founds: Sequence[Found], mapping: Mapping[str, Any]) -> str:
    """Return the text of a mapping file: what was guessed in all sources, and the options."""
    lines = [
        "# How the columns of a list are read; used with: stackaudit import LIST --mapping THIS",
        "# Correct what is wrong. `notes` keeps a column as notes, `ignore` leaves it out.",
        "stackaudit-mapping: 1",
        "options:",
    ]
    options = dict(mapping.get("options") or {})
    for key, choices in (*_OPTIONS.items(), ("currency", ("EUR", "USD"))):
        value = options.get(key)
        lines.append(f"  {key}: {value}" if value else f"  # {key}: {' or '.join(choices)}")
    lines.append("sheets:")
    seen: set[str] = set()
    for found in founds:
        for name, sheet in (found.mapping.get("sheets") or {}).items():
            if name in seen:
                lines.append(f"  # {inline(name)} of {found.source} is left out: named already")
                continue
            seen.add(name)
            lines += [f"  {inline(name)}:", f"    kind: {sheet['kind']}", "    columns:"]
            known = ", ".join(keys_of(sheet["kind"]))
            lines.append(f"      # known: {known}")
            lines += [f"      {inline(h)}: {inline(k)}" for h, k in sheet["columns"].items()]
    return "\n".join(lines) + "\n"
