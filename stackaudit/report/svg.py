"""Pictures: text measured before it is drawn, and nothing written that is not escaped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from stackaudit.report.safe import esc, visible

# Advance widths of Arial and Helvetica in thousandths of the font size, from space to tilde.
_WIDTHS: Final = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722,
    722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722,
    667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556,
    556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500,
    500, 334, 260, 334, 584,
)  # fmt: skip
_SPARE: Final = 1.07  # other system fonts run a little wider than Arial


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide `text` will be at `size` pixels, on the safe side."""
    total = 0
    for char in text:
        code = ord(char)
        if 32 <= code < 127:
            total += _WIDTHS[code - 32]
        elif code < 0x250:
            total += 600
        elif 0x300 <= code < 0x370:
            continue
        elif code < 0x1100:
            total += 680
        else:
            total += 1050
    return total * size / 1000 * _SPARE * (1.06 if bold else 1.0)


def fit(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """Return `text`, cut with an ellipsis where it would be wider than `room`."""
    text = visible(" ".join(text.split()))
    if width(text, size, bold=bold) <= room:
        return text
    kept = text
    while kept and width(kept + "…", size, bold=bold) > room:
        kept = kept[:-1]
    return kept.rstrip() + "…"


class Svg:
    """A picture under construction; numbers are rounded, so bytes are stable."""

    def __init__(
        self, wide: float, high: float, label: str, css: str, *, image: bool = True
    ) -> None:
        # The role of an image hides what is inside, so a picture with links must not have it.
        role = (
            f'role="img" aria-label="{esc(label)}"'
            if image
            else f'role="group" aria-label="{esc(label)}"'
        )
        self.wide, self.high = wide, high
        size = f'viewBox="0 0 {_n(wide)} {_n(high)}" width="{_n(wide)}" height="{_n(high)}"'
        self._parts = [f'<svg class="{css}" {size} {role}>']

    def raw(self, markup: str) -> None:
        """Add markup made here, of safe parts only."""
        self._parts.append(markup)

    def rect(
        self, x: float, y: float, w: float, h: float, css: str, *, r: float = 0, title: str = ""
    ) -> None:
        """Add a rectangle, with a title to be shown on hover."""
        round_ = f' rx="{_n(r)}"' if r else ""
        tip = f"><title>{esc(title)}</title></rect>" if title else "/>"
        self._parts.append(
            f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(w)}" height="{_n(h)}"{round_} '
            f'class="{css}"{tip}'
        )

    def cell(self, x: float, y: float, side: float, css: str, title: str) -> None:
        """Add a square with a title, in few bytes."""
        self._parts.append(
            f'<path d="M{_n(x)} {_n(y)}h{_n(side)}v{_n(side)}h-{_n(side)}z" class="{css}">'
            f"<title>{esc(title)}</title></path>"
        )

    def cells(self, places: Sequence[tuple[float, float]], side: float, css: str) -> None:
        """Add squares that look alike, as one element."""
        s = _n(side)
        drawn = "".join(f"M{_n(x)} {_n(y)}h{s}v{s}h-{s}z" for x, y in places)
        if drawn:
            self.path(drawn, css)

    def letters(self, places: Sequence[tuple[float, float, str]], css: str) -> None:
        """Add single letters that look alike, each in its place, as one element."""
        if places:
            x = " ".join(_n(place[0]) for place in places)
            y = " ".join(_n(place[1]) for place in places)
            said = "".join(letter for _, _, letter in places)
            self._parts.append(f'<text x="{x}" y="{y}" class="{css}">{esc(said)}</text>')

    def group(self, name: str, piece: Svg, css: str) -> None:
        """Add what was drawn apart, under a name by which it can be used again.

        Where it is used again, no rule for what is inside a picture reaches it unless it has the
        picture's classes itself.
        """
        self._parts.append(f'<g id="{name}" class="{css}">{piece.inside()}</g>')

    def line(self, x1: float, y1: float, x2: float, y2: float, css: str) -> None:
        """Add a line."""
        self._parts.append(f'<path d="M{_n(x1)} {_n(y1)}L{_n(x2)} {_n(y2)}" class="{css}"/>')

    def path(self, d: str, css: str) -> None:
        """Add a path made of numbers."""
        self._parts.append(f'<path d="{d}" class="{css}"/>')

    def text(
        self, x: float, y: float, text: str, css: str, *, title: str = "", turn: float = 0
    ) -> None:
        """Add a text at its baseline, turned by degrees about its start."""
        turned = f' transform="rotate({_n(turn)} {_n(x)} {_n(y)})"' if turn else ""
        tip = f"<title>{esc(title)}</title>" if title and title != text else ""
        self._parts.append(
            f'<text x="{_n(x)}" y="{_n(y)}" class="{css}"{turned}>{esc(text)}{tip}</text>'
        )

    @classmethod
    def piece(cls) -> Svg:
        """Return a canvas for a piece of another picture."""
        made = cls(0, 0, "", "")
        made._parts.clear()
        return made

    def inside(self) -> str:
        """Return what was drawn, to be added to another picture."""
        return "".join(self._parts)

    def done(self) -> Markup:
        """Return the picture."""
        return Markup("".join(self._parts) + "</svg>")


def _n(value: float) -> str:
    return str(round(value)) if abs(value) > 12 else f"{round(value, 1):g}"
