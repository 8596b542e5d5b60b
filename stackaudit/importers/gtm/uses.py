"""From tags to what they are for: every tag read once, and put under the products it serves."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from stackaudit.catalogue.model import Catalogue
from stackaudit.importers.gtm import kinds
from stackaudit.importers.gtm.code import GOOGLE_IDS, Seen, domain_in, host_of, look
from stackaudit.importers.gtm.consent import Status, status_of
from stackaudit.importers.gtm.kinds import EVENT_KEYS, TAGS, objects_of
from stackaudit.importers.gtm.shape import Container, Template, Thing, is_true
from stackaudit.importers.gtm.templates import Meant, meaning, product_named
from stackaudit.importers.gtm.triggers import Firing, Firings
from stackaudit.importers.gtm.vendors import is_library, vendor_of
from stackaudit.importers.model import Confidence

SERVER_KEYS: Final = frozenset(
    (
        "server_container_url",
        "transport_url",
        "transportUrl",
        "serverContainerUrl",
        "gtm_server_domain",
    )
)
"""Settings that send hits of Google's tags to a server container instead of to Google."""
_IDS: Final = ("tagId", "measurementId", "measurementIdOverride", "trackingId")
_GOOGLE_ID: Final = re.compile(r"^\s*(G|AW|DC|UA|GT)-", re.IGNORECASE)
_PLACEHOLDER: Final = re.compile(
    r"^(?:value[_ ]here|.*x{4,}.*|your[_ -].*|.*replace.*|insert.*|change[_ -]?me.*|todo|<.*>)$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Hit:
    """One tag put under one product."""

    tag: Thing
    firing: Firing
    consent: Status
    title: str
    """What kind of tag it is: ``GA4 event``, ``Custom HTML``."""
    objects: set[str]
    confidence: Confidence
    shows: str = ""
    """What shows it, where the type of the tag does not say so."""
    google: bool = False

    @property
    def counts(self) -> bool:
        """Return whether it is more than a hint: those are asked about, and not counted."""
        return self.confidence != "possible" or self.tag.type in kinds.LINKERS


@dataclass(slots=True)
class Uses:
    """All tags of a container by product; ``= Name`` is a product in no catalogue."""

    hits: dict[str, list[Hit]] = field(default_factory=dict)
    hints: dict[str, tuple[Thing, str]] = field(default_factory=dict)
    """Products some code only listens to → the tag and what it listens to."""
    to_server: list[Hit] = field(default_factory=list)
    """Tags that send to a server container."""
    server_hosts: set[str] = field(default_factory=set)
    google_to_server: bool = False
    """Google's tags are told to send to a server container."""
    strangers: dict[str, list[Thing]] = field(default_factory=dict)
    """Hosts nobody knows → the tags."""
    unknown: list[tuple[Thing, str]] = field(default_factory=list)
    """Tags nobody knows → what they are."""
    own_code: list[Thing] = field(default_factory=list)
    """Custom code that loads nothing and calls nobody."""
    commented: list[tuple[Thing, str]] = field(default_factory=list)
    consent_mode: dict[str, list[Thing]] = field(default_factory=dict)
    containers: dict[str, Thing] = field(default_factory=dict)
    personal: list[Thing] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    fired: dict[int, Firing] = field(default_factory=dict)
    """Firing of each tag by its place in the list."""
    used_templates: set[str] = field(default_factory=set)
    google_ids: dict[str, set[str]] = field(default_factory=dict)
    """Product → ids of its properties among tags that fire; never leaves the importer."""
    placeholders: bool = False


class Reading:
    """Puts the tags of one container under products."""

    def __init__(self, container: Container, catalogue: Catalogue) -> None:
        self.container = container
        self.catalogue = catalogue
        self.firings = Firings(container)
        self.uses = Uses()
        self.meanings: dict[str, Meant] = {}
        self.own = frozenset(
            domain for text in (container.name, *container.domains) if (domain := domain_in(text))
        )
        self._templates: dict[str, Template] = {}
        for template in container.templates:
            for name in (*template.types, f"#{template.id}"):
                self._templates.setdefault(name, template)

    def run(self) -> Uses:
        """Return the uses of all tags."""
        self._server_settings()
        self.uses.placeholders = any(
            v.type == "c" and _PLACEHOLDER.match(v.params.get("value", "").strip())
            for v in self.container.variables
        )
        for place, tag in enumerate(self.container.tags):
            firing = self.firings.of(tag)
            self.uses.fired[place] = firing
            self._tag(tag, firing)
        for tag in self.container.google_tags:
            self._tag(tag, Firing(on_load=True))
        return self.uses

    def template(self, kind: str) -> Template | None:
        """Return the template of a type ``cvt_…``."""
        found = self._templates.get(kind)
        if found is None and re.fullmatch(r"cvt_\d+_\d+", kind):
            found = self._templates.get(f"#{kind.rpartition('_')[2]}")
        return found

    def meant(self, template: Template) -> Meant:
        """Return what a template is for."""
        key = template.types[0] if template.types else template.name
        if key not in self.meanings:
            self.meanings[key] = meaning(template, self.catalogue)
        return self.meanings[key]

    # ---------------------------------------------------------------- tags

    def _tag(self, tag: Thing, firing: Firing) -> None:
        kind = TAGS.get(tag.type)
        if tag.type in kinds.CUSTOM:
            self._custom(tag, firing)
        elif tag.type.startswith("cvt_"):
            self._templated(tag, firing)
        elif tag.type in kinds.SILENT:
            self.uses.counts["listener tags"] += 1
        elif kind is None:
            self._unknown(tag, firing)
        else:
            self.uses.counts["built-in tags"] += 1
            self._built_in(tag, firing, kind)

    def _built_in(self, tag: Thing, firing: Firing, kind: kinds.Kind) -> None:
        product = kind.product or (f"= {kind.vendor}" if kind.vendor else "")
        confidence: Confidence = "certain"
        if tag.type in kinds.GOOGLE_TAG:
            product, confidence = self._google_tag(tag)
            if not product:
                self.uses.unknown.append((tag, "Google tag; its id does not say for which product"))
                return
        if tag.type in kinds.LINKERS:
            confidence = "possible"
        objects = set(kind.objects)
        if product in (kinds.GA4, kinds.UA) or tag.type in _WITH_EVENTS:
            objects |= self._events(tag, product)
        objects |= self._who(tag, product)
        if tag.params.get("trackType", "").upper() == "TRACK_TRANSACTION":
            objects |= set(kinds.SALE)
        if is_true(tag.params.get("enableEnhancedConversion")):
            objects.add("identity")
        if tag.type == "bzi" and tag.params.get("conversionId", "").strip():
            objects.add("conversion")
        self._put(product, tag, firing, kind.title, objects, confidence, google=kind.google)
        if firing.active and product == kinds.GA4:
            for key in _IDS:
                value = self.container.resolved(tag.params.get(key, "")).strip()
                real = re.match(r"G-[A-Z0-9]{5,}$", value, re.IGNORECASE)
                if real and not _PLACEHOLDER.match(value):
                    self.uses.google_ids.setdefault(product, set()).add(value.upper())
        if firing.active and product == kinds.UA:
            value = self._tracking_id(tag)
            if value:
                self.uses.google_ids.setdefault(product, set()).add(value)

    def _unknown(self, tag: Thing, firing: Firing) -> None:
        """Take a tag by the address in its settings: an HTTP request, a type that is new."""
        if tag.params.get("gtm_server_domain"):
            self.uses.counts["tags of an unknown type"] += 1
            self._data_tag(tag, firing, f"type {tag.type}")
            return
        request = tag.type == "http_request"
        self.uses.counts["built-in tags" if request else "tags of an unknown type"] += 1
        product, shows = self._addressed(tag)
        title = "HTTP request" if request else f"type {tag.type or 'not stated'}"
        if product:
            objects = self._who(tag, product)
            self._put(product, tag, firing, title, objects, "likely", shows)
        elif shows:
            self.uses.strangers.setdefault(shows, []).append(tag)
        else:
            self.uses.unknown.append((tag, title))

    def _google_tag(self, tag: Thing) -> tuple[str, Confidence]:
        """Return the product of a Google tag by its id, else by what people called it."""
        if tag.type == "gaawc":
            return kinds.GA4, "certain"
        raw = next((v for k in _IDS if (v := tag.params.get(k))), "")
        match = _GOOGLE_ID.match(self.container.resolved(raw))
        if match and match[1].upper() in GOOGLE_IDS:
            return GOOGLE_IDS[match[1].upper()], "certain"
        for text in (raw, tag.name):
            if re.search(r"ga ?-?_?4|measurement|analytics", text, re.IGNORECASE):
                return kinds.GA4, "likely"
            if re.search(r"\bads\b|adwords|gads|\baw\b|conversion", text, re.IGNORECASE):
                return kinds.ADS, "likely"
            if re.search(r"floodlight|\bdc\b|\bcm ?360", text, re.IGNORECASE):
                return kinds.CM360, "likely"
        others = [t for t in self.container.tags if t.type in ("gaawe", "awct", "sp")]
        if others and all(t.type == "gaawe" for t in others):
            return kinds.GA4, "likely"
        return "", "possible"

    def _tracking_id(self, tag: Thing) -> str:
        """Return the property of a Universal Analytics tag, by its settings variable if need be."""
        value = tag.params.get("trackingId", "")
        settings = tag.params.get("gaSettings", "").strip("{} ")
        if not value and settings:
            known = [v for v in self.container.variables if v.name == settings]
            value = known[0].params.get("trackingId", "") if known else ""
        known_id = self.container.resolved(value).strip().upper()
        return value if _PLACEHOLDER.match(known_id) else known_id

    def _events(self, tag: Thing, product: str = "") -> set[str]:
        """Return the objects of the event a tag names, and whether it says who somebody is."""
        objects: set[str] = set()
        for key in EVENT_KEYS:
            if "{{" not in tag.params.get(key, ""):
                objects |= set(objects_of(tag.params.get(key, ""), product))
        return objects

    def _who(self, tag: Thing, product: str) -> set[str]:
        """Return the object under which a tag hands over who somebody is."""
        pairs = [*tag.params.items(), *tag.rows]
        if not any(kinds.PERSONAL.fullmatch(k) and v.strip() and v != "false" for k, v in pairs):
            return set()
        known = self.catalogue.products.get(product)
        first = next(iter(known.capabilities), "") if known else ""
        return {"contact" if first in _KNOWS_PEOPLE else "identity"}

    def _custom(self, tag: Thing, firing: Firing) -> None:
        image = tag.type == "img"
        title = "Custom Image" if image else "Custom HTML"
        code = self.container.resolved(tag.params.get("url" if image else "html", ""))
        if image:
            code = f'<img src="{code}">'
        seen = look(code, self.own)
        self._seen(tag, firing, seen)
        for product in sorted(seen.vendors):
            objects = set(seen.objects.get(product, ()))
            if not objects and self._tracks(product):
                objects = set(kinds.EVENTS)
            if seen.personal:
                objects.add("contact")
            shows = seen.vendors[product]
            sure: Confidence = "possible" if product in seen.borrowed else "likely"
            self._put(product, tag, firing, title, objects, sure, shows)
        if set(seen.vendors) - seen.borrowed:
            self.uses.counts[f"{title} with a known vendor"] += 1
        elif seen.strangers:
            self.uses.counts[f"{title} with an unknown host"] += 1
        else:
            self.uses.counts[f"{title} without a vendor"] += 1
            if not seen.consent_mode:
                self.uses.own_code.append(tag)

    def _seen(self, tag: Thing, firing: Firing, seen: Seen) -> None:
        uses = self.uses
        for host in seen.strangers:
            uses.strangers.setdefault(host, []).append(tag)
        for product, what in seen.hints.items():
            uses.hints.setdefault(product, (tag, what))
        for product in seen.commented:
            uses.commented.append((tag, product))
        for container in seen.containers:
            uses.containers.setdefault(container, tag)
        if seen.personal:
            uses.personal.append(tag)
        if firing.active:
            for what in seen.consent_mode:
                uses.consent_mode.setdefault(what, []).append(tag)

    def _templated(self, tag: Thing, firing: Firing) -> None:
        uses = self.uses
        uses.counts["tags from custom templates"] += 1
        template = self.template(tag.type)
        if template is None:
            self._without_template(tag, firing)
            return
        uses.used_templates.add(template.id)
        meant = self.meant(template)
        label = template.label or template.name
        title = f"template {label}"
        if meant.sets_consent and firing.active:
            uses.consent_mode.setdefault("default", []).append(tag)
        if meant.to_server:
            self._data_tag(tag, firing, title)
            return
        product, shows, sure = meant.product, "", meant.certain
        if not product and not meant.silent:
            product, shows = self._addressed(tag)
            sure = False
        if product:
            objects = self._events(tag, product)
            if not objects and self._tracks(product):
                objects = set(kinds.EVENTS)
            objects |= self._who(tag, product)
            confidence: Confidence = "certain" if sure else "likely"
            self._put(product, tag, firing, title, objects, confidence, shows)
        elif meant.silent:
            uses.counts["utility tags"] += 1
        elif shows:
            uses.strangers.setdefault(shows, []).append(tag)
        else:
            hosts = f", may send to {', '.join(meant.hosts[:3])}" if meant.hosts else ""
            uses.unknown.append((tag, f"custom template {label}{hosts}"))

    def _without_template(self, tag: Thing, firing: Firing) -> None:
        if tag.params.get("gtm_server_domain"):
            self._data_tag(tag, firing, "custom template")
            return
        product = product_named(tag.name, self.catalogue)
        if product:
            shows = "only the tag's name says so: its template is not in the export"
            self._put(product, tag, firing, "custom template", set(), "possible", shows)
        else:
            self.uses.unknown.append((tag, "custom template that is not in the export"))

    def _data_tag(self, tag: Thing, firing: Firing, title: str) -> None:
        """Take a tag that sends to a server container: Stape's Data Tag."""
        self._server_host(tag.params.get("gtm_server_domain", ""))
        objects = (self._events(tag) or set(kinds.EVENTS)) | self._who(tag, "")
        self.uses.to_server.append(Hit(tag, firing, status_of(tag), title, objects, "certain"))
        if "stapecdn.com" in self.container.resolved(" ".join(tag.params.values())):
            self.uses.hints.setdefault("stape", (tag, "its script is loaded from stapecdn.com"))

    def _addressed(self, tag: Thing) -> tuple[str, str]:
        """Return product and evidence by an address in the settings; ``"", host`` if strange."""
        stranger = ""
        for value in (*tag.params.values(), *(v for _, v in tag.rows)):
            text = self.container.resolved(value)
            if "//" not in text:
                continue
            host, path = host_of(text)
            product = vendor_of(host, path) if host else None
            if product:
                return product, f"its settings name {host}"
            plain = host.removeprefix("www.")
            mine = any(plain == o or plain.endswith(f".{o}") for o in self.own)
            if host and not is_library(host) and not mine:
                stranger = stranger or host
        return "", stranger

    def _put(
        self,
        product: str,
        tag: Thing,
        firing: Firing,
        title: str,
        objects: set[str],
        confidence: Confidence,
        shows: str = "",
        *,
        google: bool = False,
    ) -> None:
        hit = Hit(tag, firing, status_of(tag), title, objects, confidence, shows, google)
        self.uses.hits.setdefault(product, []).append(hit)

    def _tracks(self, product: str) -> bool:
        """Tell whether loading a product's script records behaviour: ads, analytics, messaging."""
        known = self.catalogue.products.get(product)
        first = list(known.capabilities)[:2] if known else ()
        return bool(_TRACKING & set(first))

    # ---------------------------------------------------------------- server

    def _server_settings(self) -> None:
        live = [t for t in self.container.tags if self.firings.of(t).active]
        settings = [v for v in self.container.variables if v.type in ("gtcs", "gtes", "gas")]
        for thing in (*live, *self.container.google_tags, *settings):
            pairs = [*thing.params.items(), *thing.rows]
            for key, value in pairs:
                own = thing.type[:4] == "cvt_" or thing.type == "data_tag"
                if key in SERVER_KEYS and value.strip() and not own:
                    self.uses.google_to_server = True
                    self._server_host(value)

    def _server_host(self, value: str) -> None:
        host, _ = host_of(self.container.resolved(value))
        if host:
            self.uses.server_hosts.add(host)


_KNOWS_PEOPLE: Final = frozenset(
    (
        "email-marketing",
        "marketing-automation",
        "sms-messaging",
        "crm",
        "journey-orchestration",
        "profile-unification",
        "data-warehouse",
        "team-collaboration",
        "live-chat-bots",
    )
)
"""Where what says who somebody is becomes a contact, and not only an identifier."""
_WITH_EVENTS: Final = frozenset(("baut", "pntr", "twitter_website_tag", "qpx", "crto", "hjtc"))
_TRACKING_WORDS: Final = """
    web-analytics product-analytics experience-analytics paid-search paid-social
    programmatic-display conversion-tracking event-collection attribution email-marketing
    marketing-automation account-based-marketing affiliate-marketing audience-activation
    mobile-attribution sms-messaging personalization journey-orchestration product-adoption
    data-enrichment referral-advocacy call-tracking
"""
_TRACKING: Final = frozenset(_TRACKING_WORDS.split())
