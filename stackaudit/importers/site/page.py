"""A page as it was served, or as a browser saved it: what it loads, in its order.

Read are plain HTML, what ``view-source:`` saves, and pages saved "complete", whose scripts lost
their addresses. Limits keep a hostile page from costing more than a moment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from stackaudit.importers.site.consent import Gate, gate_of
from stackaudit.importers.site.markup import TAGS, Tag, tags, viewed_source
from stackaudit.importers.site.table import Kind, address, own_table

PAGE_LIMIT: Final = 3_000_000
"""Letters of a page that are read; the largest real ones have two million."""
ELEMENTS: Final = 20_000
CODE_LIMIT: Final = 1_500_000
"""Letters of inline code that are looked at."""
LINKS: Final = 2_000

_WANTED: Final = frozenset(("script", "iframe", "img", "link", "form", "meta", "a"))
_RUNS: Final = frozenset(
    ("", "module", "text/javascript", "application/javascript", "application/x-javascript",
     "text/ecmascript", "application/ecmascript", "text/rocketscript", "javascript")
)  # fmt: skip
_SAVED: Final = re.compile(r"saved from url=\(\d+\)(\S{1,500})|SingleFile\s+url:\s*(\S{1,500})")
_AROUND: Final = re.compile(r" (?=\W)|(?<=\W) ")
_LOADS: Final = re.compile(r"(?:https?:)?//[a-zA-Z0-9.-]{4,100}/[^\s'\"<>\\)(,;]{1,400}")


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing that a page, an answer or a recording shows."""

    kind: Kind
    text: str
    order: int = 0
    gate: Gate | None = None
    """What holds it back until a visitor consents, where the markup says so."""
    how: str = ""
    """``preload``, ``code`` (an address in inline code), ``prepared``, ``tag manager``."""
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Page:
    """What one page shows."""

    host: str = ""
    path: str = "/"
    seen: list[Seen] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    saved_whole: bool = False
    """Saved with its files: the addresses of its scripts are lost."""
    cut: bool = False
    kind: str = "page"
    """``page``, or ``container``: the published script of a tag manager."""

    @property
    def shown(self) -> str:
        """Return the path as it may be shown: short, and without a query."""
        path = "".join(c for c in self.path.partition("?")[0] if c.isprintable())
        return path if len(path) <= 40 else f"{path[:37]}..."


def read_page(text: str, url: str = "") -> Page:
    """Return what the HTML of a page shows; ``url`` is where it came from, when that is known."""
    page = Page(cut=len(text) > PAGE_LIMIT)
    text = text[:PAGE_LIMIT].replace("\x00", "")
    text = viewed_source(text) or text
    drawn = {m.text.partition("=")[2] for m in own_table().of("attr") if m.text.startswith("id=")}
    wanted: list[Tag] = []
    for number, tag in enumerate(tags(text), 1):
        page.cut = page.cut or number == TAGS or len(wanted) == ELEMENTS
        if tag.name in _WANTED and len(wanted) < ELEMENTS:
            wanted.append(tag)
        elif tag.attributes.get("id") in drawn:
            page.seen.append(Seen("attr", f"id={tag.attributes['id']}"))
    _Reading(page, url or _saved_from(text)).run(wanted)
    return page


def _saved_from(text: str) -> str:
    found = _SAVED.search(text[:4000])
    return (found[1] or found[2]) if found else ""


class _Reading:
    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.code = 0
        self._at(url)

    def run(self, each: list[Tag]) -> None:
        for tag in each:
            has = tag.attributes
            named = tag.name == "link" and has.get("rel", "").lower() == "canonical"
            named = named or (tag.name == "meta" and has.get("property") == "og:url")
            if named and not self.page.host:
                self._at(has.get("href", "") or has.get("content", ""))
        for order, tag in enumerate(each):
            getattr(self, f"_{tag.name}")(tag.attributes, order, tag)

    def _at(self, url: str) -> None:
        found = address(url) if "//" in url[:10] else None
        if found is not None and "." in found.host:
            self.page.host, self.page.path = found.host, found.rest or "/"

    def _add(self, kind: Kind, text: str, order: int, **more: Any) -> None:
        self.page.seen.append(Seen(kind, text, order, **more))

    def _script(self, has: dict[str, str], order: int, tag: Tag) -> None:
        gate = gate_of(has)
        kind = has.get("type", "").split(";")[0].strip().lower()
        if gate is None and kind not in _RUNS and "javascript" not in kind:
            return
        attributes = tuple(sorted(has.items()))
        for name, value in attributes:
            if name in ("id", "class"):
                for word in value.split()[:10]:
                    self._add("attr", f"{name}={word}", order)
        source = has.get("src") or has.get("data-src") or has.get("data-cmp-src") or ""
        if source:
            self._source(source, order, gate, attributes)
            return
        code = tag.text
        if self.code > CODE_LIMIT or not code.strip():
            return
        seen = code_seen(code[: CODE_LIMIT - self.code], order, gate)
        self.code += len(code)
        self.page.seen += seen

    def _source(
        self, source: str, order: int, gate: Gate | None, has: tuple[tuple[str, str], ...]
    ) -> None:
        folder, _, name = source.partition("?")[0].rpartition("/")
        if folder.endswith("_files") and "//" not in source[:10]:
            self.page.saved_whole = True
            name = name.removesuffix(".download")
            self._add("file", name, order, gate=gate)
        else:
            self._add("script", source, order, gate=gate, attributes=has)

    def _iframe(self, has: dict[str, str], order: int, _: Any) -> None:
        source = has.get("src") or has.get("data-src") or has.get("data-cookieblock-src") or ""
        if source:
            self._add("frame", source, order, gate=gate_of(has))

    def _img(self, has: dict[str, str], order: int, _: Any) -> None:
        source = has.get("src") or has.get("data-src") or ""
        if source and not source.startswith("data:"):
            self._add("image", source, order, gate=gate_of(has))

    def _link(self, has: dict[str, str], order: int, _: Any) -> None:
        rel, href = has.get("rel", "").lower().split(), has.get("href", "")
        if "preload" in rel and has.get("as", "").lower() == "script":
            self._add("script", href, order, how="preload")
        elif "preconnect" in rel or "dns-prefetch" in rel:
            self._add("script", href, order, how="prepared")
        elif "stylesheet" in rel:
            self._add("asset", href, order)

    def _form(self, has: dict[str, str], order: int, _: Any) -> None:
        if has.get("action"):
            self._add("form", has["action"], order)

    def _meta(self, has: dict[str, str], order: int, _: Any) -> None:
        name = has.get("name", "").lower()
        if name == "generator":
            self._add("generator", has.get("content", "")[:200], order)
        elif name:
            self._add("meta", name[:100], order)

    def _a(self, has: dict[str, str], *_: Any) -> None:
        if has.get("href") and len(self.page.links) < LINKS:
            self.page.links.append(has["href"])


def code_seen(code: str, order: int = 0, gate: Gate | None = None, how: str = "") -> list[Seen]:
    """Return inline code, and the addresses of scripts that stand in it."""
    code = normal(code[:CODE_LIMIT])
    urls = dict.fromkeys(_LOADS.findall(code)[:500])
    seen = [Seen("inline", code, order, gate, how)]
    return [*seen, *(Seen("script", url, order, gate, how or "code") for url in urls)]


def normal(code: str) -> str:
    """Return code in one way of writing: single quotes, no blanks that mean nothing.

    Lines that are comments as a whole are left out; other comments cannot be told from texts
    without reading the language.
    """
    lines, inside = [], False
    for line in code.splitlines():
        bare = line.strip()
        if inside:
            inside = "*/" not in bare
            continue
        if bare.startswith("/*"):
            inside = "*/" not in bare
            if inside or bare.endswith("*/"):
                continue
        if not bare.startswith("//"):
            lines.append(bare)
    text = " ".join(" ".join(lines).split()).replace('"', "'").replace("\\/", "/")
    return _AROUND.sub("", text)
