"""Colours that can be read: contrast by the formula of WCAG 2.2, and the nearest one that passes.

Relative luminance and contrast ratio: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Sequence
from typing import Final

LIGHT: Final = ("#ffffff", "#f7f5f0")
"""The papers of the light report: the page, and panels on it."""
DARK: Final = ("#14171c", "#1b1f26")
"""The papers of the dark report."""
TEXT: Final = 4.5
"""The least ratio for text (WCAG 1.4.3)."""
GRAPHIC: Final = 3.0
"""The least ratio for lines and marks (WCAG 1.4.11)."""

_COLOUR: Final = re.compile(r"#?(?:([0-9a-f]{6})|([0-9a-f]{3}))\Z", re.IGNORECASE)
_STEPS: Final = 250

Rgb = tuple[float, float, float]


def read_hex(text: str) -> str | None:
    """Return a colour as ``#rrggbb``; None for what is not written as ``#rrggbb`` or ``#rgb``."""
    match = _COLOUR.match(text.strip())
    if not match:
        return None
    digits = match[1] or "".join(2 * c for c in match[2])
    return f"#{digits.lower()}"


def _rgb(colour: str) -> Rgb:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def _hex(rgb: Sequence[float]) -> str:
    return "#" + "".join(f"{round(255 * part):02x}" for part in rgb)


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb``, 0 for black and 1 for white."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def weakest(colour: str, papers: Sequence[str]) -> float:
    """Return the contrast of a colour with the paper on which it shows least."""
    return min(ratio(colour, paper) for paper in papers)


def readable(colour: str, papers: Sequence[str], least: float = TEXT) -> str:
    """Return the colour, or the nearest darker or lighter one that can be read on all papers.

    Hue and saturation stay; lightness goes away from the papers, step by step, only as far as it
    must.
    """
    if weakest(colour, papers) >= least:
        return colour
    hue, lightness, saturation = colorsys.rgb_to_hls(*_rgb(colour))
    goal = 0.0 if luminance(papers[0]) > 0.5 else 1.0
    for step in range(1, _STEPS + 1):
        part = step / _STEPS
        moved = lightness + (goal - lightness) * part
        made = _hex(colorsys.hls_to_rgb(hue, moved, saturation))
        if weakest(made, papers) >= least:
            return made
    return _hex((goal, goal, goal))


def mixed(colour: str, paper: str, share: float) -> str:
    """Return a paper tinted with a share of a colour."""
    return _hex(
        [share * c + (1 - share) * p for c, p in zip(_rgb(colour), _rgb(paper), strict=True)]
    )
