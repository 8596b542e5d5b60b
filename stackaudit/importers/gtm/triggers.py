"""When a tag fires, as far as the container says: triggers, exceptions, schedules, sequences.

Sources: ids of built-in triggers, seen in exports and in Tag Manager's interface (2147479553 All
Pages, 2147479572 Consent Initialization, 2147479573 Initialization); ``paused``,
``scheduleStartMs``, ``scheduleEndMs``, ``setupTag``, ``teardownTag``, ``firingTriggerId`` and
``blockingTriggerId`` of Tag Manager API v2, resource ``Tag``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from stackaudit.importers.gtm.shape import Container, Thing, ids_of, is_true, text_of

BUILT_IN: Final = {
    "2147479553": "All Pages",
    "2147479572": "Consent Initialization - All Pages",
    "2147479573": "Initialization - All Pages",
}
_FIRST_BUILT_IN: Final = 2147479000
_ON_LOAD: Final = frozenset(
    ("PAGEVIEW", "DOMREADY", "WINDOWLOADED", "INIT", "CONSENTINIT", "ALWAYS", "SERVERPAGEVIEW")
)


@dataclass(frozen=True, slots=True)
class Firing:
    """Whether and when one tag fires."""

    paused: bool = False
    never: str = ""
    """Why it never fires; empty where nothing shows that it does not."""
    on_load: bool = False
    """It fires when a page loads, on every page or on some."""
    words: str = ""
    """Names and filters of its triggers, to look for words of a consent tool; never shown."""
    strange: tuple[str, ...] = ()
    """Triggers it names that the export does not hold."""

    @property
    def active(self) -> bool:
        """Return whether nothing shows that it does not fire."""
        return not self.paused and not self.never


class Firings:
    """The firing of every tag of a container."""

    def __init__(self, container: Container) -> None:
        self._container = container
        self._triggers = {t.id: t for t in container.triggers}
        self._known = "trigger" in container.stated
        self._now = _moment(container.exported)
        self._chained: set[str] = set()
        tags = {t.name: t for t in container.tags}
        for tag in container.tags:
            if is_true(tag.raw.get("paused")):
                continue
            for key in ("setupTag", "teardownTag"):
                for link in _links(tag.raw.get(key)):
                    if link in tags:
                        self._chained.add(link)

    def of(self, tag: Thing) -> Firing:
        """Return when a tag fires."""
        raw = tag.raw
        firing = ids_of(raw.get("firingTriggerId") or raw.get("firingRuleId"))
        blocking = ids_of(raw.get("blockingTriggerId") or raw.get("blockingRuleId"))
        strange = [i for i in firing if self._known and self._strange(i)]
        paused = is_true(raw.get("paused")) or tag.type == "paused"
        return Firing(
            paused=paused,
            never="" if paused else self._never(tag, firing, blocking, strange),
            on_load=any(self._on_load(i) for i in firing),
            words=" ".join(self._words(i) for i in (*firing, *blocking)),
            strange=tuple(strange),
        )

    def _never(self, tag: Thing, firing: list[str], blocking: list[str], strange: list[str]) -> str:
        end = text_of(tag.raw.get("scheduleEndMs"))
        if self._now is not None and end.isdigit() and int(end) / 1000 < self._now:
            return "its schedule is over"
        if tag.name in self._chained:
            return ""
        if not firing:
            return "it has no trigger"
        if set(firing) <= set(blocking):
            return "its exceptions stop every trigger it has"
        if len(strange) == len(firing):
            return "its triggers are not in the container"
        return ""

    def _strange(self, trigger: str) -> bool:
        return trigger not in self._triggers and not is_built_in(trigger)

    def _on_load(self, trigger: str) -> bool:
        if is_built_in(trigger):
            return True
        known = self._triggers.get(trigger)
        return known is not None and known.type.replace("_", "").upper() in _ON_LOAD

    def _words(self, trigger: str) -> str:
        known = self._triggers.get(trigger)
        if known is None:
            return ""
        parts = [known.name]
        for key in ("filter", "customEventFilter", "autoEventFilter", "condition"):
            parts += _values(known.raw.get(key), 0)
        return " ".join(parts)


def is_built_in(trigger: str) -> bool:
    """Tell whether a trigger is one of Tag Manager's own, which no export lists."""
    return trigger in BUILT_IN or (trigger.isdigit() and int(trigger[:12]) >= _FIRST_BUILT_IN)


def _links(value: Any) -> list[str]:
    links = value if isinstance(value, list) else [value]
    return [text_of(link.get("tagName")) for link in links if isinstance(link, dict)]


def _values(value: Any, depth: int) -> list[str]:
    if depth > 8:
        return []
    if isinstance(value, dict):
        each = [text_of(v) for k, v in value.items() if k in ("value", "name")]
        return each + [w for v in value.values() for w in _values(v, depth + 1)]
    if isinstance(value, list):
        return [w for v in value for w in _values(v, depth + 1)]
    return []


def _moment(text: str) -> float | None:
    """Return the time of an export in seconds; it is written in UTC."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()
    except ValueError:
        return None
