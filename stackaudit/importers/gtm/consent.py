"""Consent, as far as a container says: settings of tags, consent tools, words of triggers.

``consentSettings.consentStatus`` (Tag Manager API v2, resource ``Tag``): ``NOT_SET`` says
nothing either way, ``NOT_NEEDED`` that the tag asks for no more than its built-in checks,
``NEEDED`` that it waits for the types it lists.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from stackaudit.catalogue.model import Catalogue
from stackaudit.importers.gtm.shape import Thing, text_of

Status = Literal["needed", "not needed", "not set"]

_OTHER_TOOLS: Final = frozenset(
    (
        "fides",
        "transcend",
        "securiti",
        "cassie",
        "= Cookie Script",
        "= CookieFirst",
        "= CookieHub",
        "= Civic Cookie Control",
        "= Cookie Information",
        "= Enzuzo",
        "= Pandectes",
    )
)
_WORDS: Final = tuple(
    (product, re.compile(pattern, re.IGNORECASE))
    for product, pattern in (
        ("onetrust", r"one ?trust|optanon"),
        ("cookiebot", r"cookiebot|cookie_consent_(?:update|statistics|marketing|preferences)"),
        ("usercentrics", r"usercentrics|\buc_(?:consent|ui)"),
        ("didomi", r"didomi"),
        ("cookieyes", r"cookieyes|cookie_consent_update"),
        ("axeptio", r"axeptio"),
        ("iubenda", r"iubenda"),
        ("complianz", r"\bcmplz"),
        ("borlabs-cookie", r"borlabs"),
        ("consentmanager", r"consentmanager|\bcmp(?:Event|_event)"),
        ("trustarc", r"trustarc"),
        ("osano", r"osano"),
        ("termly", r"termly"),
    )
)
_ANY: Final = re.compile(
    r"consent|gdpr|rgpd|dsgvo|ccpa|opt[ -]?in\b|toestemming|akkoord|einwillig|zustimm|consentement"
    r"|consenso|consentimiento|cookie.{0,12}(?:accept|allow|wall|banner|ok\b|erlaubt|akzept)",
    re.IGNORECASE,
)


def status_of(tag: Thing) -> Status:
    """Return the consent setting of a tag; what is not there is not set."""
    settings = tag.raw.get("consentSettings")
    word = text_of(settings.get("consentStatus")) if isinstance(settings, dict) else ""
    word = word.upper().replace("_", "")
    if word == "NEEDED":
        return "needed"
    return "not needed" if word == "NOTNEEDED" else "not set"


def is_consent_tool(product: str, catalogue: Catalogue) -> bool:
    """Tell whether a product is bought for consent first of all."""
    known = catalogue.products.get(product)
    if known is None or product in _OTHER_TOOLS:
        return product in _OTHER_TOOLS
    return next(iter(known.capabilities), None) == "consent-management"


def tool_in_words(words: str) -> str | None:
    """Return the consent tool that names or filters of triggers name; empty: some, unnamed."""
    for product, pattern in _WORDS:
        if pattern.search(words):
            return product
    return "" if _ANY.search(words) else None
