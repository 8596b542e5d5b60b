"""The page's template, style and script: small files of one concern each, joined as one text."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Final

_COMMON: Final = ("base", "cover", "answer", "tables", "map", "findings", "pictures")
STYLE: Final = (*_COMMON, "paper", "brand", "audience")
"""Style sheets in the order in which they count; paper overrules what is before it."""
COMPARED: Final = (*_COMMON, "compared", "paper", "compared-paper", "brand")
"""Those of the page that sets two audits side by side."""

SCRIPT: Final = ("shared", "page", "matrix", "flowmap", "findings", "tables", "copy")
"""Scripts in the order in which they run; `shared` holds what the others use."""

_SPACE: Final = re.compile(
    r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`|(?<=\()/(?:[^/\\\n]|\\.)+/[a-z]*)"""
    r"""|[ ]*([;{,(])\s*|[ ]*([=<>?:})\[\]|&!*%])[ ]*"""
)
"""A text or a pattern of a script, kept as it is; or a sign with spaces that say nothing."""
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_PART: Final = re.compile(r'\{% include "([a-z/]+\.html)" %\}\n?')


@cache
def style(names: tuple[str, ...] = STYLE) -> str:
    """Return the page's style sheet."""
    return _joined("style", "css", names)


@cache
def script() -> str:
    """Return the page's script: one function, so that nothing of it has a global name."""
    lean = _SPACE.sub(lambda m: m[1] or m[2] or m[3], _joined("script", "js", SCRIPT))
    return f'"use strict";\n(() => {{\n{lean}\n}})();'


@cache
def template(file: str = "report.html") -> str:
    """Return the source of a page's template, its sections in their places."""
    return _whole(_read(file))


def _whole(text: str) -> str:
    return _PART.sub(lambda part: _whole(_read(part[1])), text)


def _read(file: str) -> str:
    return files("stackaudit.report").joinpath("templates", file).read_text("utf-8")


def _joined(folder: str, ending: str, names: tuple[str, ...]) -> str:
    """Return files as they go into the page: without comments and indents."""
    text = "\n".join(_read(f"{folder}/{name}.{ending}") for name in names)
    lines = (line.strip() for line in _COMMENT.sub("", text).splitlines())
    return "\n".join(line for line in lines if line)
