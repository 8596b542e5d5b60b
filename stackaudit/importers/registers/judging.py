"""Which headings and list items of a page are tools."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from stackaudit.catalogue.match import find_product, folded
from stackaudit.catalogue.model import Catalogue
from stackaudit.importers.registers.markdown import Page, Section, Text
from stackaudit.importers.registers.tidy import host_of, named_like_host, word_set
from stackaudit.importers.spreadsheet.headers import Table, fold
from stackaudit.importers.spreadsheet.vocabulary import CAPABILITIES

_TOOLISH: Final = re.compile(
    r"\b(?:tools?|tool ?stack|tech(?:nology)? ?stack|stack|systems?|software|applications?|apps"
    r"|platforms?|saas|vendors?|sub-?processors?|services we use|werkzeuge|systeme|anwendungen)\b",
    re.IGNORECASE,
)
_SECTIONS: Final = word_set(
    """about access account accounts admin administration admins analytics api application apps
    articles background basics benefits best billing changelog checklist configuration
    considerations contact contacts content contents cost costs data design email engineering
    events examples faq faqs features finance form forms getting groups guidelines help history
    how hr important instructions integration integrations introduction legal license licenses
    licensing links login logging maintenance management marketing meetings misc miscellaneous
    notes offboarding onboarding operations other others overview owner owners people
    permissions plugins policies policy practices preferences pricing privacy process processes
    product productivity purpose questions reporting reports request requesting requirements
    resources roles rules sales security see settings setup social steps summary support table
    team teams templates terms tips tools training troubleshooting usage use users using video
    what when where why who workflow workflows zugang überblick"""
)
"""Words of headings over text: a heading made of them alone is no tool."""
_JOINING: Final = word_set(
    "a an and at by for from in into of on or our the to with your we us & / - +"
)
_CHANNELS: Final = word_set(
    "facebook instagram linkedin twitter x youtube tiktok pinterest threads mastodon bluesky vimeo"
)
_CHANNEL: Final = re.compile(r"\b(?:page|account|channel|profile|kanal|seite)\b", re.IGNORECASE)
_INSTEAD: Final = re.compile(
    r"\b(?:alternatives?|instead|replac\w+|not|former\w*|previous\w*|competitors?|vs|examples?|eg"
    r"|cancel\w*|see|statt|ersetzt)\b",
    re.IGNORECASE,
)
_OPTIONS: Final = re.compile(
    r"\b(?:alternatives?|options considered|comparison|candidates|if we|proposed|shortlist)\b",
    re.IGNORECASE,
)
_FLOWS: Final = re.compile(
    r"\b(?:integrations?|data ?flows?|syncs?|connections?|schnittstellen|datenflüsse)\b",
    re.IGNORECASE,
)
_LINKED: Final = re.compile(r"\[([^\[\]]+)\]\(")
_FEW: Final = 6
_LONG: Final = 60


@dataclass(slots=True)
class Group:
    """Headings beside each other, and those of them that are tools: how surely, and why."""

    sections: list[Section]
    tools: list[tuple[Section, bool, str]] = field(default_factory=list)


def unpublished(file: str) -> bool:
    """Tell whether a page is kept out of a site: Jekyll leaves out what begins with ``_``.

    Folders at the top, or right under the folder of the site's sources, are collections, which are
    published (https://jekyllrb.com/docs/collections/).
    """
    parts = file.split("/")
    while len(parts) > 1 and parts[0] in ("src", "docs", "site", "source", "content"):
        parts = parts[1:]
    return any(part.startswith("_") for part in parts[1:])


class Judge:
    """Decides what is a tool, with what the catalogue knows."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        names = [c.name for c in catalogue.capabilities.values()]
        names += [d.name for d in catalogue.domains.values()]
        self.themes = {folded(n) for n in names}
        """Names of what tools do; a heading that is one stands over tools."""

    def known(self, name: str) -> bool:
        """Tell whether the catalogue knows a name as a product or vendor."""
        return find_product(self.catalogue, name).kind != "none"

    def is_section(self, title: str) -> bool:
        """Tell whether a heading stands over text, or over tools, and is none itself."""
        words = re.findall(r"[\w&/+-]+", title.casefold())
        if not words or len(title) > _LONG or len(words) > _FEW or title.endswith(("?", ":", "!")):
            return True
        return folded(title) in self.themes or all(w in _SECTIONS | _JOINING for w in words)

    def is_toolish(self, title: str) -> bool:
        """Tell whether a title says that tools are listed below it."""
        head = title.casefold().split(" ", 1)[0] if title else ""
        return bool(_TOOLISH.search(title)) and head not in ("how", "why", "request", "requesting")

    # ---------------------------------------------------------------- headings

    def groups(self, page: Page) -> list[Group]:
        """Return the groups of headings of a page that are tools, the outermost first."""
        made: list[Group] = []
        open_ = [page.sections[0]]
        while open_:
            parent = open_.pop(0)
            levels = sorted({s.level for s in parent.children})
            for level in levels:
                group = Group([s for s in parent.children if s.level == level])
                self._judge(page, parent, group)
                if group.tools:
                    made.append(group)
            inside = {id(s) for g in made for s, _, _ in g.tools}
            open_ += [s for s in parent.children if id(s) not in inside]
        return made

    def _judge(self, page: Page, parent: Section, group: Group) -> None:
        evident: dict[int, str] = {}
        for section in group.sections:
            if self.is_section(section.title) and not self._site(section):
                continue
            if self.known(section.title):
                evident[id(section)] = ""
            elif self._site(section):
                evident[id(section)] = "its heading is a link to its site"
            elif self._own_site(section):
                evident[id(section)] = "a link under its heading leads to a site of its name"
        named = [s for s in group.sections if not self.is_section(s.title)]
        listed = self.is_toolish(parent.title) or (
            parent.level <= 1 and self.is_toolish(page.title)
        )
        needed = 1 / 3 if listed else 1 / 2
        if not evident or len(evident) < needed * max(1, len(named)):
            return
        if len(evident) < 2 and not listed:
            return
        for section in group.sections:
            why = evident.get(id(section))
            if why is not None:
                group.tools.append((section, True, why))
            elif section in named:
                title = parent.title or page.title
                under = f" under {title!r}" if title else ""
                group.tools.append((section, False, f"it stands among headings of tools{under}"))

    def _site(self, section: Section) -> bool:
        """Tell whether all of a heading is a link out, or to a page of its own in the handbook."""
        return bool(host_of(section.url)) if section.url.startswith("http") else False

    def _own_site(self, section: Section) -> bool:
        links = [(said, url) for t in section.texts for said, url in t.links]
        return any(
            named_like_host(section.title, url) for _, url in links if url.startswith("http")
        )

    def alone(self, page: Page, taken: set[int]) -> list[Section]:
        """Return headings that bear the name of a product outside any list of tools."""
        return [
            s
            for s in page.sections
            if s.level
            and id(s) not in taken
            and not self.is_section(s.title)
            and find_product(self.catalogue, s.title).product is not None
        ]

    def is_tool_page(self, page: Page) -> bool:
        """Tell whether a page is about one tool: its title is a product's name or its site's."""
        title = page.title
        if not title or self.is_section(title):
            return False
        if self.known(title):
            return True
        first = [s for s in page.sections if s.level <= 1 or folded(s.title) == "about"]
        links = _sites(first)
        every = _sites(page.sections)
        support = [u for u in every if folded(title) in folded(host_of(u).rsplit(".", 1)[0])]
        return (
            any(named_like_host(title, url) for url in links)
            or len(support) > 1
            or (
                bool(support)
                and folded(title) in {folded(host_of(u).split(".")[-2]) for u in support}
            )
        )

    # ---------------------------------------------------------------- lists and tables

    def items(self, page: Page, section: Section) -> list[tuple[Text, bool, str]]:
        """Return the items of a list that are tools: how surely, and why."""
        items = [t for t in section.texts if t.depth and t.lead and len(t.lead) < _LONG]
        items = [self._behind(t) for t in items]
        named = [t for t in items if not self.is_section(t.lead)]
        known = [t for t in named if find_product(self.catalogue, t.lead).product is not None]
        sites = [t for t in named if t not in known and named_like_host(t.lead, t.lead_url)]
        over = section.title or page.title
        listed = self.is_toolish(over) or folded(over) in self.themes
        listed = listed or (self.is_toolish(page.title) and not self.is_section(over))
        evident = len(known) + len(sites)
        if evident < 2 or evident * (3 if listed else 2) < len(items) or (not listed and not known):
            return []
        made = []
        for text in named:
            if text in known:
                made.append((text, listed, "" if listed else "it stands in a list of tools"))
            elif text in sites:
                made.append((text, listed, "a link to its site stands in a list of tools"))
            elif listed:
                made.append((text, False, f"it stands in a list of tools under {over!r}"))
        return made

    def _behind(self, text: Text) -> Text:
        """Return an item such as ``CRM: Pipedrive`` with the product as the name it begins with."""
        head, colon, rest = text.words.partition(":")
        if not colon or text.lead_url or _INSTEAD.search(head) or self.known(head):
            return text
        name = re.split(r"\s*[(,;]|\s[-–—]\s", rest.strip())[0].strip()
        found = find_product(self.catalogue, name)
        theme = folded(head) in self.themes or fold(head) in CAPABILITIES
        if found.product is None and not (theme and found.kind == "ambiguous"):
            return text
        return replace(text, lead=name)

    def is_options(self, title: str) -> bool:
        """Tell whether a title says that what stands below is only thought about."""
        return bool(_OPTIONS.search(title))

    def is_tools(self, page: Page, section: Section, table: Table) -> bool:
        """Tell whether a table lists tools: by its heading, its columns, or its names."""
        if self.is_toolish(section.title) or self.is_toolish(page.title):
            return True
        column = table.column("name") or table.column("vendor")
        cells = [str(c) for c in table.cells(column)] if column else []
        known = sum(self.known(c) for c in cells)
        if column is not None and table.column("cost") is not None:
            return known > 0 or bool(_TOOLISH.search(column.header) and column.key == "name")
        return known >= 2 and known * 3 >= len(cells)

    def is_flows(self, title: str, table: Table) -> bool:
        """Tell whether a table lists integrations: by the products at their ends."""
        ends = [c for c in table.columns if c.key in ("from", "to")]
        names = {str(v) for c in ends for v in table.cells(c)}
        known = sum(self.known(n) for n in names)
        if self.is_options(title):
            return False
        return (known >= 2 and known * 4 >= len(names)) or (
            known > 0 and bool(_FLOWS.search(title))
        )

    # ---------------------------------------------------------------- the rest

    def commented(self, page: Page) -> list[tuple[int, str]]:
        """Return the tools whose heading or item stands in a comment, with their line."""
        made = []
        for start, text in page.comments:
            for number, line in enumerate(text.splitlines()):
                head = re.match(r"\s*(?:#{1,6}|[-*+])\s*(.+)", line)
                if head is None:
                    continue
                linked = _LINKED.match(head[1])
                name = (linked[1] if linked else head[1]).strip(" #*")
                if self.is_section(name):
                    continue
                if linked or find_product(self.catalogue, name).product is not None:
                    made.append((start + number, name))
        return made

    def is_channel(self, name: str, body: str) -> bool:
        """Tell whether a social network is said to hold a page or account of the company."""
        return name.casefold() in _CHANNELS and bool(_CHANNEL.search(body))


def _sites(sections: list[Section]) -> list[str]:
    links = [url for s in sections for t in s.texts for _, url in t.links]
    return [url for url in links if url.startswith("http") and host_of(url)]


def parts_of(section: Section, judge: Judge) -> list[str]:
    """Return what a list directly under a tool's heading names by links to sites."""
    items = [t for t in section.texts if t.depth and t.lead_url.startswith("http")]
    return [t.lead for t in items if judge.known(t.lead) or named_like_host(t.lead, t.lead_url)]
