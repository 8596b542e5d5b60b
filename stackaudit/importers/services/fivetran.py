"""Fivetran: connections that load data into the destination of their group.

Format: the Fivetran REST API (fivetran.com/docs/rest-api/api-reference): ``GET /v1/groups``,
``/v1/groups/{id}/connections`` and ``/v1/destinations`` answer ``{"code", "data": {"items": […],
"next_cursor"}}``. A destination has the id of its group. A connection has ``service``, ``schema``,
``paused``, ``sync_frequency`` in minutes and ``status`` with ``setup_state`` connected, incomplete
or broken.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final
from urllib.parse import quote

from stackaudit.importers.model import Bundle, Found, ImportFailure, Setting, SourceFile
from stackaudit.importers.services.documents import ID, TEXT, Item, peek
from stackaudit.importers.services.pipelines import Connection, Pipeline, by_id, listed_names
from stackaudit.importers.services.reading import Reading, nothing_but
from stackaudit.importers.services.streams import objects_of
from stackaudit.importers.services.timing import minutes_of

HOST: Final = "api.fivetran.com"
_GROUP: Final = {"id": ID, "name": TEXT, "created_at": TEXT}
_DESTINATION: Final = {"id": ID, "service": ID, "group_id": ID, "region": ID, "setup_status": ID}
_CONNECTION: Final = {
    "id": ID,
    "service": ID,
    "schema": TEXT,
    "group_id": ID,
    "paused": TEXT,
    "sync_frequency": TEXT,
    "schedule_type": TEXT,
    "created_at": TEXT,
    "succeeded_at": TEXT,
    "status": {"setup_state": TEXT, "sync_state": TEXT},
}


class FivetranConnections:
    """Reads the connections of a Fivetran account."""

    id: ClassVar[str] = "fivetran"
    title: ClassVar[str] = "Fivetran connections (fivetran:)"
    variables: ClassVar[tuple[str, ...]] = ("FIVETRAN_API_KEY", "FIVETRAN_API_SECRET")

    def fetch(self, what: str, line: Any, environment: Mapping[str, str]) -> Sequence[SourceFile]:
        """Return groups, destinations and the connections of each group."""
        host = nothing_but(what, HOST, self.id)
        pair = ":".join(environment[name] for name in self.variables)
        login = {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
        reading = Reading(line, self.id, "", login)

        def items(path: str, needed: bool) -> list[Any]:
            url = f"https://{host}/v1/{path}"
            path_to_cursor = ("data", "next_cursor")
            pages = reading.cursored(url, {"limit": "1000"}, "cursor", path_to_cursor, needed)
            return reading.entries(pages, "data", "items")

        groups = reading.keep("groups", items("groups", True), _GROUP)
        reading.keep("destinations", items("destinations", False), _DESTINATION)
        for own in sorted({str(g["id"]) for g in groups if g.get("id")}):
            entries = items(f"groups/{quote(own, safe='')}/connections", False)
            reading.keep(f"groups/{own}/connections", entries, _CONNECTION)
        return reading.files()


class FivetranDocuments:
    """The lists of the Fivetran API, as they were saved."""

    id: ClassVar[str] = "fivetran"
    title: ClassVar[str] = "Fivetran connections (JSON of the API)"

    def recognises(self, bundle: Bundle) -> bool:
        """Tell whether it holds connections of Fivetran."""
        return peek(
            bundle,
            self.id,
            ("groups", "destinations", "connections", "connectors"),
            (b'"sync_frequency"', b'"service"'),
            (b'"setup_state"', b'"group_id"', b'"service"'),
        )

    def parse(self, bundle: Bundle, setting: Setting) -> Found:
        """Return services and destinations as tools, connections as flows between them."""
        pipeline = Pipeline(bundle, setting, self.id, "fivetran", "etl-elt")
        found = pipeline.found
        with_service = [i for i in pipeline.items if i.text("service")]
        connections = by_id((i for i in with_service if _loads(i)), "id", found, "connections")
        destinations = by_id(
            (i for i in with_service if not _loads(i)), "id", found, "destinations"
        )
        groups = by_id(
            (i for i in pipeline.items if "service" not in i.data and i.text("name")),
            "id",
            found,
            "groups",
        )
        if pipeline.items and not (connections or destinations or groups):
            raise ImportFailure(
                "there is no connection of Fivetran in it", "save /v1/groups/…/connections"
            )
        unfinished = []
        for item in connections.values():
            if item.text("status", "setup_state") == "incomplete":
                unfinished.append(_name(pipeline, item))
                continue
            _connection(pipeline, item, destinations, groups)
        if unfinished:
            names = listed_names(unfinished)
            found.left_out(f"connections that were never set up to their end: {names}")
        found.counts = {
            "connections": len(connections),
            "paused": sum(1 for i in connections.values() if _status(i) == "paused"),
            "broken": sum(1 for i in connections.values() if _status(i) == "broken"),
            "destinations": len(destinations),
        }
        return pipeline.finish()


def _loads(item: Item) -> bool:
    """Tell a connection from a destination: it has a schema, a frequency, or a state of setup."""
    return any(key in item.data for key in ("schema", "sync_frequency", "paused", "succeeded_at"))


def _name(pipeline: Pipeline, item: Item) -> str:
    return pipeline.clean(item.text("schema")) or item.text("service")


def _status(item: Item) -> str | None:
    setup, sync = item.text("status", "setup_state"), item.text("status", "sync_state")
    paused = item.flag("paused")
    if paused or (paused is None and sync == "paused"):
        return "paused"
    if setup == "broken":
        return "broken"
    return "live" if setup == "connected" or paused is False else None


def _connection(
    pipeline: Pipeline, item: Item, destinations: dict[str, Item], groups: dict[str, Item]
) -> None:
    name = _name(pipeline, item)
    place = item.place(f"connection {name}")
    start = pipeline.end(item.text("service"), item.text("schema"), place)
    if start is None:
        return
    group = item.text("group_id") or _group_of(item)
    goal = None
    destination = destinations.get(group)
    if destination is not None:
        group_name = groups[group].text("name") if group in groups else ""
        where = destination.place(f"destination {pipeline.clean(group_name) or group}")
        goal = pipeline.end(destination.text("service"), group_name, where)
    else:
        pipeline.found.note("where it loads to is in no list of destinations", place)
    manual = item.text("schedule_type") == "manual"  # started by a call of the API alone
    pipeline.flow(
        start,
        goal,
        place,
        Connection(
            name,
            tuple(objects_of([item.text("schema").rpartition(".")[2]], start.product))
            if "." in item.text("schema")
            else (),
            None if manual else minutes_of(item.text("sync_frequency"), "minute"),
            "manual" if manual else None,
            _status(item),
        ),
    )


def _group_of(item: Item) -> str:
    """Return the group that the name of a saved document says: ``groups/ID/connections.json``."""
    parts = item.file.split("/")
    return parts[-2] if len(parts) > 2 and parts[-3] == "groups" else ""
