r"""Fingerprints a user brings, in Wappalyzer's format; none of its data comes with the package.

Format: a folder with ``technologies/*.json`` (or JSON files beside each other), technology name →
``scriptSrc``, ``scripts``, ``cookies``, ``js``, ``html``, ``meta``, ``headers``, each a pattern, a
list or a mapping; patterns are regular expressions with ``\;confidence:50`` and ``\;version:\1``
behind them. Their expressions are not run as they are: a pattern is rewritten with bounded repeats
and taken only when the work it can cause is small. ``js`` names variables of a running page, of
which HTML shows nothing, and ``dom`` needs a browser's selectors: both are passed over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from stackaudit.catalogue.match import find_product
from stackaudit.catalogue.model import Catalogue
from stackaudit.importers.model import Confidence, Found, ImportFailure
from stackaudit.importers.site.recognise import Hit, Recognised
from stackaudit.importers.site.table import RANK, Kind

FILES: Final = 100
FILE_SIZE: Final = 5_000_000
TECHNOLOGIES: Final = 20_000
WORK: Final = 4_000_000
"""Steps one pattern may cost on one text."""
LENGTHS: Final[dict[Kind, int]] = {
    "script": 500, "cookie": 100, "meta": 300, "generator": 300, "header": 300, "inline": 30_000,
}  # fmt: skip
SHOWN: Final = 12
_REPEAT: Final = 64
_FIELDS: Final[tuple[tuple[str, Kind], ...]] = (
    ("scriptSrc", "script"),
    ("scripts", "inline"),
    ("cookies", "cookie"),
    ("meta", "meta"),
    ("headers", "header"),
)
_SKIPPED: Final = (
    "js", "dom", "html", "xhr", "dns", "css", "text", "robots", "certIssuer", "url",
)  # fmt: skip
_ATOM: Final = re.compile(
    r"\\[dwsDWS]|\\[^a-zA-Z0-9]|\\/|\[\^?\]?(?:\\.|[^\]\\])*\]|[^\\()\[\]{}*+?|]"
)
_TIMES: Final = re.compile(r"\{(\d{1,3})(?:,(\d{0,3}))?\}")


@dataclass(frozen=True, slots=True)
class Brought:
    """A pattern of a technology."""

    name: str
    kind: Kind
    key: str
    """Name of the cookie, header or meta element; empty for scripts."""
    pattern: re.Pattern[str] | None
    """None: it is enough that the key is there."""
    confidence: Confidence


def add_brought(seen: Recognised, folder: Path, catalogue: Catalogue, found: Found) -> None:
    """Add what the fingerprints of a folder recognise, by the names the catalogue knows.

    Raises :class:`ImportFailure` where the folder holds no fingerprints.
    """
    patterns, skipped = read_brought(folder)
    strange: dict[str, None] = {}
    for name, hits in _matches(seen, patterns):
        product = find_product(catalogue, name).product
        if product is None:
            strange[name] = None
            continue
        known = seen.hits.setdefault(product.id, [])
        known.extend(replace(hit, product=product.id) for hit in hits)
        known.sort(key=lambda h: RANK[h.confidence])
    if strange:
        names = [_plain(n) for n in strange]
        more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
        found.note(
            f"recognised by your fingerprints and in no catalogue: {', '.join(names[:SHOWN])}{more}"
        )
    if skipped:
        found.note(
            f"{skipped} of your fingerprints' patterns were not used: too costly to run safely, "
            "or about a running page"
        )


def read_brought(folder: Path) -> tuple[list[Brought], int]:
    """Return the patterns of a folder, and how many were passed over.

    Raises :class:`ImportFailure` where there are none.
    """
    inside = folder / "technologies"
    home = inside if inside.is_dir() else folder
    files = sorted(home.glob("*.json"))[:FILES] if home.is_dir() else []
    made: list[Brought] = []
    skipped = 0
    for file in files:
        for name, entry in _entries(file):
            patterns, passed = _patterns(name, entry)
            made += patterns
            skipped += passed
    if not made:
        raise ImportFailure(
            f"no fingerprints in {folder.name}",
            "it needs technologies/*.json in Wappalyzer's format",
        )
    return made, skipped


def _entries(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    if file.stat().st_size > FILE_SIZE:
        return
    try:
        whole = json.loads(file.read_bytes())
    except (ValueError, RecursionError, OSError):
        return
    inner = whole.get("technologies", whole.get("apps", whole)) if isinstance(whole, dict) else {}
    for name, entry in list(inner.items())[:TECHNOLOGIES] if isinstance(inner, dict) else ():
        if isinstance(entry, dict):
            yield str(name), entry


def _patterns(name: str, entry: dict[str, Any]) -> tuple[list[Brought], int]:
    made, skipped = [], sum(f in entry for f in _SKIPPED)
    for key, kind in _FIELDS:
        said = entry.get(key)
        named = said.items() if isinstance(said, dict) else [("", said)]
        for what, texts in named:
            for text in texts if isinstance(texts, list) else [texts]:
                if not isinstance(text, str):
                    continue
                source, confidence = _parts(text)
                pattern = plain_pattern(source, LENGTHS[kind]) if source else None
                if (source and pattern is None) or not (source or what):
                    skipped += 1
                    continue
                at: Kind = "generator" if (kind, what.lower()) == ("meta", "generator") else kind
                made.append(Brought(name, at, what.lower(), pattern, confidence))
    return made, skipped


def _parts(text: str) -> tuple[str, Confidence]:
    source, *tags = text.split("\\;")
    sure = next((t.partition(":")[2] for t in tags if t.startswith("confidence:")), "100")
    enough = sure.isdigit() and int(sure) >= 50
    return source, "likely" if enough else "possible"


def plain_pattern(source: str, length: int) -> re.Pattern[str] | None:
    """Return an expression with bounded repeats; None where it could cost too much.

    Taken are literals, classes, groups and alternatives; a repeated group, a reference or a look
    ahead is not. The work is the length of the text times all that the repeats can multiply.
    """
    if len(source) > 500:
        return None
    made, cost, at, depth = [], length, 0, 0
    while at < len(source):
        letter = source[at]
        if letter == "(":
            if source.startswith("(?", at) and not source.startswith("(?:", at):
                return None
            at += 3 if source.startswith("(?:", at) else 1
            made.append("(?:")
            depth += 1
            continue
        if letter == ")":
            depth -= 1
            at += 1
            made.append(")")
            if source[at : at + 1] == "?":
                made.append("?")
                cost *= 2
                at += 1
            elif source[at : at + 1] in ("*", "+", "{"):
                return None
            continue
        if letter == "|":
            made.append("|")
            cost += length
            at += 1
            continue
        atom = _ATOM.match(source, at)
        if atom is None:
            return None
        at = atom.end()
        times, most, at = _repeat(source, at)
        if times is None:
            return None
        cost *= most
        made.append(atom[0] + times)
    if depth or cost > WORK:
        return None
    try:
        return re.compile("".join(made), re.IGNORECASE)
    except (re.error, OverflowError):
        return None


def _repeat(source: str, at: int) -> tuple[str | None, int, int]:
    """Return how often an atom is taken (bounded), how much that multiplies, and what follows."""
    letter = source[at : at + 1]
    lazy = 1 if source[at + 1 : at + 2] == "?" else 0
    if letter in ("*", "+"):
        return f"{{{int(letter == '+')},{_REPEAT}}}" + "?" * lazy, _REPEAT, at + 1 + lazy
    if letter == "?":
        return "?" + "?" * lazy, 2, at + 1 + lazy
    times = _TIMES.match(source, at)
    if times is None:
        return (None, 1, at) if letter == "{" else ("", 1, at)
    least = int(times[1])
    most = least if times[2] is None else int(times[2] or _REPEAT)
    if most > _REPEAT or least > most:
        return None, 1, at
    return f"{{{least},{most}}}", max(1, most if most != least else 1), times.end()


def _matches(seen: Recognised, patterns: list[Brought]) -> Iterator[tuple[str, list[Hit]]]:
    named: dict[str, list[Hit]] = {}
    by_kind: dict[Kind, list[Brought]] = {}
    for pattern in patterns:
        by_kind.setdefault(pattern.kind, []).append(pattern)
    for page in seen.pages:
        for one in page.seen:
            if one.how:
                continue
            kind: Kind = "script" if one.kind == "request" else one.kind
            for pattern in by_kind.get(kind, ()):
                hits = named.get(pattern.name, [])
                if len(hits) < 3 and _fits(pattern, one.text[: LENGTHS[kind]]):
                    said = f"your fingerprint of a {kind} on {page.shown}"
                    hit = Hit(
                        "", pattern.confidence, said, one.kind, page.shown, one.order, one.gate
                    )
                    if said not in (h.evidence for h in hits):
                        named.setdefault(pattern.name, []).append(hit)
    yield from sorted(named.items())


def _fits(brought: Brought, text: str) -> bool:
    value = text
    if brought.kind in ("cookie", "header", "meta"):
        name, _, value = text.partition(":")
        key = brought.key
        if not (name.lower() == key or (key.endswith("*") and name.lower().startswith(key[:-1]))):
            return False
        if brought.kind in ("cookie", "meta") and brought.pattern is not None:
            return False  # values are not kept
    return brought.pattern is None or brought.pattern.search(value.strip()) is not None


def _plain(name: str) -> str:
    return "".join(c for c in " ".join(name.split()) if c.isprintable())[:40]
