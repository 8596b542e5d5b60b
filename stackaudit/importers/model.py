"""What an importer is given and what it says: sources in, found facts out, nothing decided.

A fact keeps where it was read. What was not taken is said as well: a row that could not be read, a
secret that was left behind, a name that nobody knows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, ClassVar, Literal, Protocol

from stackaudit.catalogue.model import Catalogue

Confidence = Literal["certain", "likely", "possible"]
"""``certain``: the source says so. ``likely``: it follows from what the source says (a script's
host). ``possible``: only a hint (a tag's name)."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a source, read whole."""

    name: str
    """Its name as it is shown: relative to the folder that was given, with ``/``."""
    data: bytes

    @property
    def suffix(self) -> str:
        """Return the ending of the name in lower case, ``.csv``."""
        return PurePosixPath(self.name).suffix.lower()

    def text(self) -> str:
        """Return the text: UTF-8 or UTF-16 by its mark, else Windows-1252, which reads anything."""
        if self.data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return self.data.decode("utf-16", "replace")
        try:
            return self.data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return self.data.decode("cp1252", "replace")


@dataclass(frozen=True, slots=True)
class Bundle:
    """One source as given on the command line: a file, a folder, or what an API answered."""

    name: str
    """What the source is called in messages and in ``source:``; never a path of this computer."""
    files: tuple[SourceFile, ...]
    folder: bool = False

    def file(self) -> SourceFile:
        """Return the only file of a source that is one."""
        return self.files[0]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a source something stands: its file, and a place a person can find there."""

    file: str
    spot: str = ""
    """``sheet Tools, row 12, column Cost`` · ``tag "Pixel" (17)`` · ``line 31``."""

    def __str__(self) -> str:
        return f"{self.file}, {self.spot}" if self.spot else self.file


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to be told about the import."""

    kind: Literal["unreadable", "left-out", "note", "question"]
    """``unreadable``: could not be read as what it should be. ``left-out``: read and not taken, and
    why. ``note``: good to know. ``question``: somebody has to decide."""
    text: str
    place: Place | None = None
    hint: str = ""


@dataclass(slots=True)
class FoundTool:
    """A tool that a source names or shows."""

    key: str
    """Names it within what one importer found; integrations refer to it."""
    name: str
    """As the source writes it."""
    place: Place
    product: str | None = None
    """Id of the catalogue, where the source's own type decides it and not the name."""
    known_as: tuple[str, ...] = ()
    """Other names, vendors or hosts it may be recognised by, the best first."""
    facts: dict[str, Any] = field(default_factory=dict)
    """Keys of a tool of the inventory (``cost``, ``owner`` …) → value as it is written in YAML."""
    evidence: str = ""
    """What shows that the tool is there, in a sentence, where the name alone does not."""
    confidence: Confidence = "certain"
    id: str | None = None
    """Its id in the inventory, where the source was written from one and came back."""
    apart: bool = False
    """It has no ``instance`` and is none of those that have one: a web container is not the server
    container of the same product."""


@dataclass(slots=True)
class FoundIntegration:
    """A flow that a source states; ends are keys of found tools."""

    from_: str
    to: str
    place: Place
    facts: dict[str, Any] = field(default_factory=dict)
    """Keys of an integration (``objects``, ``method``, ``every``, ``status``, ``via`` …) → value;
    tools in ``via`` and ``gated_by`` by key."""
    evidence: str = ""
    confidence: Confidence = "certain"
    id: str | None = None
    """Its id in the inventory, or its label (:mod:`stackaudit.importers.labels`)."""


@dataclass(slots=True)
class FoundContract:
    """A contract over one or several tools."""

    key: str
    place: Place
    facts: dict[str, Any] = field(default_factory=dict)
    """Keys of a contract: ``vendor``, ``cost``, ``ends`` …"""
    tools: list[str] = field(default_factory=list)
    """Keys of the tools it covers."""


@dataclass(slots=True)
class Found:
    """All that one importer found in one source."""

    importer: str
    """Id of the importer."""
    source: str
    """What stands in ``source:``: short, and the same at the next export of the same thing."""
    title: str
    """What was read, for the preview: ``Google Tag Manager container GTM-ABC (web)``."""
    tools: list[FoundTool] = field(default_factory=list)
    integrations: list[FoundIntegration] = field(default_factory=list)
    contracts: list[FoundContract] = field(default_factory=list)
    teams: dict[str, str] = field(default_factory=dict)
    """Id → name of teams that facts refer to."""
    company: dict[str, Any] = field(default_factory=dict)
    """Facts of the company the source states: ``name``, ``currency`` …"""
    complete: tuple[str, ...] = ()
    """Lists the source says are all there is; seldom."""
    counts: dict[str, int] = field(default_factory=dict)
    """What was there, for the preview: ``{"tags": 34, "paused tags": 2}``."""
    dropped: Counter[str] = field(default_factory=Counter)
    """What was deliberately not taken → how often: ``{"secret": 2, "e-mail address": 1}``."""
    notices: list[Notice] = field(default_factory=list)
    mapping: dict[str, Any] = field(default_factory=dict)
    """What was guessed about the columns of a list, as ``--save-mapping`` writes it."""
    strangers: list[FoundTool] = field(default_factory=list)
    """Payees that are in no catalogue and may be anything: never imported, and compared with an
    inventory only where they resemble one of its tools."""
    partial: bool = False
    """Something could not be read to its end: what is here is not all."""

    def tool(self, key: str) -> FoundTool | None:
        """Return a found tool by its key."""
        return next((t for t in self.tools if t.key == key), None)

    def unreadable(self, text: str, place: Place | None = None, hint: str = "") -> None:
        """Say that something could not be read; the rest is still good."""
        self.notices.append(Notice("unreadable", text, place, hint))

    def left_out(self, text: str, place: Place | None = None, hint: str = "") -> None:
        """Say that something was read and not taken."""
        self.notices.append(Notice("left-out", text, place, hint))

    def note(self, text: str, place: Place | None = None, hint: str = "") -> None:
        """Say something good to know."""
        self.notices.append(Notice("note", text, place, hint))

    def ask(self, text: str, place: Place | None = None, hint: str = "") -> None:
        """Say what somebody has to decide."""
        self.notices.append(Notice("question", text, place, hint))


class ImportFailure(Exception):  # noqa: N818 - it is no programming error
    """A source that cannot be read at all; says what it is, why, and what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Setting:
    """What an importer may use besides its source."""

    catalogue: Catalogue
    mapping: Mapping[str, Any] = field(default_factory=dict)
    """The column mapping of the user, for lists; see ``--mapping``."""
    currency: str | None = None
    """The company's currency, where a source writes money without one."""
    fingerprints: Path | None = None
    """A folder in the format of Wappalyzer, brought by the user."""


class Importer(Protocol):
    """One kind of source. Parsing is pure: no network, no clock, no files but those given."""

    id: ClassVar[str]
    """``gtm``; the word for ``--as``."""
    title: ClassVar[str]
    """``Google Tag Manager container export (JSON)``."""

    def recognises(self, bundle: Bundle) -> bool:
        """Tell whether the source is of this kind, by its content rather than its name."""
        ...

    def parse(self, bundle: Bundle, setting: Setting) -> Found:
        """Return what the source holds. Raises :class:`ImportFailure` where nothing can be read."""
        ...


class Service(Protocol):
    """An API: fetches documents, which the importer of the same id then parses."""

    id: ClassVar[str]
    """``okta``; the word in front of the colon in ``okta:acme.okta.com``."""
    title: ClassVar[str]
    variables: ClassVar[tuple[str, ...]]
    """Environment variables that hold what it needs to log in. A service may have ``optional``
    ones besides, of which it says itself what is missing."""

    def fetch(self, what: str, line: Any, environment: Mapping[str, str]) -> Sequence[SourceFile]:
        """Return the documents of the account ``what``, read through ``line``.

        ``line`` is a :class:`stackaudit.importers.network.Line`. Raises :class:`ImportFailure`.
        """
        ...
