"""A brand and an author's comments, read and checked: what a report is dressed with."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from stackaudit.result import Confidence, Severity

SECTIONS: Final = (
    "answer",
    "stack-map",
    "coverage",
    "silos",
    "ownership",
    "money",
    "trust",
    "roadmap",
    "findings",
    "not-judged",
    "appendix",
)
"""Sections of the report that can have a comment, by the anchors they have in the page."""


@dataclass(frozen=True)
class Logo:
    """A checked picture: what it is, its bytes, how large it is drawn, what it says in words."""

    media: str
    data: bytes = field(repr=False)
    width: float
    height: float
    alt: str

    @property
    def uri(self) -> str:
        """Return the picture as a ``data:`` address."""
        return f"data:{self.media};base64,{b64encode(self.data).decode()}"


@dataclass(frozen=True)
class Shade:
    """A colour for light and for dark paper, as ``#rrggbb``, each readable on its paper."""

    light: str
    dark: str


@dataclass(frozen=True)
class Brand:
    """Whose report it is."""

    name: str = ""
    logo: Logo | None = None
    accent: Shade | None = None
    second: Shade | None = None
    footer: str = ""
    confidentiality: str = ""
    contact: tuple[str, ...] = ()
    tool_name: bool = True
    """Whether the name of the program that made the report may stand in it."""


@dataclass(frozen=True)
class Remark:
    """What the author says about one finding; an override always has its reason."""

    comment: str = ""
    severity: Severity | None = None
    hide: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Comments:
    """What the author says, texts in Markdown; `findings` by the id in the file."""

    author: str = ""
    executive: str = ""
    sections: Mapping[str, str] = field(default_factory=dict)
    findings: Mapping[str, Remark] = field(default_factory=dict)


@dataclass(frozen=True)
class Said:
    """What the author says about a finding that is shown."""

    comment: str = ""
    reason: str = ""
    check_says: Severity | None = None
    """The severity of the check, where the author gives another one."""


@dataclass(frozen=True)
class Hidden:
    """A finding the author leaves out of the report."""

    id: str
    check: str
    severity: Severity
    confidence: Confidence
    reason: str


@dataclass(frozen=True)
class Voice:
    """An author's comments bound to one result: what a report shows of them."""

    author: str = ""
    executive: str = ""
    sections: Mapping[str, str] = field(default_factory=dict)
    findings: Mapping[str, Said] = field(default_factory=dict)
    hidden: tuple[Hidden, ...] = ()
    confirmed: int = 0
    """Confirmed findings above information that the checks count, and..."""
    high: int = 0
    """...how many of them are of high severity: said where the author changed something."""
    severities: Mapping[str, Severity] = field(default_factory=dict)
    """The author's severities, by finding."""

    @property
    def changes(self) -> bool:
        """Tell whether the author changed what the checks say, rather than adding to it."""
        return bool(self.severities or self.hidden)
