"""A report read back: its elements, ids, links, headings and facts."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

VOID = {"meta", "link", "img", "br", "input", "hr", "wbr"}


class Page(HTMLParser):
    """The parsed report."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.ids: list[str] = []
        self.headings: list[str] = []
        self.facts: dict[str, set[str]] = {}
        self.raw: dict[str, list[str]] = {"style": [], "script": [], "title": []}
        self.sections: list[tuple[str, list[str]]] = []
        self.text: list[str] = []
        self._inside: str | None = None
        self._fact: str | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        got = {name: value or "" for name, value in attrs}
        self.attributes += [(tag, name, value) for name, value in got.items()]
        if "id" in got:
            self.ids.append(got["id"])
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.headings.append(tag)
        if tag == "section":
            self.sections.append((got.get("id", ""), []))
        elif self.sections:
            self.sections[-1][1].append(tag)
        if tag in self.raw:
            self._inside = tag
            self.raw[tag].append("")
        if "data-fact" in got:
            self.facts.setdefault(got["data-fact"], set()).add(got["data-value"])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = None

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.raw[self._inside][-1] += data
        else:
            self.text.append(data)

    def handle_comment(self, data: str) -> None:
        self.tags["#comment"] += 1

    @property
    def words(self) -> str:
        return " ".join("".join(self.text).split())
