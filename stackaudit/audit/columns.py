"""Which column of the data flow a tool stands in, from attract and capture to engage, measure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from stackaudit.graph import Stack, StackTool

COLUMNS: Final = ("attract", "capture", "integrate", "record", "engage", "measure", "other")

BY_DOMAIN: Final[Mapping[str, str]] = {
    "strategy-operations": "other",
    "customer-data": "record",
    "data-integration": "integrate",
    "privacy-trust": "capture",
    "content-brand": "attract",
    "web-experience": "capture",
    "paid-media": "attract",
    "lifecycle-messaging": "engage",
    "social-community": "engage",
    "events-conversations": "capture",
    "sales-alignment": "record",
    "commerce": "capture",
    "service-success": "engage",
    "measurement": "measure",
}
"""Where data of a domain's tools usually stands on its way; single capabilities differ."""

BY_CAPABILITY: Final[Mapping[str, str]] = {
    "seo": "attract",
    "local-listings": "attract",
    "social-publishing": "attract",
    "social-listening": "measure",
    "influencer-marketing": "attract",
    "public-relations": "attract",
    "event-collection": "integrate",
    "audience-activation": "integrate",
    "conversion-tracking": "integrate",
    "lead-management": "record",
    "preference-management": "record",
    "experimentation": "engage",
    "personalization": "engage",
    "product-information": "record",
    "sales-engagement": "engage",
    "conversation-intelligence": "measure",
    "surveys-feedback": "capture",
    "site-quality": "measure",
    "product-feeds": "integrate",
    "payments-billing": "record",
    "deliverability": "measure",
}


def column_of(stack: Stack, tool: StackTool) -> str:
    """Return the column of a tool, by its first primary capability; ``other``: none is known."""
    if tool.kind == "own-channel":
        return "capture"
    ordered = sorted(
        tool.capabilities, key=lambda c: {"primary": 0, "secondary": 1}.get(tool.capabilities[c], 2)
    )
    for capability in ordered:
        if capability in BY_CAPABILITY:
            return BY_CAPABILITY[capability]
        entry = stack.catalogue.capabilities.get(capability)
        if entry is not None:
            return BY_DOMAIN.get(entry.domain, "other")
    return "other"


def domain_of(stack: Stack, tool: StackTool) -> str | None:
    """Return the domain of a tool's first primary capability."""
    ordered = sorted(
        tool.capabilities, key=lambda c: {"primary": 0, "secondary": 1}.get(tool.capabilities[c], 2)
    )
    for capability in ordered:
        entry = stack.catalogue.capabilities.get(capability)
        if entry is not None:
            return entry.domain
    return None
