"""Writing the workbook by XlsxWriter: text as text, lists to choose from, empty cells in sight.

A text that a spreadsheet program could take for a formula gets an apostrophe in front (CWE-1236);
the importer takes it away again.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from stackaudit import __version__
from stackaudit.catalogue.model import Catalogue, Profile
from stackaudit.importers.model import ImportFailure
from stackaudit.importers.spreadsheet.cells import Cell, Cells, Exported
from stackaudit.importers.spreadsheet.layout import (
    CHECKLIST,
    COMPANY,
    MARK,
    SHEETS,
    VERSION,
    Field,
    lists,
)

if TYPE_CHECKING:
    from stackaudit.resolve import Resolved

SPARE: Final = 200
"""Rows below the last one that have their lists too."""
_FORMULA: Final = re.compile(r"[\s\ufeff]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_HEAD, _LINE, _PALE, _EMPTY, _INK = "#1F3A5F", "#D5DBE3", "#EEF1F5", "#FFF6D6", "#5A6675"


@dataclass
class Content:
    """What stands in a workbook, before it is written."""

    title: str
    company: dict[str, str]
    rows: dict[str, list[Cells]]
    about: list[str]
    teams: list[str]
    checklist: list[tuple[str, str, str, str]] = field(default_factory=list)


def guarded(text: str) -> str:
    """Return a text that no spreadsheet program takes for a formula."""
    text = _CONTROL.sub("", text)
    return f"'{text}" if _FORMULA.match(text) else text


def export_workbook(stack: Resolved) -> bytes:
    """Return an inventory as a workbook that people fill in and that is imported again.

    Raises :class:`ImportFailure` when XlsxWriter is not installed.
    """
    return write_content(content_of(stack), stack.catalogue)


def content_of(stack: Resolved) -> Content:
    """Return what stands in the workbook of an inventory."""
    rows = Exported(stack)
    company = stack.inventory.company
    facts = {
        "Company": company.name,
        "Currency": company.currency or "",
        "Profile": company.profile or "",
    }
    about = [
        (
            f"This is the inventory of {company.name}: {len(rows.tools)} tools, "
            f"{len(rows.integrations)} integrations. Empty cells (yellow) are not known."
        ),
        (
            "Fill in what you know, in any order. Change nothing in the grey columns: they tell "
            "which "
            "entry a row is, even where its name changes."
        ),
    ]
    if rows.kept_back:
        about.append(
            f"{rows.kept_back} cells are left empty here although the inventory knows them: "
            "they hold an address, a secret, or more than a cell can."
        )
    return Content(
        f"{company.name}: the stack",
        facts,
        {
            "Tools": rows.tools,
            "Integrations": rows.integrations,
            "Contracts": rows.contracts,
            "Teams": rows.teams,
        },
        about,
        [t.id for t in stack.inventory.teams],
    )


def template_workbook(catalogue: Catalogue, profile: Profile | None) -> bytes:
    """Return an empty workbook for a new audit, with examples that are not imported.

    Raises :class:`ImportFailure` when XlsxWriter is not installed.
    """
    about = [
        (
            "One row for a tool, one row for an integration. The names of the tools are enough to "
            "begin with; every further cell makes the report say more."
        ),
        (
            "Rows whose Id begins with EXAMPLE show how it is done; they are not imported. "
            "Delete them "
            "when you like."
        ),
    ]
    checklist = []
    if profile is not None:
        about.append(
            f"The sheet {CHECKLIST} lists what a company like yours ({profile.name}) usually has. "
            "Name your tool beside each: names there are imported too."
        )
        for capability, expected in profile.expected.items():
            known = catalogue.capabilities.get(capability)
            if known is not None:
                strength = str(getattr(expected, "strength", expected))
                checklist.append((known.name, known.definition, strength, known.domain))
        order = {"must": 0, "should": 1, "could": 2}
        checklist.sort(key=lambda row: (order.get(row[2], 3), row[0].casefold()))
    facts = {"Company": "", "Currency": "", "Profile": profile.id if profile else ""}
    content = Content("A new audit", facts, _examples(), about, [], checklist)
    return write_content(content, catalogue)


def _examples() -> dict[str, list[Cells]]:
    return {
        "Tools": [
            {
                "id": "EXAMPLE 1", "name": "HubSpot", "owner": "Mia Chen", "cost": 24000.0,
                "cost_per": "year", "currency": "EUR", "contract.ends": date(2027, 3, 31),
                "contract.notice_days": 90.0, "contract.auto_renews": "yes", "seats.paid": 25.0,
                "privacy.dpa": "signed", "privacy.hosted_in": "EU",
            },
            {
                "id": "EXAMPLE 2", "name": "Google Analytics 4", "owner": "none", "cost": 0.0,
                "notes": "owner is none: we know that nobody answers for it",
            },
            {
                "id": "EXAMPLE 3", "name": "The old newsletter tool", "status": "retiring",
                "retires_on": date(2027, 6, 30), "cost": "4000-6000",
            },
        ],
        "Integrations": [
            {
                "id": "EXAMPLE 1", "from": "HubSpot", "to": "Google Analytics 4",
                "objects": "conversion", "method": "native-connector", "every": "daily",
            },
        ],
        "Contracts": [],
        "Teams": [],
    }  # fmt: skip


# -------------------------------------------------------------------- the workbook


def write_content(content: Content, catalogue: Catalogue) -> bytes:
    """Return the bytes of a workbook.

    Raises :class:`ImportFailure` when XlsxWriter is not installed.
    """
    try:
        import xlsxwriter  # type: ignore[import-untyped]
    except ImportError:
        raise ImportFailure(
            "workbooks need the package XlsxWriter", 'pip install "stackaudit[importers]"'
        ) from None
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    # The day of making would make the bytes differ from one run to the next.
    book.set_properties({"title": content.title, "created": datetime(2000, 1, 1)})  # noqa: DTZ001
    _Writing(book, content, catalogue).run()
    book.close()
    return out.getvalue()


class _Writing:
    def __init__(self, book: Any, content: Content, catalogue: Catalogue) -> None:
        self.book = book
        self.content = content
        self.lists = lists(catalogue, content.teams)
        base = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
        made = book.add_format
        self.head = made({**base, "bold": True, "font_color": "#FFFFFF", "bg_color": _HEAD,
                          "text_wrap": True, "border": 1, "border_color": _LINE})  # fmt: skip
        self.cell = made(
            {**base, "text_wrap": True, "num_format": "@", "border": 1, "border_color": _LINE}
        )
        self.number = made({**base, "num_format": "#,##0.##", "border": 1, "border_color": _LINE})
        self.day = made({**base, "num_format": "yyyy-mm-dd", "align": "left", "border": 1,
                         "border_color": _LINE})  # fmt: skip
        self.reference = made({**base, "num_format": "@", "bg_color": _PALE, "font_color": _INK,
                               "border": 1, "border_color": _LINE})  # fmt: skip
        self.plain = made({**base, "text_wrap": True})
        self.bold = made({**base, "bold": True, "text_wrap": True})
        self.title = made({**base, "bold": True, "font_size": 18, "font_color": _HEAD})
        self.empty = made({"bg_color": _EMPTY})

    def run(self) -> None:
        self._read_me()
        ranges = self._ranges()
        for name, fields in SHEETS.items():
            self._sheet(name, fields, self.content.rows[name], ranges)
        if self.content.checklist:
            self._checklist()
        self._company()

    def _read_me(self) -> None:
        sheet = self.book.add_worksheet("Read me")
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 100)
        sheet.write_string(0, 0, guarded(self.content.title), self.title)
        lines = [
            *self.content.about,
            (
                "An empty cell means: not known. Write none only where the answer is no; a "
                "question "
                "mark or a dash counts as not known."
            ),
            (
                "Point at a header to see what the column means. Where a cell offers a list, "
                "choose "
                "from it; where several are allowed, put ; between them."
            ),
            "Columns you do not need may be hidden. New rows go below the last one.",
            (
                "When you are done: stackaudit import THIS.xlsx -o inventory.yaml shows what would "
                "change before anything is written with it."
            ),
        ]
        for row, line in enumerate(lines, start=2):
            sheet.write_string(row, 0, guarded(line), self.plain)
        sheet.write_string(len(lines) + 3, 0, f"Written by stackaudit {__version__}.", self.plain)

    def _ranges(self) -> dict[str, str]:
        """Return where each list stands in the sheet of the company."""
        from xlsxwriter.utility import (  # type: ignore[import-untyped]
            xl_col_to_name,
        )

        ranges = {}
        for index, (name, values) in enumerate(self.lists.items()):
            letter = xl_col_to_name(index + 3)
            if values:
                ranges[name] = f"='{COMPANY}'!${letter}$2:${letter}${len(values) + 1}"
        ranges["team"] = f"=Teams!$A$2:$A${max(len(self.content.rows['Teams']) + 1, 2) + SPARE}"
        return ranges

    def _sheet(
        self, name: str, fields: Sequence[Field], rows: Sequence[Cells], ranges: Mapping[str, str]
    ) -> None:
        sheet = self.book.add_worksheet(name)
        last = len(rows) + SPARE
        sheet.set_row(0, 32)
        for index, column in enumerate(fields):
            form = self._format(column)
            sheet.set_column(index, index, column.width, form)
            sheet.write_string(0, index, column.header, self.head)
            sheet.write_comment(
                0, index, column.says, {"author": "stackaudit", "x_scale": 2.0, "y_scale": 1.1}
            )
            if column.choices is not None:
                self._choices(sheet, index, last, column, ranges)
            for row, cells in enumerate(rows, start=1):
                self._cell(sheet, row, index, cells.get(column.key), form)
        named = "ABC"[1 if name in ("Tools", "Integrations") else 0]
        free = [i for i, f in enumerate(fields) if f.form != "reference" and i]
        sheet.conditional_format(
            1, min(free), last, len(fields) - 1,
            {
                "type": "formula",
                "criteria": f'=AND(${named}2<>"",ISBLANK({"ABCD"[min(free)]}2))',
                "format": self.empty,
            },
        )  # fmt: skip
        sheet.freeze_panes(1, 3 if name == "Integrations" else 2)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(fields) - 1)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)

    def _format(self, column: Field) -> Any:
        return {"number": self.number, "day": self.day, "reference": self.reference}.get(
            column.form, self.cell
        )

    def _cell(self, sheet: Any, row: int, index: int, value: Cell, form: Any) -> None:
        if value is None or value == "":
            sheet.write_blank(row, index, None, form)
        elif isinstance(value, date):
            sheet.write_datetime(row, index, datetime(value.year, value.month, value.day), form)  # noqa: DTZ001
        elif isinstance(value, int | float):
            sheet.write_number(row, index, value, form)
        else:
            sheet.write_string(row, index, guarded(str(value)), form)

    @staticmethod
    def _choices(
        sheet: Any, index: int, last: int, column: Field, ranges: Mapping[str, str]
    ) -> None:
        if column.choices is None or column.choices not in ranges:
            return
        sheet.data_validation(
            1, index, last, index,
            {
                "validate": "list",
                "source": ranges[column.choices],
                "ignore_blank": True,
                "show_error": not column.several and column.choices != "team",
                "error_type": "warning",
                "error_title": column.header,
                "error_message": "This is none of the list; it may not be understood.",
            },
        )  # fmt: skip

    def _checklist(self) -> None:
        sheet = self.book.add_worksheet(CHECKLIST)
        heads = (("Capability", 34), ("Expected", 10), ("Our tool", 30), ("What it is", 80))
        for index, (head, width) in enumerate(heads):
            sheet.set_column(index, index, width, self.cell)
            sheet.write_string(0, index, head, self.head)
        for row, (name, definition, strength, _domain) in enumerate(self.content.checklist, 1):
            sheet.write_string(row, 0, guarded(name), self.cell)
            sheet.write_string(row, 1, strength, self.cell)
            sheet.write_blank(row, 2, None, self.cell)
            sheet.write_string(row, 3, guarded(definition), self.cell)
        last = len(self.content.checklist)
        sheet.conditional_format(1, 2, last, 2, {"type": "blanks", "format": self.empty})
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, last, 3)

    def _company(self) -> None:
        sheet = self.book.add_worksheet(COMPANY)
        sheet.set_column(0, 1, 26, self.cell)
        sheet.set_column(2, 2, 3)
        sheet.write_string(0, 0, MARK, self.head)
        sheet.write_number(0, 1, VERSION, self.head)
        for row, (label, value) in enumerate(self.content.company.items(), start=1):
            sheet.write_string(row, 0, label, self.bold)
            self._cell(sheet, row, 1, value, self.cell)
        for index, (name, values) in enumerate(self.lists.items()):
            sheet.set_column(index + 3, index + 3, 20, self.cell)
            sheet.write_string(0, index + 3, name, self.head)
            for row, value in enumerate(values, start=1):
                if name == "rating":
                    sheet.write_number(row, index + 3, int(value), self.number)
                else:
                    sheet.write_string(row, index + 3, guarded(value), self.cell)
        sheet.freeze_panes(1, 0)
