"""The brand file and the comments file, version 1, as models: every key and its meaning."""

from typing import Annotated, Any, Final, Literal

from pydantic import Field

from stackaudit.branding.contrast import read_hex
from stackaudit.branding.model import SECTIONS
from stackaudit.inventory.schema import Record
from stackaudit.inventory.values import Name, Reads, Text, YesNo, bad, read_text, word
from stackaudit.result import Severity

BRAND: Final = "stackaudit-brand"
COMMENTS: Final = "stackaudit-comments"
VERSION: Final = "1"

LINE: Final = 90
"""Characters a line of a brand may have: it stands in a foot, and does not wrap there."""
LINES: Final = 8
"""Lines a contact may have."""
TEXT: Final = 20_000
"""Characters a comment may have."""

_SCALAR: Final = ["string", "number"]


def _read_line(value: Any) -> str:
    text = " ".join(read_text(value).split())
    if len(text) > LINE:
        raise bad("E243", f"this has {len(text)} characters", f"at most {LINE} fit into one line")
    return text


def _read_lines(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [line for line in value.splitlines() if line.strip()]
    if not isinstance(value, list | tuple):
        raise bad("E035", "a list of lines is expected here")
    if len(value) > LINES:
        raise bad("E243", f"these are {len(value)} lines", f"at most {LINES} are shown")
    return tuple(_read_line(item) for item in value)


def _read_colour(value: Any) -> str:
    made = read_hex(read_text(value))
    if made is None:
        raise bad("E244", f"{value!r} is not a colour", "write six hex digits in quotes: '#134b5f'")
    return made


def _read_markdown(value: Any) -> str:
    text = read_text(value)
    if len(text) > TEXT:
        raise bad("E243", f"this has {len(text):,} characters", f"at most {TEXT:,} are taken")
    return text


Line = Annotated[str, Reads(_read_line, type=_SCALAR, maxLength=LINE)]
Lines = Annotated[
    tuple[str, ...],
    Reads(
        _read_lines,
        anyOf=[
            {"type": "string"},
            {"type": "array", "maxItems": LINES, "items": {"type": _SCALAR, "maxLength": LINE}},
        ],
    ),
]
Colour = Annotated[
    str, Reads(_read_colour, type="string", pattern="^#?([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$")
]
Markdown = Annotated[str, Reads(_read_markdown, type="string", maxLength=TEXT)]
SeverityWord = Annotated[Severity, word(Severity)]


class LogoFile(Record):
    """The logo; the short form is its `file` alone."""

    file: Name = Field(
        description="A PNG, JPEG, WebP or SVG beside the brand file, or a `data:` address."
    )
    alt: Text | None = Field(None, description="What it says, for those who do not see it.")


class ColourPair(Record):
    """A colour for each theme; the short form is `light` alone."""

    light: Colour = Field(description="On light paper, and in print: `'#134b5f'`.")
    dark: Colour | None = Field(
        None, description="On dark paper; left out, `light` made lighter until it can be read."
    )


class ColourSet(Record):
    """The colours of the report; those of severities stay, for they mean something."""

    accent: ColourPair | None = Field(
        None, description="Links, small headings, and tints in pictures."
    )
    second: ColourPair | None = Field(
        None, description="Lines: on top of the page, beside comments."
    )


class BrandFile(Record):
    """Whose report it is."""

    name: Line | None = Field(None, description="The name of the consultancy.")
    logo: LogoFile | None = None
    colours: ColourSet | None = None
    footer: Line | None = Field(None, description="A line for the foot of the page.")
    confidentiality: Line | None = Field(
        None, description="A line for the cover and the foot of every printed page."
    )
    contact: Lines | None = Field(
        None, description="Lines of an address; mail and web addresses become links."
    )
    tool_name: YesNo | None = Field(
        None, description="`false` keeps the name of this program out of the report."
    )


class FindingComment(Record):
    """What the author says about a finding; the short form is its `comment` alone."""

    comment: Markdown | None = Field(None, description="Markdown, shown with the finding.")
    severity: SeverityWord | None = Field(
        None, description="The author's severity, shown in place of the check's, which is named."
    )
    hide: YesNo | None = Field(
        None, description="Leave the finding out; the appendix lists it as hidden."
    )
    reason: Line | None = Field(None, description="Why; needed with `severity` and `hide`.")


class CommentsFile(Record):
    """The author's words."""

    author: Line | None = Field(None, description="Who speaks; left out, the brand's name.")
    executive: Markdown | None = Field(None, description="Markdown for the first screen.")
    sections: dict[Literal[SECTIONS], Markdown] | None = Field(  # type: ignore[valid-type]
        None, description="Markdown under the heading of a section, by its anchor."
    )
    findings: dict[str, FindingComment] | None = Field(
        None, description="By the id of the finding, as in the JSON."
    )


def file_schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of a brand file or a comments file (:data:`BRAND`, :data:`COMMENTS`).

    Short forms are in it; an editor completes keys with it.
    """
    model = BrandFile if kind == BRAND else CommentsFile
    schema = model.model_json_schema(by_alias=True)
    defs = schema.get("$defs", {})
    for name in ("LogoFile", "ColourPair", "FindingComment"):
        if name in defs:
            defs[name] = {"anyOf": [{"type": "string"}, defs[name]]}
    schema["properties"] = {kind: {"const": int(VERSION)}, **schema["properties"]}
    schema["required"] = [kind, *schema.get("required", ())]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": f"{kind}, version {VERSION}",
    }
