"""An author's Markdown as safe HTML: a few plain elements, made here one by one.

The parser's own HTML is not used. Whatever is not built below is not in the page: raw HTML stays
text, pictures are their words, headings are paragraphs in bold, so that the report's own order of
headings holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from stackaudit.report.safe import esc, safe_href

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SHORT: Final = 330
"""Characters of the first screen's comment that are shown; the rest is folded."""

_PLAIN: Final = {
    "bullet_list": "ul",
    "ordered_list": "ol",
    "list_item": "li",
    "blockquote": "blockquote",
    "strong": "strong",
    "em": "em",
}
_END: Final = re.compile(r"(?<=[.!?])\s+(?=[^\s\W])|(?<=[.!?])\s+(?=[\"'“‘(*_])")


def markdown(text: str) -> Markup:
    """Return Markdown as HTML: paragraphs, lists, quotes, code, emphasis and checked links."""
    return Markup("".join(_blocks(_parse(text))))


def folded(text: str) -> tuple[Markup, Markup]:
    """Return the beginning of a text that fits into some three lines, and the rest.

    The cut is behind a paragraph, else behind a sentence that holds its markup whole.
    """
    whole = markdown(text)
    if len(whole.striptags()) <= SHORT and "\n\n" not in text.strip():
        return whole, Markup("")
    first, _, rest = text.strip().partition("\n\n")
    if not _is_paragraph(first):
        return Markup(""), whole
    if len(markdown(first).striptags()) <= SHORT:
        return markdown(first), markdown(rest)
    joined = _words(markdown(first))
    for cut in reversed([m for m in _END.finditer(first) if m.start() <= SHORT]):
        head, tail = markdown(first[: cut.start()]), markdown(first[cut.end() :])
        if f"{_words(head)} {_words(tail)}" == joined:
            return head, markdown(f"{first[cut.end() :]}\n\n{rest}")
    return Markup(""), whole


def _is_paragraph(text: str) -> bool:
    return [t.type for t in _parse(text)] == ["paragraph_open", "inline", "paragraph_close"]


def _words(html: Markup) -> str:
    return " ".join(html.striptags().split())


def _parse(text: str) -> Sequence[Token]:
    return _parser().parse(text)


@cache
def _parser() -> MarkdownIt:
    # Reports without comments, most of them, need no parser.
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False})


def _blocks(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        kind, _, side = token.type.rpartition("_")
        if token.type == "inline":
            yield from _inline(token.children or ())
        elif token.type in ("fence", "code_block"):
            yield f"<pre><code>{esc(token.content)}</code></pre>"
        elif kind in ("paragraph", "heading"):
            # Paragraphs of a tight list are not shown as such.
            if not token.hidden:
                bold = kind == "heading"
                yield (
                    ("<p><strong>" if bold else "<p>")
                    if side == "open"
                    else ("</strong></p>" if bold else "</p>")
                )
        elif kind in _PLAIN:
            yield f"<{_PLAIN[kind]}>" if side == "open" else f"</{_PLAIN[kind]}>"


def _inline(tokens: Sequence[Token]) -> Iterator[str]:
    links: list[bool] = []
    for token in tokens:
        kind, _, side = token.type.rpartition("_")
        if token.type == "text":
            yield esc(token.content)
        elif token.type == "code_inline":
            yield f"<code>{esc(token.content)}</code>"
        elif token.type == "softbreak":
            yield "\n"
        elif token.type == "hardbreak":
            yield "<br>"
        elif token.type == "image":
            yield esc(token.content)
        elif kind == "link" and side == "open":
            href = safe_href(str(token.attrs.get("href", "")))
            links.append(href is not None)
            if href is not None:
                yield f'<a href="{esc(href)}" rel="noopener noreferrer">'
        elif kind == "link":
            if links.pop():
                yield "</a>"
        elif kind in _PLAIN:
            yield f"<{_PLAIN[kind]}>" if side == "open" else f"</{_PLAIN[kind]}>"
