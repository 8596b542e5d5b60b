"""The importer of spreadsheets: files to sheets, sheets to lists, lists to facts."""

from __future__ import annotations

from collections import Counter
from typing import ClassVar, Final

from stackaudit.catalogue.match import folded
from stackaudit.importers.model import (
    Bundle,
    Found,
    FoundContract,
    FoundTool,
    ImportFailure,
    Place,
    Setting,
    SourceFile,
)
from stackaudit.importers.spreadsheet import words
from stackaudit.importers.spreadsheet.finance import is_finance, read_payments
from stackaudit.importers.spreadsheet.grid import Book, Sheet, column_letter, shown
from stackaudit.importers.spreadsheet.headers import (
    Column,
    Table,
    about_something_else,
    at,
    columns_of,
    find_table,
    fold,
    kind_by_name,
    turned,
)
from stackaudit.importers.spreadsheet.layout import CHECKLIST, COMPANY, MARK
from stackaudit.importers.spreadsheet.mapping import options_of, sheet_of
from stackaudit.importers.spreadsheet.others import (
    read_company,
    read_contracts,
    read_integrations,
    read_teams,
    settle_contracts,
)
from stackaudit.importers.spreadsheet.rows import Reader, known_name
from stackaudit.importers.spreadsheet.saying import clean_all, place_of, say_all
from stackaudit.importers.spreadsheet.services import settle_names
from stackaudit.importers.spreadsheet.text import decoded, read_text, sniff
from stackaudit.importers.spreadsheet.toolrows import read_tools
from stackaudit.importers.spreadsheet.workbook import OLE, is_workbook, read_workbook

_TEXTS: Final = (".csv", ".tsv", ".tab", ".txt")
_WORKBOOKS: Final = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
_OTHERS: Final = (
    ".json",
    ".yaml",
    ".yml",
    ".html",
    ".htm",
    ".xml",
    ".md",
    ".markdown",
    ".har",
    ".tf",
    ".hcl",
)


class Spreadsheets:
    """CSV, TSV, XLSX, XLS, XLSB and ODS: lists of tools, integrations, contracts and teams."""

    id: ClassVar[str] = "spreadsheet"
    title: ClassVar[str] = "spreadsheet of tools (CSV, XLSX, XLS, XLSB, ODS)"

    def recognises(self, bundle: Bundle) -> bool:
        """Tell whether a single file is a workbook, or text that is a table or a list of names."""
        if bundle.folder or not bundle.files:
            return False
        file = bundle.file()
        if is_workbook(file.data) or file.suffix in _WORKBOOKS:
            return True
        if file.suffix in _OTHERS:
            return False
        head = SourceFile(file.name, file.data[:65_536])
        text = decoded(head).lstrip("\ufeff \t\r\n")
        if text.startswith(("{", "[", "<", "---", "%PDF")):
            return False
        if file.suffix in _TEXTS:
            return True
        lines = [line for line in text.splitlines()[:50] if line.strip()]
        delimiter = sniff(lines)
        return len(lines) > 1 and all(delimiter in line for line in lines[:5])

    def parse(self, bundle: Bundle, setting: Setting) -> Found:
        """Return what the lists of one file hold.

        Raises :class:`ImportFailure` where there is no list of tools, integrations or contracts.
        """
        return _Parsing(bundle.file(), setting).run()


class _Parsing:
    def __init__(self, file: SourceFile, setting: Setting) -> None:
        self.file = file
        self.setting = setting
        self.label = file.name.rpartition("/")[2]
        self.found = Found(Spreadsheets.id, self.label, file.name)
        self.tables: list[Table] = []
        self.passed: list[tuple[str, str]] = []
        self.companies: list[Sheet] = []
        self.checklist: Sheet | None = None
        self.own = False
        """The workbook is one of `export` or `template`."""

    def run(self) -> Found:
        data = self.file.data
        workbook = is_workbook(data) or data.startswith(OLE)
        if not workbook and self.file.suffix in _WORKBOOKS and b"\x00" in data[:2048]:
            raise ImportFailure(
                f"{self.label} is damaged: it is no workbook", "export or download it again"
            )
        book = read_workbook(self.file) if workbook else self._text()
        self.passed += book.passed_over
        self.own = any(
            s.name == COMPANY and s.rows and at(s.rows[0][1], 0) == MARK for s in book.sheets
        )
        for sheet in book.sheets:
            self._understand(sheet, alone=len(book.sheets) == 1)
        if not self.tables and not (self.companies and len(book.sheets) > 2):
            self._nothing(book)
        self._read()
        say_all(self.found, book, self.tables, self.passed, own=self.own)
        clean_all(self.found)
        return self.found

    def _text(self) -> Book:
        text = decoded(self.file).lstrip()
        if text.startswith(("<html", "<!DOCTYPE html", "<table", "<HTML")):
            raise ImportFailure(
                f"{self.label} is a web page with the ending of a spreadsheet",
                "open it in a spreadsheet program and save it as XLSX",
            )
        return read_text(self.file)

    def _nothing(self, book: Book) -> None:
        """Raise the failure that says best why there is no list."""
        why = [f"{name}: {reason}" if name else reason for name, reason in self.passed]
        known = (
            "a list needs a header row with a column such as Tool, Application, System or Vendor, "
            "or --mapping FILE that says what its columns are"
        )
        if not book.sheets and not why:
            raise ImportFailure(f"{self.label} holds no cells", "export it again")
        if any("it is a list of" in reason for _, reason in self.passed):
            known = "if it does list tools, --mapping FILE says which column names them"
        raise ImportFailure(
            f"{self.label} holds no list of tools, integrations or contracts ({'; '.join(why)})"
            if why
            else f"{self.label} holds no list that can be read",
            known,
        )

    # ---------------------------------------------------------------- what each sheet is

    def _understand(self, sheet: Sheet, alone: bool) -> None:
        said = sheet_of(self.setting.mapping, sheet.name or self.label)
        if not sheet.rows:
            self.passed.append((sheet.name, "it is empty"))
            return
        if said is not None:
            self._by_mapping(sheet, said)
            return
        hint = kind_by_name(sheet.name) if sheet.name else None
        if hint == "company":
            self.companies.append(sheet)
            return
        if self.own and sheet.name == CHECKLIST:
            self.checklist = sheet
            return
        if hint == "guide":
            self.passed.append((sheet.name, "it explains, and lists nothing"))
            return
        about = about_something_else(sheet)
        if about is not None:
            self.passed.append((sheet.name, f"it is a list of {about}"))
            return
        table = self._guess(sheet, hint)
        if table is None:
            self.passed.append((sheet.name, "no row of it looks like the header of a list"))
        elif not table.rows:
            reason = "it has a header and no rows" if alone or hint else "it has no rows"
            self.passed.append((sheet.name, reason))
            if hint and not alone:
                self.passed.pop()  # an empty sheet of the template
                self.companies += []
                self.tables.append(table)
            elif table.header_row:
                self.tables.append(table)
                self.passed.pop()
                self.found.note(
                    f"{self.label}{f', sheet {sheet.name}' if sheet.name else ''}: {reason}"
                )
        else:
            self.tables.append(table)

    def _guess(self, sheet: Sheet, hint: str | None) -> Table | None:
        kinds = ("teams",) if hint == "teams" else ("tools", "integrations", "contracts")
        table = find_table(sheet, kinds, hint)
        straight = sum(1 for c in table.columns if c.key) if table else 0
        if straight < 3 and max(len(r) for _, r in sheet.rows) > 1 and len(sheet.rows) < 60:
            other = find_table(turned(sheet), kinds, hint)
            meant = sum(1 for c in other.columns if c.key) if other else 0
            if other is not None and other.rows and meant > max(straight, 2):
                other.turned = True
                self.found.note(
                    "the sheet lists tools from left to right and was turned",
                    place_of(self.found, sheet),
                )
                return other
        if table is not None:
            settle_names(table, self.setting.catalogue)
            return table
        return self._names_only(sheet)

    def _names_only(self, sheet: Sheet) -> Table | None:
        """Return a list without a header: the column in which most cells are known tools."""
        width = max(len(r) for _, r in sheet.rows)
        best, share = None, 0.0
        for index in range(min(width, 30)):
            cells = [shown(v) for _, r in sheet.rows if isinstance(v := at(r, index), str)]
            if not cells:
                continue
            known = sum(1 for c in cells if len(c) < 80 and known_name(self.setting.catalogue, c))
            if known / len(sheet.rows) > share:
                best, share = index, known / len(sheet.rows)
        short = all(len(shown(r[0])) < 60 for _, r in sheet.rows if r)
        enough = 0.2 if width == 1 and short else 0.4
        if best is None or share < enough:
            return None
        columns = [Column(i, "", "name" if i == best else None) for i in range(width)]
        where = f"column {column_letter(best)}" if width > 1 else "its only column"
        self.found.note(
            f"there is no header row: {where} is read as names of tools",
            place_of(self.found, sheet),
        )
        return Table(sheet, "tools", columns, 0, list(sheet.rows))

    def _by_mapping(self, sheet: Sheet, said: object) -> None:
        assert isinstance(said, dict)
        kind = str(said.get("kind", "tools"))
        if kind == "ignore":
            self.passed.append((sheet.name, "the mapping leaves it out"))
            return
        wanted = {fold(str(h)) for h in said.get("columns") or {}}
        best, score = 0, 0
        for place, (_, row) in enumerate(sheet.rows[:60]):
            fits = len({fold(shown(v)) for v in row if isinstance(v, str)} & wanted)
            if fits > score:
                best, score = place, fits
        letters = {f"column {column_letter(i)}".lower() for i in range(100)}
        if not score and not wanted & letters:
            self.passed.append((sheet.name, "none of the columns of the mapping is there"))
            return
        number, row = sheet.rows[best] if score else (0, [])
        texts = [shown(v) for v in row] if score else [""] * max(len(r) for _, r in sheet.rows)
        columns = columns_of(said.get("columns") or {}, texts)
        rows = sheet.rows[best + 1 :] if score else list(sheet.rows)
        real = "tools" if kind == "payments" else kind
        table = Table(sheet, real, columns, number, rows, saved=True)
        self.tables.append(table)
        gone = wanted - {fold(t) for t in texts} - letters
        if gone:
            names = ", ".join(sorted(repr(str(h)) for h in said["columns"] if fold(str(h)) in gone))
            self.found.note(
                f"columns of the mapping that are not there: {names}", place_of(self.found, sheet)
            )

    # ---------------------------------------------------------------- reading

    def _read(self) -> None:
        found, setting = self.found, self.setting
        for sheet in self.companies:
            read_company(sheet, found)
        own = setting.currency or found.company.get("currency")
        options = options_of(setting.mapping, None)

        def reader(table: Table) -> Reader:
            return Reader(
                found, setting.catalogue, table, self.label, options, own, strict=self.own
            )

        by_kind = {
            kind: [t for t in self.tables if t.kind == kind]
            for kind in ("teams", "tools", "contracts", "integrations")
        }
        for table in by_kind["teams"]:
            read_teams(reader(table))
        contracts: dict[str, FoundContract] = {}
        known = self._contract_ids(by_kind["contracts"])
        for table in by_kind["tools"]:
            if is_finance(table):
                read_payments(reader(table))
            else:
                read_tools(reader(table), known)
        for table in by_kind["contracts"]:
            contracts |= read_contracts(reader(table))
        self._checklist()
        for made, contract in known.items():
            if made in contracts:
                contracts[made].tools += [
                    t for t in contract.tools if t not in contracts[made].tools
                ]
        settle_contracts(found)
        for table in by_kind["integrations"]:
            read_integrations(reader(table))
        self._currency()

    def _checklist(self) -> None:
        """Take the tools that are named in the checklist of the template and nowhere else."""
        sheet = self.checklist
        heads = [shown(v) for v in sheet.rows[0][1]] if sheet and sheet.rows else []
        if sheet is None or "Our tool" not in heads:
            return
        index = heads.index("Our tool")
        known = {folded(t.name) for t in self.found.tools}
        for number, row in sheet.rows[1:]:
            text = shown(at(row, index))
            for name in [] if words.unknown(text) else words.several(text):
                if folded(name) in known or words.stated_none(name):
                    continue
                known.add(folded(name))
                place = place_of(self.found, sheet, f"row {number}")
                self.found.tools.append(FoundTool(f"checklist#{folded(name)}", name, place))

    def _contract_ids(self, tables: list[Table]) -> dict[str, FoundContract]:
        """Return stand-ins of the contracts by id, which the tools are put under first."""
        from stackaudit.source.words import make_id

        known: dict[str, FoundContract] = {}
        for table in tables:
            column = table.column("id")
            for _, row in table.rows if column else ():
                made = make_id(shown(at(row, column.index))) if column else ""
                if made:
                    known[made] = FoundContract(made, Place(self.label))
        return known

    def _currency(self) -> None:
        """Take the one currency of all amounts as the company's, where nobody says another."""
        costs = [t.facts.get("cost") for t in self.found.tools]
        costs += [c.facts.get("cost") for c in self.found.contracts]
        named = Counter(c["currency"] for c in costs if isinstance(c, dict) and c.get("currency"))
        if len(named) == 1 and not self.setting.currency and "currency" not in self.found.company:
            (code,) = named
            self.found.company["currency"] = code
            self.found.note(
                f"all money of the list that names a currency is in {code}, which a "
                "new inventory takes as the company's"
            )
