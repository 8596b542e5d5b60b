"""Paper: the size of its pages, and what the foot of every page but the cover says."""

from __future__ import annotations

import re
from typing import Final

from stackaudit.report.safe import visible
from stackaudit.report.words import Words

SIZES: Final = ("a4", "letter")
"""Sizes of paper a PDF can have."""

_PLAIN: Final = re.compile(r"[^A-Za-z0-9]")


def rules(w: Words, foot: str, paper: str | None = None) -> str:
    """Return the style rules of the pages.

    Parameters
    ----------
    w
        The words of the page's number.
    foot
        What stands on the left of the foot, in one or two lines: the client's name and what else
        is to be on each page.
    paper
        One of `SIZES`; without it, the paper is what the reader's printer holds.
    """
    size = f"{paper} " if paper in SIZES else ""
    page, of, rest = w.plain("paper.page", n="\0", m="\0").split("\0")
    number = f"{quoted(page)} counter(page) {quoted(of)} counter(pages) {quoted(rest)}"
    font = "font:8pt sans-serif;color:#535c68"
    lines = ' "\\a" '.join(quoted(line) for line in foot.split("\n"))
    left = f"@bottom-left{{content:{lines};white-space:pre;{font}}}"
    return (
        f"@page{{size:{size}portrait;{left}@bottom-right{{content:{number};{font}}}}}"
        f"@page wide{{size:{size}landscape}}"
        "@page :first{@bottom-left{content:none}@bottom-right{content:none}}"
        f":root{{--page:{quoted(w.plain('paper.see'))}}}"
    )


def quoted(text: str) -> str:
    """Return a CSS string: whatever is no plain letter or digit is written as its number."""
    short = text if len(text) <= 90 else text[:89] + "…"
    return '"' + _PLAIN.sub(lambda m: f"\\{ord(m[0]):06x}", visible(short)) + '"'
