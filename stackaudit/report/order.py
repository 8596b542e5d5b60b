"""The sections of the report: their order, their addresses, and the way to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from stackaudit.branding.model import SECTIONS as ANCHORS

if TYPE_CHECKING:
    from stackaudit.report.html import View
    from stackaudit.report.words import Words

_ADDRESS: Final = {"map": "stack-map", "unknowns": "not-judged"}
_TOKEN: Final = {address: token for token, address in _ADDRESS.items()}
SECTIONS: Final = tuple(_TOKEN.get(anchor, anchor) for anchor in ANCHORS)
"""The sections in the order of the full report; a view for an audience has its own."""
_WORD: Final = {"ownership": "owners"}


def present(v: View, section: str) -> bool:
    """Tell whether a section has something to show."""
    there: dict[str, object] = {
        "map": v.map,
        "coverage": v.coverage,
        "silos": v.silos,
        "ownership": v.owners or v.losses,
        "money": v.spending,
        "trust": v.trust,
        "personal": v.personal,
        "roadmap": v.roadmap,
        "findings": v.register,
        "unknowns": v.unknowns,
    }
    return section not in there or there[section] is not None


def name_of(section: str, w: Words) -> Markup:
    """Return the name of a section, as in the contents."""
    return w(f"nav.{_WORD.get(section, section)}")


def contents(v: View, w: Words) -> list[tuple[str, Markup]]:
    """Return the address and the name of every section that is there, in their order."""
    return [(_ADDRESS.get(s, s), name_of(s, w)) for s in v.order if present(v, s)]
