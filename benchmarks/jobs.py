"""The jobs that tools of a marketing stack do, read from ``jobs.txt``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_TABLE = Path(__file__).with_name("jobs.txt")


@dataclass(frozen=True, slots=True)
class Job:
    """What one kind of tool does, and the products that do it."""

    capabilities: tuple[str, ...]
    function: str
    weight: int
    """How common such tools are, relative to the other jobs."""
    roles: tuple[tuple[str, tuple[str, ...]], ...]
    """Data object → what is done with it."""
    channels: tuple[str, ...]
    products: tuple[tuple[str, str], ...]
    """Catalogue id and name."""

    @property
    def objects(self) -> tuple[str, ...]:
        """Return the data objects it handles."""
        return tuple(item for item, _ in self.roles)


def _words(text: str, separator: str | None = ",") -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(separator) if word.strip())


def read_jobs() -> tuple[Job, ...]:
    """Return every job of the table, in its order."""
    entries: list[tuple[str, list[str]]] = []
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith(" "):
            entries[-1][1].append(line)
        else:
            entries.append((line, []))
    jobs = []
    for head, product_lines in entries:
        capabilities, function, weight, roles, channels = (part.strip() for part in head.split("|"))
        pairs = (role.split(":") for role in _words(roles, None))
        products = (item.split("=", 1) for item in _words(" ".join(product_lines), ";"))
        jobs.append(
            Job(
                capabilities=_words(capabilities),
                function=function,
                weight=int(weight),
                roles=tuple((item, _words(done)) for item, done in pairs),
                channels=_words(channels),
                products=tuple((ident.strip(), name.strip()) for ident, name in products),
            )
        )
    return tuple(jobs)


HUBS = (
    "crm",
    "data-warehouse",
    "profile-unification",
    "consent-management",
    "app-integration",
    "data-pipelines",
    "tag-management",
    "dashboards-reporting",
)
"""The first capability of the tools that every unit of a company has first."""

CARRIERS = frozenset({"app-integration", "data-pipelines", "tag-management"})
"""The first capability of tools that carry the flows of others."""

SUITES = {
    "adobe": [
        "adobe-experience-manager-sites",
        "adobe-experience-manager-assets",
        "adobe-analytics",
        "adobe-target",
        "adobe-campaign",
        "adobe-customer-journey-analytics",
        "adobe-journey-optimizer",
        "adobe-real-time-cdp",
        "adobe-marketo-engage",
        "adobe-experience-platform-tags",
        "adobe-marketo-measure",
        "adobe-commerce",
        "adobe-workfront",
        "adobe-advertising",
    ],
    "salesforce": [
        "salesforce-sales-cloud",
        "salesforce-service-cloud",
        "salesforce-marketing-cloud-engagement",
        "salesforce-data-360",
        "salesforce-marketing-cloud-account-engagement",
        "salesforce-marketing-cloud-personalization",
        "salesforce-commerce-cloud",
    ],
    "hubspot": [
        "hubspot-smart-crm",
        "hubspot-marketing-hub",
        "hubspot-sales-hub",
        "hubspot-service-hub",
        "hubspot-content-hub",
    ],
    "google": [
        "google-analytics-4",
        "google-tag-manager",
        "looker-studio",
        "bigquery",
        "google-ads",
        "display-video-360",
        "youtube",
    ],
}
"""Suites and the members of them that do one of the jobs: what a suite-heavy stack is made of."""
