"""A page in Markdown as sections: headings with their paragraphs, list items, tables, comments.

Front matter (YAML between ``---`` at the top) as Jekyll, Hugo and others have it. Quotations and
code are passed over: they are the words of others, or none. Comments are kept apart: what stands in
one is not published.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from stackaudit.importers.model import ImportFailure, SourceFile
from stackaudit.importers.registers.data import Record, read_data

SIZE: Final = 300_000
"""Characters of a page: a hundred printed pages."""
_FRONT: Final = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?\r?\n)?---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_TEMPLATE: Final = re.compile(r"\{%[^{}]{0,500}%\}|\{\{[^{}]{0,500}\}\}")
_COMMENT: Final = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_LEAD: Final = re.compile(r"(.{2,60}?)\s*(?::|\s[-–—]+)\s")
_BOX: Final = re.compile(r"\[[ xX]?\]\s+")
"""The box of a task (https://github.github.com/gfm/#task-list-items-extension-)."""
_FEW: Final = 5
"""Words of a name."""


@dataclass(slots=True)
class Text:
    """A paragraph, or the first line of a list item."""

    words: str
    line: int
    links: list[tuple[str, str]]
    lead: str = ""
    """The name it begins with: a link, bold words, words before a colon or dash."""
    lead_url: str = ""
    depth: int = 0
    """How deep in lists; 0 for a paragraph."""


@dataclass(slots=True)
class Grid:
    """A table: its header and rows of cells, each row with its line."""

    header: list[str]
    rows: list[tuple[int, list[Text]]] = field(default_factory=list)


@dataclass(slots=True)
class Section:
    """A heading and what stands under it, up to the next one."""

    level: int
    title: str
    url: str
    """Where the heading leads, if all of it is one link."""
    line: int
    parent: Section | None = None
    texts: list[Text] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    children: list[Section] = field(default_factory=list)

    def whole(self) -> list[Section]:
        """Return the section and all below it."""
        return [self, *(inner for child in self.children for inner in child.whole())]


@dataclass(slots=True)
class Page:
    """A page: what its front matter says, its sections, and its comments."""

    file: str
    front: Record
    sections: list[Section]
    """The first is what stands before every heading; level 0."""
    comments: list[tuple[int, str]]

    @property
    def title(self) -> str:
        """Return the title of the front matter, or the only heading of the first level."""
        said = self.front.get("title")
        if isinstance(said, str) and said.strip():
            return " ".join(said.split())
        tops = [s for s in self.sections if s.level == 1]
        return tops[0].title if len(tops) == 1 else ""


def read_page(file: SourceFile) -> Page:
    """Return a page. Raises :class:`ImportFailure` for one too long, or no text."""
    text = file.text()
    if "\x00" in text:
        raise ImportFailure(f"{file.name} is no text file")
    if len(text) > SIZE:
        raise ImportFailure(
            f"{file.name} has more than {SIZE:,} characters", "split it, or name a shorter page"
        )
    front = Record()
    found = _FRONT.match(text)
    if found:
        front = _front(found[1] or "")
        text = "\n" * found[0].count("\n") + text[found.end() :]
    return _Building(file.name, front).build(text)


def _front(text: str) -> Record:
    try:
        each = read_data(SourceFile("front matter", text.encode())).each
    except ImportFailure:
        return Record()
    return each[0] if each and isinstance(each[0], Record) else Record()


class _Building:
    def __init__(self, name: str, front: Record) -> None:
        top = Section(0, "", "", 1)
        self.page = Page(name, front, [top], [])
        self.open = [top]

    def build(self, text: str) -> Page:
        from markdown_it import MarkdownIt

        tokens = MarkdownIt("commonmark").enable("table").parse(text)
        depth = quoted = 0
        first = False
        index = 0
        while index < len(tokens):
            token = tokens[index]
            if token.type == "heading_open":
                self._heading(token, tokens[index + 1])
                index += 2
            elif token.type == "table_open":
                index = self._table(tokens, index)
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                depth += 1
            elif token.type in ("bullet_list_close", "ordered_list_close"):
                depth -= 1
            elif token.type == "list_item_open":
                first = True
            elif token.type in ("blockquote_open", "blockquote_close"):
                quoted += 1 if token.type == "blockquote_open" else -1
            elif token.type == "inline" and not quoted:
                made = self._text(token, depth if first or not depth else 0)
                if made.words:
                    self.open[-1].texts.append(made)
                first = False
            elif token.type == "html_block":
                self._comments(token.content, (token.map or [0])[0] + 1)
            index += 1
        return self.page

    def _heading(self, token: Any, inline: Any) -> None:
        text = self._text(inline, 0)
        title = text.words.strip(" #")
        if re.fullmatch(r"\[[^\[\]]+\]", title):
            title = title[1:-1]  # a reference whose target is missing
        title = re.sub(r"\s*\{[:#][^{}]*\}$", "", title)
        whole = [u for said, u in text.links if said == title]
        level = int(token.tag[1])
        while self.open[-1].level >= level:
            self.open.pop()
        parent = self.open[-1]
        made = Section(level, title, whole[0] if whole else "", text.line, parent)
        parent.children.append(made)
        self.open.append(made)
        self.page.sections.append(made)

    def _comments(self, content: str, line: int) -> None:
        for found in _COMMENT.finditer(content):
            before = content[: found.start(1)].count("\n")
            self.page.comments.append((line + before, found[1]))

    def _text(self, inline: Any, depth: int) -> Text:
        line = (inline.map or [0])[0] + 1
        made = Text("", line, [], depth=depth)
        parts: list[str] = []
        address, linked, bold = "", -1, -1
        for child in inline.children or ():
            if child.type in ("text", "code_inline"):
                parts.append(child.content)
            elif child.type in ("softbreak", "hardbreak"):
                parts.append(" ")
            elif child.type == "link_open":
                address, linked = str(child.attrGet("href") or ""), len(parts)
            elif child.type == "link_close" and linked >= 0:
                said = _plain("".join(parts[linked:]))
                made.links.append((said, address))
                if not _plain("".join(parts[:linked])).strip("*_✅☑[] x"):
                    made.lead, made.lead_url = said, address
                linked = -1
            elif child.type == "strong_open":
                bold = len(parts)
            elif child.type == "strong_close" and bold >= 0:
                said = _plain("".join(parts[bold:]))
                if not made.lead and not _plain("".join(parts[:bold])):
                    made.lead = said.rstrip(" :")
                bold = -1
            elif child.type == "html_inline":
                self._comments(child.content, line)
        made.words = _plain("".join(parts))
        box = _BOX.match(made.words) if depth else None
        made.words = made.words[box.end() :] if box else made.words
        made.lead = made.lead or _lead(made.words)
        return made

    def _table(self, tokens: Sequence[Any], index: int) -> int:
        cells: list[Text] = []
        grid = Grid([])
        while tokens[index].type != "table_close":
            token = tokens[index]
            if token.type == "tr_open":
                cells, line = [], (token.map or [0])[0] + 1
            elif token.type == "inline":
                cells.append(self._text(token, 0))
            elif token.type == "tr_close":
                if grid.header:
                    grid.rows.append((line, cells))
                else:
                    grid.header = [c.words for c in cells]
            index += 1
        if grid.rows:
            self.open[-1].grids.append(grid)
        return index


def _lead(words: str) -> str:
    """Return the words before a colon or dash, or all, where they are as few as a name's."""
    found = _LEAD.match(words)
    lead = found[1] if found else words
    return "" if len(lead.split()) > _FEW or lead.endswith((".", "!", "?")) else lead


def _plain(text: str) -> str:
    return " ".join(_TEMPLATE.sub(" ", text).replace("🔒", " ").split())
