"""Strangers' text on its way into the page: made visible, escaped, never a link by accident."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from markupsafe import Markup, escape

# Characters that show nothing or turn the reading direction, planted or pasted by accident.
_HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
_MARKS: Final = re.compile(
    "([\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{3})"
    "([\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+)"
)
_JOINERS: Final = "\u200c\u200d"
_CONTROL: Final = re.compile("[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_SCHEMES: Final = frozenset({"http", "https", "mailto"})


def visible(text: str) -> str:
    """Return `text` with invisible and direction-turning characters written out as ``⟨U+202E⟩``.

    A joiner between two characters outside Latin stays, for it spells words and emoji there.
    """
    if text.isascii() and text.isprintable():
        return text

    def spell(match: re.Match[str]) -> str:
        char, at = match.group(), match.start()
        if char == "\r":
            return " "
        if (
            char in _JOINERS
            and 0 < at < len(text) - 1
            and text[at - 1] > "\u02ff"
            and text[at + 1] > "\u02ff"
        ):
            return char
        return f"⟨U+{ord(char):04X}⟩"

    shown = _HIDDEN.sub(spell, text)
    return _MARKS.sub(lambda m: f"{m.group(1)}⟨+{len(m.group(2))}⟩", shown)


class Foreign(str):
    """Text of the audit in English on a page in another language: it says so where it is shown.

    Screen readers pronounce it right and browsers offer to translate it (WCAG 2.2, 3.1.2).
    """

    __slots__ = ()

    def __html__(self) -> Markup:
        return Markup(f'<span lang="en">{escape(visible(str(self)))}</span>')


def like(text: str, made: str) -> str:
    """Return what was made of `text`, in the language that `text` is in."""
    return Foreign(made) if isinstance(text, Foreign) else made


def esc(value: object) -> str:
    """Return `value` as text that is safe between tags and inside a quoted attribute."""
    if isinstance(value, Foreign):
        return value.__html__()
    if isinstance(value, str) and not isinstance(value, Markup):
        return str(escape(visible(value)))
    return str(escape(value))


def name(text: str) -> Markup:
    """Return `text` isolated in its own reading direction; plain ASCII has none to isolate."""
    return Markup(esc(text)) if text.isascii() else Markup(f"<bdi>{esc(text)}</bdi>")


_CODE: Final = re.compile("`([^`\n]{1,200})`")


def prose(text: str) -> Markup:
    """Return a sentence with what stands between backticks set as code."""
    return Markup(_CODE.sub(r"<code>\1</code>", esc(text)))


def safe_href(url: str) -> str | None:
    """Return `url` without control characters and user information; None if no web or mail one."""
    bare = _CONTROL.sub("", url)
    try:
        parts = urlsplit(bare)
        host = parts.hostname
        port = parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in _SCHEMES:
        return None
    if parts.scheme.lower() == "mailto":
        return bare
    if not host:
        return None
    where = f"[{host}]" if ":" in host else host
    return urlunsplit(
        (
            parts.scheme,
            f"{where}:{port}" if port else where,
            parts.path,
            parts.query,
            parts.fragment,
        )
    )
