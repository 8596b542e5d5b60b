"""Segment's Public API: what is fetched; the importer of Segment workspaces reads it.

Format: docs.segmentapis.com: ``GET /`` (the workspace), ``/sources``, ``/destinations``,
``/warehouses``, ``/destinations/{id}/subscriptions`` (alpha) and
``/warehouses/{id}/connected-sources`` answer ``{"data": {"sources": […], "pagination": {"current",
"next", "totalEntries"}}}``; the page is asked for with ``pagination[count]`` (at most 200) and
``pagination[cursor]``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final
from urllib.parse import quote

from stackaudit.importers.model import ImportFailure, SourceFile
from stackaudit.importers.services.documents import ID, TEXT
from stackaudit.importers.services.reading import Reading

HOSTS: Final = {"us": "api.segmentapis.com", "eu": "eu1.api.segmentapis.com"}
_COUNT: Final = "200"
_METADATA: Final = {"id": ID, "name": TEXT, "slug": ID, "categories": [TEXT], "status": TEXT}
_LABELS: Final = [{"key": TEXT, "value": TEXT}]
_WORKSPACE: Final = {"id": ID, "slug": ID, "name": TEXT}
_SOURCE: Final = {
    "id": ID,
    "slug": TEXT,
    "name": TEXT,
    "workspaceId": ID,
    "enabled": TEXT,
    "metadata": _METADATA,
    "labels": _LABELS,
}
_DESTINATION: Final = {
    "id": ID,
    "name": TEXT,
    "enabled": TEXT,
    "sourceId": ID,
    "metadata": _METADATA,
}
_WAREHOUSE: Final = {"id": ID, "workspaceId": ID, "enabled": TEXT, "metadata": _METADATA}
_SUBSCRIPTION: Final = {
    "id": ID,
    "name": TEXT,
    "actionId": ID,
    "actionSlug": ID,
    "destinationId": ID,
    "enabled": TEXT,
    "trigger": TEXT,
}


class SegmentWorkspace:
    """Reads sources, destinations and warehouses of a Segment workspace."""

    id: ClassVar[str] = "segment"
    title: ClassVar[str] = "Segment workspace (segment: or segment:eu)"
    variables: ClassVar[tuple[str, ...]] = ("SEGMENT_TOKEN",)

    def fetch(self, what: str, line: Any, environment: Mapping[str, str]) -> Sequence[SourceFile]:
        """Return the documents of the token's workspace; ``what`` is its region, us or eu."""
        known = {**HOSTS, **{host: host for host in HOSTS.values()}, "": HOSTS["us"]}
        host = known.get(what.strip().casefold())
        if host is None:
            raise ImportFailure(
                f"{what} is no region of Segment; nothing was sent to it",
                "write segment:us or segment:eu",
            )
        login = {"Authorization": f"Bearer {environment['SEGMENT_TOKEN']}"}
        reading = Reading(line, self.id, "eu" if host == HOSTS["eu"] else "us", login)

        def items(path: str, key: str, needed: bool = False) -> list[Any]:
            start = {"pagination[count]": _COUNT}
            cursor = ("data", "pagination", "next")
            url = f"https://{host}/{path}"
            pages = reading.cursored(url, start, "pagination[cursor]", cursor, needed)
            return reading.entries(pages, "data", key)

        reading.keep_one("workspace", f"https://{host}/", _WORKSPACE, "workspace")
        reading.keep("sources", items("sources", "sources", True), _SOURCE, "sources")
        destinations = reading.keep(
            "destinations",
            items("destinations", "destinations", True),
            _DESTINATION,
            "destinations",
        )
        warehouses = reading.keep(
            "warehouses", items("warehouses", "warehouses"), _WAREHOUSE, "warehouses"
        )
        for own in _ids(destinations):
            path = f"destinations/{quote(own, safe='')}/subscriptions"
            subscriptions = items(path, "subscriptions")
            if subscriptions:
                reading.keep(path, subscriptions, _SUBSCRIPTION, "subscriptions")
        for own in _ids(warehouses):
            path = f"warehouses/{quote(own, safe='')}/connected-sources"
            reading.keep(path, items(path, "sources"), _SOURCE, "sources")
        return reading.files()


def _ids(entries: list[Any]) -> list[str]:
    return sorted({str(e["id"]) for e in entries if e.get("id")})
