"""What is said besides tools and flows: what rests, what waits for consent, what nobody knows."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from stackaudit.importers.gtm import kinds
from stackaudit.importers.gtm.consent import tool_in_words
from stackaudit.importers.gtm.shape import Thing
from stackaudit.importers.gtm.uses import Hit

if TYPE_CHECKING:
    from stackaudit.importers.gtm.report import Telling


_PUBLIC_ID = re.compile(r"(?:GTM|G|AW|GT)-[A-Z0-9]{4,9}")


def say_all(telling: Telling) -> None:
    """Add the notices of one container."""
    _broken(telling)
    _strangers(telling)
    _consent(telling)
    _resting(telling)
    _google(telling)
    _code(telling)
    _around(telling)


def _broken(telling: Telling) -> None:
    container, found = telling.container, telling.found
    for what in container.broken[:20]:
        found.unreadable(what, telling.place())
    if container.broken:
        found.partial = True
    if not container.tags:
        found.note(
            "there are no tags in it",
            telling.place(),
            "the container is empty, or this is not all of it",
        )
    if container.tags and "trigger" not in container.stated:
        found.note(
            "the export has no list of triggers: when tags fire is not known", telling.place()
        )


def _strangers(telling: Telling) -> None:
    uses, found = telling.uses, telling.found
    for host, tags in sorted(uses.strangers.items()):
        found.ask(
            f"code from or for {telling.clean(host)} in {telling.names(tags, 3)}: which tool is "
            "it? It was not added",
            telling.place(tags[0]),
        )
    for tag, what in uses.unknown:
        found.ask(
            f"what is {telling.names([tag])}? ({telling.clean(what)}) It was not added",
            telling.place(tag),
        )


def _consent(telling: Telling) -> None:
    uses, found = telling.uses, telling.found
    hits = {
        id(h.tag): h
        for product, each in sorted(uses.hits.items())
        if product not in telling.consent_tools
        for h in each
        if h.firing.active and h.counts
    }
    needed = [h for h in hits.values() if h.consent == "needed"]
    if needed and len(telling.consent_tools) != 1:
        open_ones = [h.tag for h in needed if not tool_in_words(h.firing.words)]
        known = ", ".join(telling.name_of(t) for t in telling.consent_tools)
        why = f"there are several: {known}" if known else "none is to be seen in the container"
        if open_ones:
            found.ask(
                f"which consent tool do {_n(open_ones, 'tag')} wait for that need consent "
                f"({telling.names(open_ones, 3)})? {why[0].upper()}{why[1:]}",
                telling.place(),
            )
    for product, each in sorted(uses.hits.items()):
        active = [h for h in each if h.firing.active and h.tag.type not in kinds.LINKERS]
        waiting = [h for h in active if _waits(h)]
        if 0 < len(waiting) < len(active):
            others = [h.tag for h in active if not _waits(h)]
            found.note(
                f"{len(waiting)} of {len(active)} tags of {telling.name_of(product)} wait for "
                f"consent; of {telling.names(others)} the container does not say so",
                telling.place(others[0]),
            )
    unset = [h.tag for h in hits.values() if h.consent == "not set"]
    if unset:
        found.note(
            f"consent is not set on {len(unset)} of {_n(list(hits), 'firing vendor tag')}: "
            "that says neither that they wait for it nor that they do not",
            telling.place(),
        )
    if telling.container.context != "server":
        early = [h.tag for h in hits.values() if _early(h)]
        if early:
            found.note(
                f"with no condition for consent in the container, {_n(early, 'tag')} without "
                f"consent checks built in fire{'s' * (len(early) == 1)} as a page loads: "
                f"{telling.names(early, 8)}",
                telling.place(),
                "a consent tool outside the container may still hold them back",
            )
    for what in ("default", "update"):
        tags = uses.consent_mode.get(what)
        if tags:
            words = "sets the defaults of" if what == "default" else "updates"
            found.note(f"Consent Mode: {telling.names(tags, 3)} {words} it", telling.place(tags[0]))
    google = [h for h in hits.values() if h.google]
    if google and not uses.consent_mode and telling.consent_tools:
        found.note(
            f"{_n(google, 'tag')} of Google check consent by themselves only if Consent Mode is in "
            "use, which the container does not show",
            telling.place(),
        )


def _waits(hit: Hit) -> bool:
    return hit.consent == "needed" or tool_in_words(hit.firing.words) is not None


def _early(hit: Hit) -> bool:
    return (
        hit.firing.on_load and not hit.google and not _waits(hit) and hit.confidence != "possible"
    )


def _resting(telling: Telling) -> None:
    uses, found = telling.uses, telling.found
    tags = telling.container.tags
    paused = [tags[i] for i, f in sorted(uses.fired.items()) if f.paused]
    if paused:
        found.note(f"{_n(paused, 'tag')} paused: {telling.names(paused, 8)}", telling.place())
    reasons: dict[str, list[Thing]] = {}
    for i, firing in sorted(uses.fired.items()):
        if firing.never:
            reasons.setdefault(firing.never, []).append(tags[i])
    for why, which in sorted(reasons.items()):
        text = f"{_n(which, 'tag')} never fire{'s' * (len(which) == 1)}, {why}"
        found.note(f"{text}: {telling.names(which, 8)}", telling.place(which[0]))
    partly = [tags[i] for i, f in sorted(uses.fired.items()) if f.strange and not f.never]
    if partly:
        found.note(
            f"triggers of {telling.names(partly)} are not in the export", telling.place(partly[0])
        )
    for product, hits in sorted(uses.hits.items()):
        if hits and not any(h.firing.active for h in hits):
            found.note(
                f"{telling.name_of(product)} is in the container, but "
                + (f"none of its {len(hits)} tags fires" if len(hits) > 1 else "its tag rests"),
                telling.place(hits[0].tag),
            )


def _google(telling: Telling) -> None:
    uses, found = telling.uses, telling.found
    ids = uses.google_ids.get(kinds.GA4, set())
    if len(ids) > 1:
        found.ask(
            f"tags that fire send to {len(ids)} different properties of Google Analytics 4: are "
            "all of them meant? Then list each as an `instance`",
            telling.place(),
        )
    old = uses.google_ids.get(kinds.UA, set())
    if len(old) > 1:
        found.note(f"tags send to {len(old)} properties of Universal Analytics", telling.place())
    settings = {h.title for h in uses.hits.get(kinds.GA4, ()) if h.firing.active}
    if uses.google_to_server and settings and telling.container.context != "server":
        where = ", ".join(map(telling.clean, sorted(uses.server_hosts)))
        found.note(
            "hits for Google Analytics 4 go to a server container"
            f"{f' at {where}' if where else ''}: whether Google gets them is decided there",
            telling.place(),
            "import the server container as well",
        )
    if uses.to_server and not uses.google_to_server:
        where = ", ".join(map(telling.clean, sorted(uses.server_hosts)))
        found.note(
            f"{_n(uses.to_server, 'tag')} send to a server container"
            f"{f' at {where}' if where else ''}",
            telling.place(),
            "import the server container as well",
        )
    if len(uses.server_hosts) > 1:
        found.ask(
            f"tags send to {len(uses.server_hosts)} servers; are they one server container?",
            telling.place(),
        )


def _code(telling: Telling) -> None:
    uses, found = telling.uses, telling.found
    if uses.own_code:
        found.note(
            f"{_n(uses.own_code, 'custom tag')} with code that names no vendor: "
            f"{telling.names(uses.own_code, 8)}",
            telling.place(),
        )
    listed = [(t, p) for t, p in uses.commented if p not in uses.hits]
    for tag, product in sorted(listed, key=lambda pair: (pair[1], pair[0].name)):
        found.note(f"{telling.name_of(product)} is commented out", telling.place(tag))
    for container, tag in sorted(uses.containers.items()):
        if container != telling.container.public_id:
            found.note(
                f"custom code loads another container, {container}",
                telling.place(tag),
                "export and import it as well",
            )
    for tag in uses.personal:
        found.note(
            "an address the tag calls has fields such as a name or e-mail address: personal data "
            "leaves the site",
            telling.place(tag),
        )


def _around(telling: Telling) -> None:
    container, uses, found = telling.container, telling.uses, telling.found
    if container.zones:
        found.note(
            f"{_n(container.zones, 'zone')} load further containers that are not in this export",
            telling.place(container.zones[0], "zone"),
            "export and import them as well",
        )
    idle = [
        t
        for t in container.templates
        if t.kind in ("TAG", "")
        and t.id not in uses.used_templates
        and telling.reading.meant(t).product
    ]
    for template in sorted(idle, key=lambda t: t.name):
        product = telling.name_of(telling.reading.meant(template).product)
        found.note(
            f'the template "{telling.clean(template.name)}" ({product}) is installed, and no tag '
            "uses it",
            telling.place(),
        )
    if container.clients:
        kinds_of = Counter(
            kinds.CLIENTS.get(c.type) or telling.clean(c.name) for c in container.clients
        )
        received = ", ".join(f"{k} ({n})" if n > 1 else k for k, n in sorted(kinds_of.items()))
        found.note(
            f"the server container receives {received}: from which sites, it does not say",
            telling.place(container.clients[0], "client"),
            "import the web container as well",
        )
    strange_id = container.public_id and not _PUBLIC_ID.fullmatch(container.public_id)
    if uses.placeholders or strange_id:
        why = "its id is a placeholder" if strange_id else "some constants hold placeholders"
        found.note(
            f"{why}: it may be a template of a container rather than one that is live",
            telling.place(),
        )


def _n(things: list[Thing] | list[Hit] | list[int], word: str) -> str:
    return f"{len(things)} {word}{'s' * (len(things) != 1)}"
