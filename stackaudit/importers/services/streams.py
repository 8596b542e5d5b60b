"""Which data object a stream, table or object of an API is: only exact words, never likeness.

``accounts`` is a company in a CRM and an advertiser in an ad platform; such words count only where
the product is of the kind. Everything else is left out, and said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from stackaudit.catalogue.model import Product

_ANYWHERE: Final = {
    "contact": "contact",
    "person": "contact",
    "people": "contact",
    "customer": "contact",
    "lead": "lead",
    "company": "account",
    "companies": "account",
    "deal": "opportunity",
    "opportunity": "opportunity",
    "opportunities": "opportunity",
    "order": "order",
    "abandonedcheckout": "cart",
    "cart": "cart",
    "product": "product",
    "subscription": "subscription",
    "invoice": "invoice",
    "payment": "payment",
    "charge": "payment",
    "quote": "quote",
    "ticket": "ticket",
    "conversation": "conversation",
    "formsubmission": "form-submission",
    "surveyresponse": "survey-response",
    "donation": "donation",
    "review": "review",
    "webinar": "marketing-event",
}
_CRM: Final = {"account": "account", "campaign": "campaign", "task": "activity"}
_ADS: Final = {
    "adsinsight": "ad-performance",
    "adinsight": "ad-performance",
    "adreport": "ad-performance",
    "adperformancereport": "ad-performance",
    "adperformancereportdaily": "ad-performance",
    "campaignperformancereport": "ad-performance",
    "adanalytic": "ad-performance",
    "adcampaignanalytic": "ad-performance",
    "campaign": "campaign",
}
_MAIL: Final = {"campaign": "campaign", "profile": "contact"}


def object_of(name: str, product: Product | None) -> str | None:
    """Return the data object that a stream of a product is, or None."""
    words = _words(name)
    tables = [_ANYWHERE]
    if product is not None:
        if "crm" in product.capabilities:
            tables.append(_CRM)
        if "ad-performance" in product.objects:
            tables.append(_ADS)
        if {"email-marketing", "marketing-automation"} & set(product.capabilities):
            tables.append(_MAIL)
    for table in tables:
        for word in (words, words.removesuffix("s")):
            if word in table:
                return table[word]
    return None


@lru_cache(maxsize=4096)
def _words(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.rpartition(".")[2]).casefold()


def objects_of(names: Iterable[str], product: Product | None) -> list[str]:
    """Return the data objects of several streams, each once, in order of the alphabet."""
    return sorted({o for n in set(names) if (o := object_of(n, product)) is not None})
