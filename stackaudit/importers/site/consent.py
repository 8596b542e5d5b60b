"""Which tags wait for consent, as far as markup says so.

Sources: the vendors' instructions for blocking scripts by hand (Cookiebot ``data-cookieconsent``,
OneTrust ``optanon-category-``, Usercentrics ``data-usercentrics``, CookieYes ``data-cookieyes``,
Didomi ``didomi/javascript``, consentmanager ``cmplazyload``, iubenda ``_iub_cs_activate``,
Complianz ``cmplz-``, Borlabs ``data-borlabs-cookie``, Osano and others ``data-categories``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Gate:
    """What holds a tag back."""

    product: str | None
    """Id of the consent tool, where the markup is one tool's own."""
    category: str
    """What the visitor has to agree to, as the markup names it."""


_BY_ATTRIBUTE: Final = (
    ("data-cookieconsent", "cookiebot"),
    ("data-usercentrics", "usercentrics"),
    ("data-cookieyes", "cookieyes"),
    ("data-borlabs-cookie-script-blocker-id", "borlabs-cookie"),
    ("data-borlabs-cookie-type", "borlabs-cookie"),
)
_BY_CLASS: Final = (
    ("optanon-category-", "onetrust"),
    ("cmplazyload", "consentmanager"),
    ("_iub_cs_activate", "iubenda"),
    ("cmplz-", "complianz"),
)
_PLAIN: Final = ("data-category", "data-categories", "data-cookiecategory", "data-consent")
_WORDS: Final = re.compile(r"[^\w ,.&-]+")


def gate_of(has: Mapping[str, str]) -> Gate | None:
    """Return what holds an element with these attributes back until a visitor consents, or None.

    A category is a gate only where the element does not run by itself (``text/plain``) or where
    nothing but a consent tool reads the attribute.
    """
    kind = has.get("type", "").strip().lower()
    if kind == "didomi/javascript":
        return Gate("didomi", _said(has.get("data-vendor", "")))
    held = kind == "text/plain" or ("src" not in has and "data-src" in has)
    if not held:
        return None
    for name, product in _BY_ATTRIBUTE:
        if name in has and has[name].strip().lower() != "ignore":
            return Gate(product, _said(has[name]))
    classes = has.get("class", "").split()[:50]
    for start, product in _BY_CLASS:
        for word in classes:
            if word.startswith(start):
                said = word.removeprefix(start) if start.endswith("-") else ""
                return Gate(product, _said(said or has.get("data-cmp-vendor", "")))
    if kind == "text/plain":
        for name in _PLAIN:
            if name in has:
                return Gate(None, _said(has[name]))
    return None


def _said(text: str) -> str:
    return " ".join(_WORDS.sub(" ", text).split())[:40]
