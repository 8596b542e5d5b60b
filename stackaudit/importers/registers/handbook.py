"""Pages of a handbook that list a company's tools: headings, bullets, tables, a page for a tool.

A heading is a tool where the catalogue knows its name, where all of it links to a site, or where it
stands among such headings; the headings of any other text are none. What a page says between two
tools is asked about: prose does not state which way data goes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import ClassVar

from stackaudit.catalogue.match import folded
from stackaudit.importers.model import (
    Bundle,
    Found,
    FoundTool,
    ImportFailure,
    Place,
    Setting,
    SourceFile,
)
from stackaudit.importers.registers.data import Record
from stackaudit.importers.registers.judging import Judge, parts_of, unpublished
from stackaudit.importers.registers.listing import (
    Entries,
    read_entries,
    read_flows,
    say_keys,
    table_of,
)
from stackaudit.importers.registers.markdown import Grid, Page, Section, read_page
from stackaudit.importers.registers.processors import PROCESSORS, mark, names_of, prepare
from stackaudit.importers.registers.prose import Hints, facts_of, free_plan
from stackaudit.importers.registers.tidy import (
    counted,
    leaving,
    made_in_house,
    named_like_host,
    product_by_host,
    scrubbed,
    shown,
)
from stackaudit.importers.spreadsheet.money import period_of

_SUFFIXES = (".md", ".markdown")
_SHARE = 0.8
_RULE = re.compile(r"(?m)^[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*\|[ \t|:-]*$")
"""The line under the header of a table in Markdown; in a text file it shows that it is one."""


@dataclass(slots=True)
class Candidate:
    """A heading or item that may name a tool."""

    name: str
    place: Place
    sure: bool
    why: str
    record: Record = field(default_factory=Record)
    url: str = ""
    body: str = ""
    hidden: bool = False
    """It stands on a page that is not published."""


class Handbook:
    """Markdown pages with the tools of a company."""

    id: ClassVar[str] = "handbook"
    title: ClassVar[str] = "handbook pages that list tools (Markdown)"

    def recognises(self, bundle: Bundle) -> bool:
        """Tell whether a file is Markdown, or most files of a folder are."""
        pages = [f for f in bundle.files if f.suffix in _SUFFIXES]
        if not bundle.folder and not pages and bundle.files:
            return bundle.file().suffix in (".txt", "") and bool(_RULE.search(bundle.file().text()))
        return bool(pages) and len(pages) >= _SHARE * len(bundle.files)

    def parse(self, bundle: Bundle, setting: Setting) -> Found:
        """Return the tools that the pages list.

        Raises :class:`ImportFailure` where no page names one.
        """
        return _Parsing(bundle, setting).run()


class _Parsing:
    def __init__(self, bundle: Bundle, setting: Setting) -> None:
        self.bundle = bundle
        self.setting = setting
        self.judge = Judge(setting.catalogue)
        self.found = Found(Handbook.id, bundle.name, f"handbook {bundle.name}")
        self.candidates: list[Candidate] = []
        self.pages: list[Page] = []
        self.silent: list[str] = []

    def run(self) -> Found:
        given = self.bundle.files if not self.bundle.folder else ()
        pages = [f for f in self.bundle.files if f.suffix in _SUFFIXES or f in given]
        others = [f.name for f in self.bundle.files if f not in pages]
        for file in pages:
            self._file(file)
        self.pages.sort(key=lambda p: (unpublished(p.file), p.file.count("/"), p.file))
        for page in self.pages:
            before = self._taken()
            self._page(page)
            if self._taken() == before:
                self.silent.append(page.file)
        self._take()
        if not self.pages and self.found.partial:
            first = next(n for n in self.found.notices if n.kind == "unreadable")
            raise ImportFailure(first.text, first.hint or "export it again, as Markdown")
        if not self.found.tools and not self.found.integrations:
            raise ImportFailure(
                f"no heading, list or table of {self.bundle.name} names a tool that can be told "
                "from other text",
                "a heading counts when it is the name of a known product, is a link to the "
                "tool's site, or stands among such headings",
            )
        Hints(self.found, self.judge, self.pages).ask()
        if others:
            self.found.left_out(f"not read, as they are no Markdown: {shown(others)}")
        if self.silent:
            self.found.note(f"pages that name no tool by heading or table: {shown(self.silent)}")
        among = [t.name for t in self.found.tools if t.confidence == "likely"]
        if among:
            self.found.note(f"taken because they stand among tools: {shown(among)}")
        self.found.counts |= counted(len(self.pages), "page")
        for each, what in ((self.found.tools, "tool"), (self.found.integrations, "integration")):
            if each:
                self.found.counts |= counted(len(each), what)
        return scrubbed(self.found)

    def _taken(self) -> int:
        return len(self.candidates) + len(self.found.tools) + len(self.found.integrations)

    def _file(self, file: SourceFile) -> None:
        if not file.data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
            self.found.left_out("the page is empty", Place(file.name))
            return
        try:
            self.pages.append(read_page(file))
        except ImportFailure as failure:
            self.found.unreadable(str(failure), Place(file.name), failure.hint)
            self.found.partial = True

    # ---------------------------------------------------------------- what is a tool on a page

    def _page(self, page: Page) -> None:
        hidden = unpublished(page.file)
        groups = self.judge.groups(page)
        if not any(len(g.tools) > 1 for g in groups) and self.judge.is_tool_page(page):
            made = Candidate(page.title, Place(page.file, f"page {page.title!r}"), True, "")
            self._add(made, page.sections, hidden)
            return
        taken: set[int] = set()
        for group in groups:
            for section, sure, why in group.tools:
                whole = section.whole()
                taken.update(id(s) for s in whole)
                place = Place(page.file, f"heading {section.title!r}, line {section.line}")
                made = Candidate(section.title, place, sure, why, url=section.url)
                self._add(made, whole, hidden)
        for section in page.sections:
            if id(section) not in taken:
                self._items(page, section, hidden)
                for grid in section.grids:
                    self._grid(page, section, grid)
        for section in self.judge.alone(page, taken):
            place = Place(page.file, f"heading {section.title!r}, line {section.line}")
            self.found.tools.append(
                FoundTool(
                    f"maybe {len(self.found.tools)}",
                    section.title,
                    place,
                    evidence="it is a heading outside a list of tools",
                    confidence="possible",
                )
            )
        for line, name in self.judge.commented(page):
            self.found.left_out(
                f"{name} stands in a comment, which is not published: taken as not in use",
                Place(page.file, f"line {line}"),
            )

    def _add(self, made: Candidate, sections: list[Section], hidden: bool) -> None:
        """Take a heading or page as a candidate, with what the sections under it say."""
        record, made.body = facts_of(sections, self.found.dropped)
        made.record = Record({"tool": made.name, **record})
        made.hidden = hidden
        if not made.url:
            links = [url for s in sections[:2] for t in s.texts for _, url in t.links]
            own = [u for u in links if u.startswith("http")]
            made.url = next((u for u in own if named_like_host(made.name, u)), "")
        self.candidates.append(made)
        parts = parts_of(sections[0], self.judge)
        if parts:
            self.found.note(
                f"listed under {made.name} and read as parts of it: {shown(parts)}; list what is a "
                "tool of its own",
                made.place,
            )

    def _items(self, page: Page, section: Section, hidden: bool) -> None:
        for text, sure, why in self.judge.items(page, section):
            spot = f"list under {section.title!r}" if section.title else "list"
            place = Place(page.file, f"{spot}, line {text.line}")
            purpose = text.words.removeprefix(text.lead).lstrip(" :–—-").strip()
            record = Record({"tool": text.lead, "notes": purpose})
            self.candidates.append(
                Candidate(
                    text.lead, place, sure, why, record, text.lead_url, text.words, hidden=hidden
                )
            )

    def _grid(self, page: Page, section: Section, grid: Grid) -> None:
        heads = [h or f"column {n}" for n, h in enumerate(names_of(grid.header), start=1)]
        records, places = [], []
        for line, cells in grid.rows:
            record = Record(zip(heads, (self._cell(c.words) for c in cells), strict=False))
            record.line = line
            records.append(record)
            where = f"table under {section.title!r}" if section.title else "table"
            places.append(Place(page.file, f"{where}, line {line}"))
        entries = Entries(f"{section.title}, line {grid.rows[0][0]}", records, places, titles=True)
        table = table_of(entries, self.setting, ("tools",), "")
        if table is None or not self.judge.is_tools(page, section, table):
            flows = table_of(entries, self.setting, ("integrations",), "")
            if flows is not None and self.judge.is_flows(section.title, flows):
                read_flows(self.found, entries, flows, self.setting, page.file)
                say_keys(self.found, flows, Place(page.file, where))
            return
        if self.judge.is_options(section.title):
            self.found.left_out(
                "a table of what is only thought about, by its heading", Place(page.file, where)
            )
            return
        for column in table.all("cost"):
            if column.per is None and (per := period_of(section.title)):
                column.per, column.why = per, "by the heading over it"
        processors = bool(PROCESSORS.search(f"{page.title} {section.title}"))
        prepare(table, processors)
        made = read_entries(self.found, entries, table, self.setting, page.file)
        place = Place(page.file, f"table under {section.title or page.title!r}")
        say_keys(self.found, table, place)
        if processors:
            mark(self.found, [key for keys in made.values() for key in keys], place)

    def _cell(self, words: str) -> str:
        """Return the words of a cell; ``[Slack]`` is a reference whose target is missing."""
        inside = words[1:-1] if re.fullmatch(r"\[[^\[\]]+\]", words) else ""
        return inside if inside and self.judge.known(inside) else words

    # ---------------------------------------------------------------- taking them

    def _take(self) -> None:
        """Read the facts of all candidates; what stands on several pages is one tool."""
        by_name: dict[str, list[Candidate]] = {}
        for candidate in self.candidates:
            by_name.setdefault(folded(candidate.name), []).append(candidate)
        each = [self._joined(same) for same in by_name.values()]
        if not each:
            return
        entries = Entries("", [c.record for c in each], [c.place for c in each])
        table = table_of(entries, self.setting, ("tools",), "tools")
        if table is None:
            return
        before = len(self.found.tools)
        made = read_entries(self.found, entries, table, self.setting, self.bundle.name)
        tools = {t.key: t for t in self.found.tools[before:]}
        for number, keys in made.items():
            for key in keys if number else ():
                self._finish(tools[key], each[number - 1])

    def _joined(self, same: list[Candidate]) -> Candidate:
        first = same[0]
        for other in same[1:]:
            first.sure = first.sure or (other.sure and not other.hidden)
            first.url = first.url or other.url
            first.body += "\n" + other.body
            notes = [str(first.record.get("notes") or ""), str(other.record.get("notes") or "")]
            new = [n for n in notes if n]
            if len(new) == 2 and new[1] in new[0]:
                new.pop()
            if not other.hidden or first.hidden:
                first.record = Record({**other.record, **first.record, "notes": " ".join(new)})
        if len(same) > 1:
            also = shown([str(c.place) for c in same[1:]])
            self.found.note(f"{first.name} stands also at {also}; read as one tool", first.place)
        return first

    def _finish(self, tool: FoundTool, candidate: Candidate) -> None:
        tool.place = candidate.place
        tool.confidence = "certain" if candidate.sure else "likely"
        tool.evidence = candidate.why
        if candidate.hidden:
            tool.confidence = "possible"
            tool.evidence = "it stands only on a page that is not published"
        product = product_by_host(self.setting.catalogue, candidate.url) if candidate.url else None
        same = product and set(product.casefold().split()) & set(tool.name.casefold().split())
        if product and same:
            tool.known_as = (product,)
        if tool.confidence == "likely" and candidate.why:
            notes = str(tool.facts.get("notes", ""))
            tool.facts["notes"] = f"{notes} (Likely a tool: {candidate.why})".strip()
        if self.judge.is_channel(tool.name, candidate.body):
            tool.facts.setdefault("kind", "own-channel")
        elif made_in_house(candidate.body):
            tool.facts.setdefault("kind", "homegrown")
        if candidate.url.startswith("http"):
            tool.facts.setdefault("url", candidate.url)
        gone = leaving(candidate.body)
        if gone and "status" not in tool.facts:
            self.found.ask(f"is {tool.name} still in use? It says {gone!r}", tool.place)
        free = free_plan(candidate.body)
        if free and "cost" not in tool.facts:
            self.found.ask(f"is the cost of {tool.name} 0? It says {free!r}", tool.place)
