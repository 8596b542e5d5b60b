"""The tech stack of a handbook in the shape GitLab publishes its own: ``data/tech_stack.yml``.

Fields as GitLab's handbook describes them, section "What data lives in the Tech Stack?" of
https://handbook.gitlab.com/handbook/business-technology/tech-stack-applications/; older files have
other names for some. ``authentication_method``, once ``integration_method``, says how one logs in
(Okta SAML, SWA, ID and password): it is never a flow.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, ClassVar, Final

from stackaudit.catalogue.match import find_product, folded
from stackaudit.importers.model import Bundle, Found, FoundTool, ImportFailure, Place, Setting
from stackaudit.importers.registers.data import Record, read_data
from stackaudit.importers.registers.listing import cell
from stackaudit.importers.registers.tidy import (
    brief,
    counted,
    host_of,
    leaving,
    links_of,
    people,
    plain_text,
    product_by_host,
    scrubbed,
    shown,
    without_handles,
    word_set,
)
from stackaudit.importers.spreadsheet import words

_OWN: Final = word_set(
    """team_member_baseline_entitlement team_member_department provisioner deprovisioner
    access_to admin_provisioner provisioning deprovisioning group_owner
    group_owner_slack_channel data_classification integration_method authentication_method
    need_move_to_okta critical_systems_tier compliance_scope processing_customer_data
    google_group employee_or_customer_facing_app"""
)
_ENOUGH: Final = 3
_OWNERS: Final = (
    ("owner", ("business_owner", "business_owners", "business_owner(s)")),
    ("technical_owner", ("technical_owner", "technical_owners", "technical_owner(s)")),
)
_PURPOSE: Final = ("description", "business_purpose")
_NOTED: Final = (
    ("Access", "access_to"),
    ("Department", "team_member_department"),
    ("Type", "type"),
    ("Data classification", "data_classification"),
    ("Critical systems tier", "critical_systems_tier"),
    ("Collected data", "collected_data"),
    ("Processes customer data", "processing_customer_data"),
    ("Compliance scope", "compliance_scope"),
    ("Used by", "employee_or_customer_facing_app"),
    ("Log-in", "authentication_method"),
    ("Log-in", "integration_method"),
    ("Notes", "notes"),
)
_METHODS: Final = ("integration_method", "authentication_method")
_FLOW: Final = re.compile(
    r"\b(?:integrat\w+|sync\w*|api|connector|webhook\w*|import\w*)\b", re.IGNORECASE
)
_NAME: Final = re.compile(r"[A-Z][\w.&+-]*(?:\s+[A-Z][\w.&+-]*){0,3}|[A-Z]{3,}")
_LONGEST: Final = 120


class GitLabStack:
    """A list of systems with GitLab's fields: owners, provisioners, tiers."""

    id: ClassVar[str] = "tech-stack"
    title: ClassVar[str] = "tech stack of a handbook in GitLab's shape (tech_stack.yml)"

    def recognises(self, bundle: Bundle) -> bool:
        """Tell whether a file is a list of entries with a title and fields of this shape."""
        if bundle.folder or not bundle.files:
            return False
        file = bundle.file()
        if file.suffix not in (".yml", ".yaml", ".json"):
            return False
        if sum(key.encode() in file.data for key in _OWN) < _ENOUGH:
            return False
        if b"title:" not in file.data and b'"title"' not in file.data:
            return False
        try:
            return bool(_entries(read_data(file).each))
        except ImportFailure:
            return True

    def parse(self, bundle: Bundle, setting: Setting) -> Found:
        """Return the systems listed, with owners by name and what each is for.

        Raises :class:`ImportFailure` where nothing can be read.
        """
        return _Parsing(bundle, setting).run()


def _entries(documents: list[Any]) -> list[Any]:
    for document in documents:
        lists = [document] if isinstance(document, list) else []
        if isinstance(document, Record):
            lists = [v for v in document.values() if isinstance(v, list)]
        for each in lists:
            records = [v for v in each if isinstance(v, Record)]
            fitting = [r for r in records if "title" in r and len(_OWN & set(r)) >= _ENOUGH]
            if fitting and len(fitting) * 2 >= len(records):
                return each
    return []


class _Parsing:
    def __init__(self, bundle: Bundle, setting: Setting) -> None:
        self.file = bundle.file()
        self.catalogue = setting.catalogue
        self.found = Found(GitLabStack.id, self.file.name, f"tech stack {self.file.name}")
        self.titles: dict[str, str] = {}

    def run(self) -> Found:
        found = self.found
        documents = read_data(self.file)
        entries = _entries(documents.each)
        if not entries:
            raise ImportFailure(
                f"{self.file.name} holds no list of systems with a title each",
                "the shape is a list of entries with title, description, business_owner …",
            )
        if documents.fault:
            found.partial = True
            found.unreadable(
                f"not all of it could be read: {documents.fault}; what stands before is taken",
                Place(self.file.name),
            )
        said = [self._text(e.get("title")) for e in entries if isinstance(e, Record)]
        self.titles = {folded(t): t for t in said if t}
        for number, entry in enumerate(entries, start=1):
            self._entry(number, entry)
        self._repeated()
        found.counts = counted(len(entries), "entry") | counted(len(found.tools), "tool")
        return scrubbed(found)

    @staticmethod
    def _text(value: Any) -> str:
        text = str(cell(value) or "")
        return "" if words.unknown(text) else " ".join(text.split())

    def _entry(self, number: int, entry: Any) -> None:
        place = Place(self.file.name, f"entry {number}")
        if not isinstance(entry, Record):
            self.found.unreadable("this entry is no mapping of fields", place)
            self.found.partial = True
            return
        name = plain_text(self._text(entry.get("title")))
        line = f", line {entry.line}" if entry.line else ""
        place = Place(self.file.name, f"entry {number}{f' {name!r}' if name else ''}{line}")
        if not name or len(name) > _LONGEST:
            why = "has no title" if not name else "has a title too long for a name"
            self.found.left_out(f"an entry {why}", place)
            return
        tool = FoundTool(f"{number}", name, place)
        tool.facts = self._facts(entry)
        tool.known_as = self._known_as(name, entry)
        self.found.tools.append(tool)
        self._ask(name, entry, place)

    def _facts(self, entry: Record) -> dict[str, Any]:
        dropped = self.found.dropped
        facts: dict[str, Any] = {}
        for key, fields in _OWNERS:
            text = next((t for f in fields if (t := self._text(entry.get(f)))), "")
            facts[key] = people(text, dropped)
        for field in ("provisioner", "deprovisioner", "group_owner_slack_channel", "google_group"):
            if self._text(entry.get(field)):
                dropped[field.replace("_", " ")] += 1
        team = plain_text(without_handles(self._text(entry.get("group_owner")), dropped))
        if team and not re.search(r",|;|/|\bor\b|\band\b", team) and len(team) < 50:
            facts["team"] = team
        elif team:
            facts["x-team"] = team
        if words.yes_no(self._text(entry.get("subprocessor"))) is True:
            facts["personal_data"] = True
        url = self._text(entry.get("external_link"))
        address = next((u for _, u in links_of(url) if host_of(u)), url if host_of(url) else "")
        facts["url"] = address or None
        notes = [next((t for f in _PURPOSE if (t := self._text(entry.get(f)))), "")]
        if "x-team" in facts:
            notes.append(f"Group owner: {facts.pop('x-team')}")
        notes += [f"{head}: {t}" for head, f in _NOTED if (t := self._text(entry.get(f)))]
        each = [brief(without_handles(plain_text(n), dropped), 500) for n in notes if n]
        facts["notes"] = "; ".join(n.rstrip(".; ") for n in each)
        return {k: v for k, v in facts.items() if v not in (None, "", [])}

    def _known_as(self, name: str, entry: Record) -> tuple[str, ...]:
        """Return the product of the site the entry links to, where the link is the tool's own."""
        links = [(name, u) for _, u in links_of(self._text(entry.get("external_link")))]
        links += [
            (said, u)
            for said, u in links_of(str(cell(entry.get("description")) or ""))
            if folded(said) and folded(said) == folded(name)
        ]
        known = [product_by_host(self.catalogue, url) for _, url in links]
        return tuple(dict.fromkeys(k for k in known if k))

    # ---------------------------------------------------------------- questions

    def _ask(self, name: str, entry: Record, place: Place) -> None:
        said = [plain_text(self._text(entry.get(f))) for f in (*_PURPOSE, "notes")]
        gone = leaving("\n".join(said))
        if gone:
            text = without_handles(gone, Counter())
            self.found.ask(f"is {name} still in use? It says {text!r}", place)
        for field in _METHODS:
            text = without_handles(self._text(entry.get(field)), Counter())
            others = self._others(name, text) if _FLOW.search(text) else []
            if others:
                self.found.ask(
                    f"{name} and {shown(others)}: {field} says {brief(text, 120)!r}; is data "
                    "exchanged, and which way? No integration was taken from it",
                    place,
                )

    def _others(self, name: str, text: str) -> list[str]:
        """Return the tools of the list or the catalogue that a text names."""
        named = []
        for match in _NAME.finditer(text):
            word = match[0].strip(" .,")
            known = self.titles.get(folded(word))
            if known is None and find_product(self.catalogue, word).product is not None:
                known = word
            if known and folded(known) != folded(name) and folded(known) not in _LOGINS:
                named.append(known)
        return list(dict.fromkeys(named))

    def _repeated(self) -> None:
        counts = Counter(folded(t.name) for t in self.found.tools)
        for key, times in counts.items():
            if times > 1:
                same = [t for t in self.found.tools if folded(t.name) == key]
                self.found.ask(
                    f"{same[0].name} stands {times} times and is read as one tool",
                    same[1].place,
                    "for a second account on purpose give each an `instance`",
                )


_LOGINS: Final = frozenset(("okta", "google", "googleworkspace", "awsiam", "api", "saml"))
"""Words of log-in methods that are names of tools as well."""
