"""Airbyte: connections from sources to destinations.

Format: the public Airbyte API (reference.airbyte.com; ``api_documentation_*.yaml`` in
airbytehq/airbyte-platform): lists of workspaces, sources, destinations and connections as
``{"data": […]}``, paged by ``limit`` (1 to 100) and ``offset``. A connection has ``status`` active,
inactive or deprecated, ``schedule`` with ``scheduleType`` cron, basic or manual, and the streams
that are synced. Access tokens come from ``POST …/applications/token``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from stackaudit.importers.model import Bundle, Found, ImportFailure, Setting, SourceFile
from stackaudit.importers.services.documents import ID, TEXT, Item, peek
from stackaudit.importers.services.pipelines import Connection, End, Pipeline, by_id, listed_names
from stackaudit.importers.services.reading import Reading, host_of
from stackaudit.importers.services.streams import objects_of
from stackaudit.importers.services.timing import minutes_of_cron, minutes_of_words

CLOUD: Final = "api.airbyte.com"
_NAMES: Final = ("workspaces", "sources", "destinations", "connections")
_LIMIT: Final = 100
_LISTS: Final[tuple[tuple[str, Mapping[str, Any]], ...]] = (
    ("workspaces", {"workspaceId": ID, "name": TEXT}),
    (
        "sources",
        {"sourceId": ID, "name": TEXT, "sourceType": ID, "workspaceId": ID, "definitionId": ID},
    ),
    (
        "destinations",
        {
            "destinationId": ID,
            "name": TEXT,
            "destinationType": ID,
            "workspaceId": ID,
            "definitionId": ID,
        },
    ),
    (
        "connections",
        {
            "connectionId": ID,
            "name": TEXT,
            "sourceId": ID,
            "destinationId": ID,
            "workspaceId": ID,
            "status": TEXT,
            "schedule": {"scheduleType": TEXT, "basicTiming": TEXT, "cronExpression": TEXT},
            "configurations": {"streams": [{"name": TEXT, "namespace": TEXT}]},
        },
    ),
)
_STATUS: Final = {"active": "live", "inactive": "paused", "deprecated": "retired"}


class AirbyteConnections:
    """Reads the connections of an Airbyte account, in its cloud or on a host of one's own."""

    id: ClassVar[str] = "airbyte"
    title: ClassVar[str] = "Airbyte connections (airbyte:api.airbyte.com)"
    variables: ClassVar[tuple[str, ...]] = ()
    optional: ClassVar[tuple[str, ...]] = (
        "AIRBYTE_TOKEN",
        "AIRBYTE_CLIENT_ID",
        "AIRBYTE_CLIENT_SECRET",
    )

    def fetch(self, what: str, line: Any, environment: Mapping[str, str]) -> Sequence[SourceFile]:
        """Return workspaces, sources, destinations and connections; ``what`` is the host."""
        host = host_of(what or CLOUD, (CLOUD,), line, self.id)
        base = f"https://{host}/v1" if host == CLOUD else f"https://{host}/api/public/v1"
        token = environment.get("AIRBYTE_TOKEN") or self._token(host, line, environment)
        login = {"Authorization": f"Bearer {token}"}
        reading = Reading(line, self.id, host, login)
        for name, allowed in _LISTS:
            pages = reading.offset(f"{base}/{name}", {}, _LIMIT, needed=name != "workspaces")
            reading.keep(name, reading.entries(pages, "data"), allowed)
        return reading.files()

    @staticmethod
    def _token(host: str, line: Any, environment: Mapping[str, str]) -> str:
        """Return an access token for the id and secret of an application."""
        names = ("AIRBYTE_CLIENT_ID", "AIRBYTE_CLIENT_SECRET")
        if any(name not in environment for name in names):
            raise ImportFailure(
                "AIRBYTE_TOKEN is not set, nor AIRBYTE_CLIENT_ID and AIRBYTE_CLIENT_SECRET",
                "set the environment variables; a token is never taken from the command line",
            )
        path = "/v1" if host == CLOUD else "/api/v1"
        body = {
            "client_id": environment[names[0]],
            "client_secret": environment[names[1]],
            "grant-type": "client_credentials",
        }
        answer = line.post_json(f"https://{host}{path}/applications/token", body=body)
        token = answer.get("access_token") if isinstance(answer, Mapping) else None
        if not isinstance(token, str) or not token.isascii() or not token.isprintable():
            raise ImportFailure(f"{host} gave no access token", "is the application still there?")
        return token


class AirbyteDocuments:
    """The lists of the Airbyte API, as they were saved."""

    id: ClassVar[str] = "airbyte"
    title: ClassVar[str] = "Airbyte connections (JSON of the API)"

    def recognises(self, bundle: Bundle) -> bool:
        """Tell whether it holds connections of Airbyte."""
        return peek(bundle, self.id, _NAMES, (b'"connectionId"', b'"sourceId"', b'"destinationId"'))

    def parse(self, bundle: Bundle, setting: Setting) -> Found:
        """Return sources and destinations as tools, connections as flows between them."""
        pipeline = Pipeline(bundle, setting, self.id, "airbyte", "etl-elt")
        items, found = pipeline.items, pipeline.found
        connections = by_id(
            (i for i in items if "connectionId" in i.data), "connectionId", found, "connections"
        )
        sources = by_id((i for i in items if "sourceType" in i.data), "sourceId", found, "sources")
        destinations = by_id(
            (i for i in items if "destinationType" in i.data),
            "destinationId",
            found,
            "destinations",
        )
        if items and not (connections or sources or destinations):
            raise ImportFailure(
                "there is no connection of Airbyte in it",
                "save /connections, /sources and the rest",
            )
        used: set[str] = set()
        for item in connections.values():
            used |= {item.text("sourceId"), item.text("destinationId")}
            _connection(pipeline, item, sources, destinations)
        idle = [i for k, i in (sources | destinations).items() if k not in used]
        if idle:
            names = listed_names(pipeline.clean(i.text("name")) for i in idle)
            found.note(f"sources and destinations without a connection: {names}")
        statuses = [i.text("status").casefold() for i in connections.values()]
        found.counts = {
            "connections": len(connections),
            "paused": statuses.count("inactive"),
            "deprecated": statuses.count("deprecated"),
            "sources": len(sources),
            "destinations": len(destinations),
        }
        return pipeline.finish()


def _connection(
    pipeline: Pipeline, item: Item, sources: dict[str, Item], destinations: dict[str, Item]
) -> None:
    name = pipeline.clean(item.text("name")) or item.text("connectionId")
    place = item.place(f"connection {name}")
    ends: list[End | None] = []
    for key, known, type_key in (
        ("sourceId", sources, "sourceType"),
        ("destinationId", destinations, "destinationType"),
    ):
        other = known.get(item.text(key))
        if other is None:
            pipeline.found.left_out(
                f"the {key.removesuffix('Id')} of a connection is in no list", place
            )
            return
        ends.append(pipeline.end(other.text(type_key), other.text("name"), place))
    start, goal = ends
    if start is None or goal is None:
        return
    streams = [str(s.get("name") or "") for s in item.entries("configurations", "streams")]
    schedule = item.text("schedule", "scheduleType").casefold()
    minutes = None
    if schedule == "basic":
        minutes = minutes_of_words(item.text("schedule", "basicTiming"))
    elif schedule == "cron":
        minutes = minutes_of_cron(item.text("schedule", "cronExpression"))
    if schedule in ("basic", "cron") and minutes is None:
        pipeline.found.note("how often it runs is written in a way that was not understood", place)
    pipeline.flow(
        start,
        goal,
        place,
        Connection(
            name,
            tuple(objects_of(streams, start.product)),
            minutes,
            "manual" if schedule == "manual" else None,
            _STATUS.get(item.text("status").casefold()),
        ),
    )
