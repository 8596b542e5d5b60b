"""Hightouch: syncs from the models of a warehouse to destinations.

Format: the Hightouch API (hightouch.com/docs/developer-tools/api-guide; its OpenAPI description):
``GET /api/v1/sources``, ``/models``, ``/destinations`` and ``/syncs`` answer ``{"data": […]}``,
paged by ``limit`` and ``offset``. A sync names its model and its destination, a model its source;
``disabled`` is set by people; ``schedule`` holds an interval, a cron expression, days and times, or
a dbt job. What ``configuration`` holds is not promised by Hightouch, and not taken.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from stackaudit.importers.model import Bundle, Found, ImportFailure, Setting, SourceFile
from stackaudit.importers.services.documents import ID, TEXT, Item, peek
from stackaudit.importers.services.pipelines import Connection, Pipeline, by_id
from stackaudit.importers.services.reading import Reading, nothing_but
from stackaudit.importers.services.streams import objects_of
from stackaudit.importers.services.timing import DAY, WEEK, minutes_of, minutes_of_cron

HOST: Final = "api.hightouch.com"
_NAMES: Final = ("sources", "models", "destinations", "syncs")
_LIMIT: Final = 100
_END: Final = {"id": ID, "name": TEXT, "slug": TEXT, "type": TEXT, "workspaceId": ID}
_LISTS: Final[tuple[tuple[str, Mapping[str, Any]], ...]] = (
    ("sources", _END),
    (
        "models",
        {
            "id": ID,
            "name": TEXT,
            "slug": TEXT,
            "primaryKey": TEXT,
            "sourceId": ID,
            "queryType": TEXT,
        },
    ),
    ("destinations", {**_END, "syncs": [ID]}),
    (
        "syncs",
        {
            "id": ID,
            "slug": TEXT,
            "destinationId": ID,
            "modelId": ID,
            "status": TEXT,
            "disabled": TEXT,
            "primaryKey": TEXT,
            "lastRunAt": TEXT,
            "schedule": {
                "type": TEXT,
                "schedule": {
                    "interval": {"unit": TEXT, "quantity": TEXT},
                    "expression": TEXT,
                    "expressions": [
                        {
                            "time": TEXT,
                            "days": dict.fromkeys(
                                (
                                    "monday",
                                    "tuesday",
                                    "wednesday",
                                    "thursday",
                                    "friday",
                                    "saturday",
                                    "sunday",
                                ),
                                TEXT,
                            ),
                        }
                    ],
                },
            },
        },
    ),
)
_IDENTITY: Final = {
    "email": "email",
    "emailaddress": "email",
    "phone": "phone",
    "phonenumber": "phone",
    "userid": "user_id",
    "customerid": "customer_id",
    "contactid": "contact_id",
    "accountid": "account_id",
    "anonymousid": "anonymous_id",
    "externalid": "external_id",
}
"""Columns whose name says which key of identity they hold; others are a table's own numbers."""


class HightouchSyncs:
    """Reads the syncs of a Hightouch workspace."""

    id: ClassVar[str] = "hightouch"
    title: ClassVar[str] = "Hightouch syncs (hightouch:)"
    variables: ClassVar[tuple[str, ...]] = ("HIGHTOUCH_TOKEN",)

    def fetch(self, what: str, line: Any, environment: Mapping[str, str]) -> Sequence[SourceFile]:
        """Return sources, models, destinations and syncs of the token's workspace."""
        host = nothing_but(what, HOST, self.id)
        login = {"Authorization": f"Bearer {environment['HIGHTOUCH_TOKEN']}"}
        reading = Reading(line, self.id, "", login)
        for name, allowed in _LISTS:
            pages = reading.offset(f"https://{host}/api/v1/{name}", {"orderBy": "id"}, _LIMIT)
            reading.keep(name, reading.entries(pages, "data"), allowed)
        return reading.files()


class HightouchDocuments:
    """The lists of the Hightouch API, as they were saved."""

    id: ClassVar[str] = "hightouch"
    title: ClassVar[str] = "Hightouch syncs (JSON of the API)"

    def recognises(self, bundle: Bundle) -> bool:
        """Tell whether it holds syncs of Hightouch."""
        return peek(bundle, self.id, _NAMES, (b'"modelId"', b'"destinationId"', b'"disabled"'))

    def parse(self, bundle: Bundle, setting: Setting) -> Found:
        """Return sources and destinations as tools, syncs as flows between them."""
        pipeline = Pipeline(bundle, setting, self.id, "hightouch", "reverse-etl")
        found = pipeline.found
        syncs = by_id((i for i in pipeline.items if "modelId" in i.data), "id", found, "syncs")
        rest = [i for i in pipeline.items if "modelId" not in i.data]
        models = by_id((i for i in rest if "sourceId" in i.data), "id", found, "models")
        ends = [i for i in rest if "sourceId" not in i.data and i.text("type")]
        sources = by_id((i for i in ends if not _receives(i)), "id", found, "sources")
        destinations = by_id((i for i in ends if _receives(i)), "id", found, "destinations")
        if pipeline.items and not (syncs or models or ends):
            raise ImportFailure("there is no sync of Hightouch in it", "save /api/v1/syncs")
        for item in syncs.values():
            _sync(pipeline, item, models, sources, destinations)
        states = [i.text("status").casefold() for i in syncs.values() if not i.flag("disabled")]
        found.counts = {
            "syncs": len(syncs),
            "disabled": sum(1 for i in syncs.values() if i.flag("disabled")),
            "models": len(models),
            "destinations": len(destinations),
        }
        if "failed" in states:
            found.note(f"syncs whose last run failed: {states.count('failed')}; look at them")
        return pipeline.finish()


def _receives(item: Item) -> bool:
    """Tell a destination from a source: only a destination lists its syncs."""
    return "syncs" in item.data or "destination" in item.file


def _sync(
    pipeline: Pipeline,
    item: Item,
    models: dict[str, Item],
    sources: dict[str, Item],
    destinations: dict[str, Item],
) -> None:
    name = pipeline.clean(item.text("slug")) or item.text("id")
    place = item.place(f"sync {name}")
    model = models.get(item.text("modelId"))
    source = sources.get(model.text("sourceId")) if model else None
    destination = destinations.get(item.text("destinationId"))
    if model is None or source is None or destination is None:
        missing = "model" if model is None else "source" if source is None else "destination"
        pipeline.found.left_out(f"the {missing} of a sync is in no list", place)
        return
    start = pipeline.end(source.text("type"), source.text("name"), place)
    goal = pipeline.end(destination.text("type"), destination.text("name"), place)
    if start is None or goal is None:
        return
    key = re.sub(r"[\W_]+", "", item.text("primaryKey") or model.text("primaryKey")).casefold()
    disabled = item.flag("disabled")
    pipeline.flow(
        start,
        goal,
        place,
        Connection(
            name,
            tuple(objects_of([model.text("name")], goal.product)),
            _minutes(item),
            "manual" if item.text("schedule", "type").casefold() == "manual" else None,
            None if disabled is None else "paused" if disabled else "live",
            _IDENTITY.get(key),
        ),
    )


def _minutes(item: Item) -> int | None:
    """Return how often a sync runs; None for a dbt job, and for what nobody has scheduled."""
    made = minutes_of(
        _number(item.text("schedule", "schedule", "interval", "quantity")),
        item.text("schedule", "schedule", "interval", "unit"),
    )
    made = made or minutes_of_cron(item.text("schedule", "schedule", "expression"))
    if made is not None:
        return made
    times = item.entries("schedule", "schedule", "expressions")
    days = [d for t in times if isinstance(d := t.get("days"), Mapping)]
    weekly = sum(1 for day in days for on in day.values() if on is True)
    if not weekly:
        return None
    return WEEK if weekly == 1 else DAY


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
