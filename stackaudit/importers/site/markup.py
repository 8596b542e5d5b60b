"""The tags of a page, in one pass: no tree, so that no page can make reading it slow.

HTML parsers that build a tree take minutes for 100,000 nested elements or attributes. What is
needed here are start tags and the text of scripts. Rules: html.spec.whatwg.org, 13.2.5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Final

TAGS: Final = 200_000
"""Tags of a page that are looked at."""
ATTRIBUTES: Final = 100
VALUE: Final = 4_000

_NAME: Final = re.compile(r"[a-zA-Z][^\s/>]{0,60}")
_GAP: Final = re.compile(r"[\s/]*")
_KEY: Final = re.compile(r"=?[^\s=>/]*")
_IS: Final = re.compile(r"\s*=\s*")
_BARE: Final = re.compile(r"[^\s>]*")
_MARKS: Final = re.compile(r"<[^<>]*>")
_RAW: Final = {
    name: re.compile(f"</{name}", re.IGNORECASE)
    for name in ("script", "style", "textarea", "title", "xmp", "template", "noframes")
}


@dataclass(frozen=True, slots=True)
class Tag:
    """A start tag, with the text of the element where that is no markup."""

    name: str
    attributes: dict[str, str]
    text: str = ""


def tags(html: str) -> Iterator[Tag]:
    """Return the start tags of a page in their order; comments and inert templates are left out."""
    at = 0
    for _ in range(TAGS):
        at = html.find("<", at)
        if at < 0:
            return
        if html.startswith("<!--", at):
            at = _comment(html, at + 4)
            continue
        name = _NAME.match(html, at + 1)
        if name is None:
            closing = html[at + 1 : at + 2] in ("/", "!", "?")
            at = html.find(">", at) if closing else at + 1
            if at < 0:
                return
            continue
        read = _attributes(html, name.end())
        if read is None:
            return  # the tag is never closed: a browser drops it
        attributes, at = read
        word = name[0].lower()
        text = ""
        if word in _RAW:
            end = _RAW[word].search(html, at)
            text = html[at : end.start() if end else len(html)]
            at = end.start() if end else len(html)
        yield Tag(word, attributes, text)


def _comment(html: str, at: int) -> int:
    if html.startswith((">", "->"), at):
        return at + 1
    end = html.find("-->", at)
    return end + 3 if end >= 0 else len(html)


def _attributes(html: str, at: int) -> tuple[dict[str, str], int] | None:
    """Return the attributes of a tag, the first of each name, and where the tag ends."""
    found: dict[str, str] = {}
    while True:
        gap = _GAP.match(html, at)
        at = gap.end() if gap else at
        if at >= len(html):
            return None
        if html[at] == ">":
            return found, at + 1
        key = _KEY.match(html, at)
        name, at = (key[0], key.end()) if key else ("", at + 1)
        value, equals = "", _IS.match(html, at)
        if equals:
            at = equals.end()
            quote = html[at : at + 1]
            if quote in ('"', "'") and quote:
                end = html.find(quote, at + 1)
                if end < 0:
                    return None
                value, at = html[at + 1 : min(end, at + VALUE)], end + 1
            else:
                bare = _BARE.match(html, at)
                end = bare.end() if bare else at
                value, at = html[at : min(end, at + VALUE)], end
        if name and len(found) < ATTRIBUTES:
            found.setdefault(name[:100].lower(), unescape(value))


def viewed_source(html: str) -> str | None:
    """Return the page that a saved ``view-source:`` shows; None where it is none."""
    mark = 'class="line-content">'
    if mark not in html:
        return None
    lines = [part.partition("</td>")[0] for part in html.split(mark)[1:]]
    return "\n".join(unescape(_MARKS.sub("", line)) for line in lines)
