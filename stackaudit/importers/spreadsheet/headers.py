"""From the cells of a sheet to its columns: which row is the header, and what each column means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from stackaudit.importers.spreadsheet.dates import read_day
from stackaudit.importers.spreadsheet.grid import Sheet, Value, column_letter, filled, shown
from stackaudit.importers.spreadsheet.money import Per, currency_of, period_of
from stackaudit.importers.spreadsheet.vocabulary import NAMED, NOT_TOOLS, SHEETS, TABLES

_NOT_WORD = re.compile(r"[^\w]+", re.UNICODE)
_COST = re.compile(
    r"\b(costs?|price|pricing|spend(ing)?|fees?|kosten|jahreskosten|monatskosten|lizenzkosten"
    r"|gesamtkosten"
    r"|toolkosten|preis|gebühr(en)?|betrag|amount|acv|arr|tcv|subscription cost|ausgaben"
    r"|aufwand"
    r"|invoice amount|net amount|nettobetrag|bruttobetrag|contract value|vertragswert|coût|prix"
    r"|costo"
    r"|annual value|jahrespreis|monatspreis|softwarekosten|lizenzgebühr(en)?|expense"
    r"|total paid)\b"
)
_NOT_COST = re.compile(
    r"\b(cent(er|re)|kostenstelle|kostenart|owner|model|modell|holder|code|type|category|notes?"
    r"|account|status"
    r"|per|trend|increase|comment|approver|split|allocation|to)\b"
)
_PER_SEAT = re.compile(
    r"(?:per|pro|je|/)\s*(?:user|seat|licen[cs]e|nutzer|lizenz|agent|member)|seat price"
    r"|price per|user price"
    r"|einzelpreis|unit price|stückpreis|lizenzpreis"
)
_OTHER_YEAR = re.compile(
    r"\b(20\d\d|fy\s?\d\d(?:\d\d)?|last year|vorjahr|previous|prior|forecast|plan|ytd|old)\b"
)
HEAD_ROWS: Final = 40
"""Rows from the top among which the header is looked for."""


@dataclass(slots=True)
class Column:
    """One column of a list."""

    index: int
    header: str
    key: str | None
    """What it holds, ``cost``, ``contract.ends``; ``notes`` or ``ignore``; None: nobody knows."""
    per: Per | None = None
    currency: str | None = None
    why: str = ""
    """How the meaning was found, where it was not the header's own words."""

    @property
    def title(self) -> str:
        """Return the header, or the letter of a column that has none."""
        return self.header or f"column {column_letter(self.index)}"


@dataclass(slots=True)
class Table:
    """A sheet understood as a list: its kind, its columns, and its rows."""

    sheet: Sheet
    kind: str
    columns: list[Column]
    header_row: int = 0
    """The row of the header as a person sees it; 0: there is none."""
    rows: list[tuple[int, list[Value]]] = field(default_factory=list)
    turned: bool = False
    """Rows and columns were swapped."""
    saved: bool = False
    """The meaning of the columns comes from a saved mapping."""

    def column(self, key: str) -> Column | None:
        """Return the first column of a key."""
        return next((c for c in self.columns if c.key == key), None)

    def all(self, key: str) -> list[Column]:
        """Return every column of a key."""
        return [c for c in self.columns if c.key == key]

    def cells(self, column: Column) -> list[Value]:
        """Return the filled cells of a column."""
        return [v for _, row in self.rows if filled(v := at(row, column.index))]


def at(row: Sequence[Value], index: int) -> Value:
    """Return a cell; None beyond the end of the row."""
    return row[index] if index < len(row) else None


def fold(header: str) -> str:
    """Return a header as the vocabulary has it."""
    text = unicodedata.normalize("NFKC", header).casefold()
    return " ".join(_NOT_WORD.sub(" ", text.replace("_", " ")).split())


@lru_cache(maxsize=8192)
def meaning(kind: str, header: str) -> tuple[str | None, Per | None, str | None, str]:
    """Return the key a header means in a kind of list, its period, currency, and how that is."""
    table = TABLES[kind]
    folded = fold(header)
    if not folded and not currency_of(header):
        return None, None, None, ""
    if folded in table:
        return table[folded], None, None, ""
    if kind in ("tools", "contracts"):
        money = _money(header, folded)
        if money is not None:
            return money
    inside = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", header)
    brief = fold(inside)
    if brief and brief in table:
        return table[brief], None, None, ""
    for part in re.split(r"\s*[/|,(\n]\s*|\s+-\s+", header):
        if fold(part) in table and not table[fold(part)].startswith("~"):
            return table[fold(part)], None, None, "by a part of its header"
    if folded.endswith(("name", "date")) and (short := folded.rsplit(" ", 1)[0]) in table:
        return table[short], None, None, "by a part of its header"
    near = _nearest(brief or folded, table)
    return (near, None, None, "by a likeness of its header") if near else (None, None, None, "")


def _money(header: str, folded: str) -> tuple[str | None, Per | None, str | None, str] | None:
    lower = header.casefold()
    currency, per = currency_of(header), period_of(lower.replace("_", " "))
    seat = _PER_SEAT.search(lower)
    cost = _COST.search(folded)
    if seat and (cost or "price" in folded or "preis" in folded):
        return "seats.price", per, currency, ""
    without = folded.replace("per year", "").replace("per month", "").replace("per annum", "")
    without = without.replace("per quarter", "")
    if cost and not _NOT_COST.search(without):
        if _OTHER_YEAR.search(folded) and re.search(
            r"last year|vorjahr|previous|prior|old", folded
        ):
            return None, None, None, ""
        return "cost", _whole(folded, per), currency, ""
    bare = re.sub(
        r"\b(year|yr|yearly|annual|annually|month|monthly|quarter|quarterly|per|pa|p a|p m|mo|jahr"
        r"|monat|jährlich|monatlich|pro|in|usd|eur|gbp|chf|[a-z]{3})\b|[$€£]",
        "",
        folded,
    ).strip()
    if not bare and (
        currency or (per and folded not in ("month", "year", "quarter", "monat", "jahr"))
    ):
        return "cost", per, currency, ""
    return None


def _whole(folded: str, per: Per | None) -> Per | None:
    if per is None and re.search(r"\bjahreskosten|\bjahrespreis|\bacv\b|\barr\b", folded):
        return "year"
    if per is None and re.search(r"\bmonatskosten|\bmonatspreis|\bmrr\b", folded):
        return "month"
    if per is None and re.search(r"kosten jahr|cost year|costs year", folded):
        return "year"
    if per is None and re.search(r"kosten monat|cost month|costs month", folded):
        return "month"
    return per


def _nearest(folded: str, table: Mapping[str, str]) -> str | None:
    if len(folded) < 5:
        return None
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extractOne

    spelled = [s for s in table if abs(len(s) - len(folded)) <= 2 and not table[s].startswith("~")]
    found = extractOne(
        folded, spelled, scorer=OSA.distance, score_cutoff=1 if len(folded) < 9 else 2
    )
    return table[found[0]] if found else None


# -------------------------------------------------------------------- the header's row


def find_table(sheet: Sheet, kinds: Sequence[str], hint: str | None) -> Table | None:
    """Return a sheet as a list of one of the kinds, or None where no header can be found.

    ``hint`` is the kind that the name of the sheet speaks for.
    """
    best: tuple[float, int, str, list[Column], int] | None = None
    rows = sheet.rows[:HEAD_ROWS]
    for place, (number, row) in enumerate(rows):
        texts = [shown(v) if isinstance(v, str) else "" for v in row]
        if not any(texts) or (
            len([t for t in texts if t]) == 1
            and len(row) > 1
            and place + 1 < len(rows)
            and len(rows[place + 1][1]) > 1
        ):
            continue
        above = rows[place - 1] if place else None
        for kind in kinds:
            wide = [*texts, *([""] * (len(above[1]) - len(texts)))] if above else texts
            columns = _columns(kind, wide, _group(sheet, above, len(wide)))
            score = _score(kind, columns, texts)
            score += 0.5 if kind == hint and score else 0
            if kind == "integrations" and score and _are_days(sheet, place, columns):
                continue  # from and to of a contract's term
            if score > 0 and (best is None or score > best[0]):
                best = (score, place, kind, columns, number)
    if best is None:
        return None
    _, place, kind, columns, number = best
    _deduplicate(columns, sheet, place)
    data = [r for r in sheet.rows[place + 1 :] if not _same_header(r[1], columns)]
    return Table(sheet, kind, columns, number, data)


def _are_days(sheet: Sheet, place: int, columns: Sequence[Column]) -> bool:
    """Tell whether the ends of what looks like integrations are days."""
    ends = [c.index for c in columns if c.key in ("from", "to")]
    cells = [v for _, r in sheet.rows[place + 1 :][:50] for i in ends if filled(v := at(r, i))]
    days = [v for v in cells if not isinstance(v, bool) and read_day(v).day is not None]
    return bool(cells) and 2 * len(days) > len(cells)


def _group(sheet: Sheet, above: tuple[int, list[Value]] | None, width: int) -> list[str]:
    """Return the titles of the row above as groups: each reaches to the next one."""
    if above is None:
        return [""] * width
    number, row = above
    if len([v for v in row if filled(v)]) < 2:
        return [""] * width
    made, current = [], ""
    for index in range(width):
        value = at(row, index)
        if filled(value):
            current = shown(value) if isinstance(value, str) else ""
        elif sheet.joined and (number, index) not in sheet.joined:
            current = ""
        made.append(current)
    return made


def _columns(kind: str, texts: Sequence[str], groups: Sequence[str]) -> list[Column]:
    columns = []
    for index, text in enumerate(texts):
        key, per, currency, why = meaning(kind, text)
        group = groups[index]
        header = text
        if group and text:
            joined = meaning(kind, f"{group} {text}")
            if joined[0] and key != joined[0] and (key is None or not joined[3]):
                key, per, currency, why = joined
                header = f"{group} {text}"
        elif group:
            key, per, currency, why = meaning(kind, group)
            header = group if key else ""
        columns.append(Column(index, header, key, per, currency, why))
    return columns


def _score(kind: str, columns: list[Column], texts: Sequence[str]) -> float:
    """Return how surely a row is the header of a kind of list; 0: it is not."""
    keys = [c.key for c in columns if c.key]
    strong = {k for k in keys if not k.startswith("~") and k != "ignore"}
    weak = {k[1:] for k in keys if k.startswith("~")}
    if kind == "tools":
        if not ({"name", "vendor"} & strong or ("name" in weak and len(strong) >= 2)):
            return 0
        if "name" not in strong | weak and len(strong) < 2:
            return 0
    elif (
        (kind == "integrations" and not {"from", "to"} <= strong)
        or (
            kind == "contracts"
            and not (
                {"ends", "renews", "notice_days", "auto_renews"} & strong
                and {"id", "vendor"} & strong
            )
        )
        or (kind == "teams" and "name" not in strong)
    ):
        return 0
    sure = sum(1.0 if not c.why else 0.6 for c in columns if c.key and not c.key.startswith("~"))
    longish = sum(1 for t in texts if len(t) > 60)
    score = sure + 0.5 * len(weak) - longish - (1.2 if kind == "teams" else 0)
    if kind == "contracts" and "tools" in strong and "id" not in strong:
        score -= 1.5  # a list of tools with terms is a list of tools
    if kind == "contracts":
        score -= 0.3
    return max(score, 0.01)


def _deduplicate(columns: list[Column], sheet: Sheet, place: int) -> None:
    """Settle weak meanings, and columns that mean the same; the fuller, or the first, is kept."""
    strong = any(c.key == "name" for c in columns)
    for column in columns:
        if column.key and column.key.startswith("~"):
            column.key = None if strong else column.key[1:]
            strong = True
    seen: dict[str, list[Column]] = {}
    for column in columns:
        if column.key and column.key not in ("notes", "ignore", "integrates", "cost"):
            seen.setdefault(column.key, []).append(column)
    for key, same in seen.items():
        if len(same) > 1:
            counts = [
                sum(1 for _, r in sheet.rows[place + 1 :] if filled(at(r, c.index))) for c in same
            ]
            keep = same[counts.index(max(counts))]
            for column in same:
                if column is not keep:
                    column.key = None
                    column.why = f"column {keep.title!r} is read as {key} already"


def _same_header(row: Sequence[Value], columns: Sequence[Column]) -> bool:
    texts = [fold(shown(v)) for v in row if filled(v)]
    heads = {fold(c.header) for c in columns if c.header}
    return len(texts) >= 2 and all(t in heads for t in texts)


# -------------------------------------------------------------------- what a sheet is


def kind_by_name(name: str) -> str | None:
    """Return the kind of list that the name of a sheet speaks for."""
    word = "_".join(name.casefold().replace("-", " ").split())
    for kind, names in SHEETS.items():
        if word in names.split():
            return kind
    parts = set(re.split(r"[\W_]+", name.casefold()))
    for kind in ("integrations", "contracts", "tools", "teams"):
        if parts & set(SHEETS[kind].split()):
            return kind
    return None


def about_something_else(sheet: Sheet) -> str | None:
    """Return what a sheet is a list of, when its headers show that it is none of tools."""
    for _, row in sheet.rows[:10]:
        heads = {fold(shown(v)) for v in row if isinstance(v, str)}
        for about, words, needed in NOT_TOOLS:
            if len(heads & words) >= needed and ("cookies" in about or not heads & NAMED):
                return about
    return None


def turned(sheet: Sheet) -> Sheet:
    """Return a sheet with rows and columns swapped."""
    width = max((len(r) for _, r in sheet.rows), default=0)
    rows: list[tuple[int, list[Value]]] = []
    for index in range(width):
        cells = [at(r, index) for _, r in sheet.rows]
        if any(filled(c) for c in cells):
            rows.append((index + 1, cells))
    return Sheet(sheet.name, rows, [], {}, sheet.hidden, sheet.cut)


def columns_of(mapping: Mapping[str, Any], texts: Sequence[str]) -> list[Column]:
    """Return the columns of a header row by a saved mapping of headers to keys."""
    known = {fold(str(k)): v for k, v in mapping.items()}
    columns = []
    for index, text in enumerate(texts):
        entry = known.get(fold(text)) if text else known.get(fold(f"column {column_letter(index)}"))
        if isinstance(entry, Mapping):
            key = entry.get("key")
            per, currency = entry.get("per"), entry.get("currency")
            per = per if per in ("year", "quarter", "month") else None
            columns.append(
                Column(
                    index, text, str(key) if key else None, per, str(currency) if currency else None
                )
            )
        else:
            columns.append(Column(index, text, str(entry) if entry else None))
    return columns
