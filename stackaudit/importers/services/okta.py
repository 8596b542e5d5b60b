"""Okta: the applications people log in to.

Format: ``GET /api/v1/apps`` of the Okta Management API, an array of Application objects, paged by
``Link: <…>; rel="next"`` (developer.okta.com/docs/api/openapi/okta-management, "List all
applications"; developer.okta.com/docs/api, "Pagination"). Who is assigned is not read: that is
about people. An application says that people log in to it, and never that data flows.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from stackaudit.catalogue.match import find_product
from stackaudit.catalogue.model import Product
from stackaudit.importers.model import (
    Bundle,
    Found,
    FoundTool,
    ImportFailure,
    Setting,
    SourceFile,
)
from stackaudit.importers.services.connectors import kind_of, table
from stackaudit.importers.services.documents import ID, TEXT, Item, about, items_of, peek, told
from stackaudit.importers.services.pipelines import listed_names
from stackaudit.importers.services.reading import Reading, host_of
from stackaudit.importers.values import text_without_secrets

HOSTS: Final = (".okta.com", ".oktapreview.com", ".okta-emea.com")
_APP: Final = {
    "id": ID,
    "name": TEXT,
    "label": TEXT,
    "status": TEXT,
    "signOnMode": TEXT,
    "created": TEXT,
    "lastUpdated": TEXT,
    "features": [TEXT],
}
_MODES: Final = {
    "SAML_2_0": "SAML 2.0",
    "SAML_1_1": "SAML 1.1",
    "OPENID_CONNECT": "OpenID Connect",
    "WS_FEDERATION": "WS-Federation",
    "BROWSER_PLUGIN": "a stored password (SWA)",
    "AUTO_LOGIN": "a stored password (SWA)",
    "SECURE_PASSWORD_STORE": "a stored password",
    "BASIC_AUTH": "a stored password (basic authentication)",
}
_MACHINES: Final = frozenset(("oidc_client_service", "active_directory", "ldap_interface"))
_GENERIC: Final = re.compile(
    r"(?:oidc_client|template_\w+|bookmark|scim\w*app|scim2\w*|.*_(?:custom)?(?:saml|link|swa)_\d+)\Z"
)
_LOGIN: Final = re.compile(
    r"[\s\-–_]+[(\[]?(?:saml(?:\s?2\.0)?|sso|oidc|swa|okta)[)\]]?\Z", re.IGNORECASE
)
"""What a label says about how people log in, behind its name: ``HubSpot (SAML)``."""
_BEHIND: Final = re.compile(r"\s+[-–—|:]\s+|\s*[(\[]")
"""Between a product and which one of it: ``Braze - US-06``."""
_RESTING: Final = "its application in Okta is inactive"
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


class OktaApplications:
    """Reads the list of applications of an Okta organisation."""

    id: ClassVar[str] = "okta"
    title: ClassVar[str] = "Okta applications (okta:acme.okta.com)"
    variables: ClassVar[tuple[str, ...]] = ("OKTA_API_TOKEN",)

    def fetch(self, what: str, line: Any, environment: Mapping[str, str]) -> Sequence[SourceFile]:
        """Return the applications of an organisation; ``what`` is its host."""
        host = host_of(what, HOSTS, line, self.id)
        token = {"Authorization": f"SSWS {environment['OKTA_API_TOKEN']}"}
        reading = Reading(line, self.id, host, token)
        pages = reading.linked(f"https://{host}/api/v1/apps", {"limit": "200"})
        reading.keep("apps", reading.entries(pages), _APP)
        return reading.files()


class OktaDocuments:
    """The answer of ``/api/v1/apps``, as it was saved."""

    id: ClassVar[str] = "okta"
    title: ClassVar[str] = "Okta applications (JSON of /api/v1/apps)"

    def recognises(self, bundle: Bundle) -> bool:
        """Tell whether it holds applications of Okta."""
        return peek(bundle, self.id, ("apps",), (b'"signOnMode"', b'"label"'))

    def parse(self, bundle: Bundle, setting: Setting) -> Found:
        """Return the applications as tools that people log in to."""
        return _Parsing(bundle, setting).run()


class _Parsing:
    def __init__(self, bundle: Bundle, setting: Setting) -> None:
        self.bundle = bundle
        account = about(bundle)[1].account
        self.found = Found(
            "okta", account or "okta", f"Okta applications{f' of {account}' * bool(account)}"
        )
        self.items = items_of(bundle, self.found)
        self.catalogue = setting.catalogue
        self.own: list[str] = []
        self.bookmarks: list[str] = []
        self.machines: list[str] = []

    def run(self) -> Found:
        found = self.found
        taken: dict[str, list[tuple[str, Item, Product | None]]] = defaultdict(list)
        states: Counter[str] = Counter()
        apps = [i for i in self.items if "signOnMode" in i.data or "label" in i.data]
        if self.items and not apps:
            raise ImportFailure("there is no application of Okta in it", "fetch /api/v1/apps")
        for item in _once(apps):
            label = text_without_secrets(item.text("label"), found.dropped)
            name, mode = item.text("name"), item.text("signOnMode")
            if not label and not name:
                found.unreadable("an application has neither label nor name", item.place())
                found.partial = True
                continue
            label = _LOGIN.sub("", label) or label or name
            state = item.text("status").upper()
            states["active" if state == "ACTIVE" else state.casefold() or "unknown"] += 1
            kind = table("okta").get(name.casefold())
            if kind is not None and kind.product == "own":
                self.own.append(label)
            elif mode == "BOOKMARK" or name == "bookmark":
                self.bookmarks.append(label)
            elif name in _MACHINES:
                self.machines.append(label)
            else:
                product = self._product(name, label)
                key = product.id if product else f"{name}/{label}"
                taken[key].append((label, item, product))
        for several in taken.values():
            self._tools(several)
        strange = [t.name for t in found.tools if t.product is None and t.confidence == "likely"]
        strange = [name for name in strange if find_product(self.catalogue, name).kind == "none"]
        if strange:
            found.ask(
                f"which of these does marketing use: {listed_names(strange)}? They are in no "
                "catalogue, and taken as they are called"
            )
        self._say(len(apps), states)
        return found

    def _product(self, name: str, label: str) -> Product | None:
        """Return what an application is: by its key in Okta's network, else by its label."""
        if name and not _GENERIC.match(name):
            kind = kind_of("okta", name, self.catalogue)
            if kind.product is not None:
                return kind.product
        own = find_product(self.catalogue, label).product
        return own or find_product(self.catalogue, _BEHIND.split(label)[0]).product

    def _tools(self, several: list[tuple[str, Item, Product | None]]) -> None:
        """Add the applications of one product: other labels than its own are instances of it."""
        active = [s for s in several if s[1].text("status").upper() != "INACTIVE"]
        product = several[0][2]
        labels = list(dict.fromkeys(label for label, _, _ in active))
        apart = product is not None and len(labels) > 1
        for label, item, _ in active or several:
            facts: dict[str, Any] = {}
            word = _environment(label)
            if word:
                facts["environment"] = word
            if product is not None and (apart or word):
                instance = self._instance(label, item.text("name"), product)
                facts |= {"instance": instance} if instance else {}
            vague = find_product(self.catalogue, label).kind == "ambiguous"
            bare = apart and "instance" not in facts
            mode = item.text("signOnMode")
            self.found.tools.append(
                FoundTool(
                    f"{item.text('id') or label}/{item.row}",
                    product.name if product is not None and (bare or vague) else label,
                    item.place(f"application {label}"),
                    product=product.id if product else None,
                    facts=facts,
                    evidence=self._evidence(item, _MODES.get(mode, mode.replace("_", " ").lower()))
                    if active
                    else _RESTING,
                    confidence="likely" if active else "possible",
                    apart=bare,
                )
            )
        if apart and product is not None:
            self.found.ask(
                f"{len(labels)} applications are {product.name}: {', '.join(labels)}; are these "
                "separate accounts? They were taken as instances of it"
            )

    def _instance(self, label: str, name: str, product: Product) -> str:
        """Return what a label says besides the product: ``EMEA``; ``""`` where nothing more."""
        row = table("okta").get(name.casefold())
        names = [product.name, *product.aliases, *([row.name] if row else []), product.vendor]
        for known in sorted(names, key=len, reverse=True):
            rest = re.sub(rf"(?<!\w){re.escape(known)}(?!\w)", " ", label, flags=re.IGNORECASE)
            if known and rest != label:
                more = " ".join(rest.split()).strip(" -–—_:|/()[]")
                return "" if more.casefold() in ("prod", "production") else more
        own = find_product(self.catalogue, label)
        return "" if own.product is product or product in own.candidates else label

    @staticmethod
    def _evidence(item: Item, how: str) -> str:
        """Return what Okta says, in a sentence."""
        parts = [f"people log in through Okta{f' with {how}' if how else ''}"]
        features = item.data.get("features")
        if isinstance(features, list) and "PUSH_NEW_USERS" in features:
            parts.append("Okta creates their accounts")
        for key, word in (("created", "since"), ("lastUpdated", "last changed")):
            day = _DAY.match(item.text(key))
            if day:
                parts.append(f"{word} {day[0]}")
        return ", ".join(parts)

    def _say(self, count: int, states: Counter[str]) -> None:
        found = self.found
        found.counts = {"applications": count}
        found.counts |= {s: n for s, n in sorted(states.items()) if s != "active"}
        for labels, why in (
            (self.own, "applications of Okta's own"),
            (self.bookmarks, "bookmarks, which nobody logs in to"),
            (self.machines, "directories and machines, which nobody logs in to"),
        ):
            if labels:
                found.left_out(f"{why}: {listed_names(labels)}")
        told(self.bundle, found)


def _environment(label: str) -> str | None:
    """Return the environment a label says an application is of, if it says one."""
    words = set(re.findall(r"[a-z]+", label.casefold()))
    if words & {"sandbox", "staging", "stage", "uat", "qa"}:
        return "staging"
    return "development" if words & {"dev", "development"} else None


def _once(items: list[Item]) -> list[Item]:
    """Return each application once: a list that changes while it is read may repeat one."""
    made: dict[str, Item] = {}
    for item in items:
        made.setdefault(item.text("id") or f"{item.file}/{item.row}", item)
    return list(made.values())
