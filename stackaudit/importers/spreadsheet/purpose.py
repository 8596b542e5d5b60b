"""What a row of tools says about people, purpose, data and privacy."""

from __future__ import annotations

import re
from typing import Any

from stackaudit.catalogue.match import find_region
from stackaudit.importers.model import FoundTool
from stackaudit.importers.spreadsheet import words
from stackaudit.importers.spreadsheet.grid import filled, shown
from stackaudit.importers.spreadsheet.headers import at, fold
from stackaudit.importers.spreadsheet.rows import Reader, Row, known_name, object_of
from stackaudit.importers.spreadsheet.vocabulary import CAPABILITIES, REGIONS
from stackaudit.source.words import make_id


def people(reader: Reader, number: int, row: Row, facts: dict[str, Any]) -> None:
    """Take the owners, the team and the teams that use a tool."""
    for key in ("owner", "technical_owner"):
        facts[key] = reader.people(number, row, key)
    team = reader.text(number, row, "team")
    facts["team"] = team if words.key(team) not in words.EVERYBODY else None
    used = words.several(reader.text(number, row, "used_by"))
    column = reader.table.column("seats.users")
    users = reader.text(number, row, "seats.users")
    if column and users and not re.search(r"\d", users) and not used:
        used = words.several(users)
    everybody = [u for u in used if words.key(u) in words.EVERYBODY]
    if everybody:
        reader.say_once(
            f"used by {everybody[0]!r}: everybody is no team and was left out",
            reader.place(number),
        )
    facts["used_by"] = [u for u in used if u not in everybody]
    if used and words.stated_none(used[0]):
        facts["used_by"] = "none"


def purpose(
    reader: Reader, number: int, row: Row, tool: FoundTool, facts: dict[str, Any], notes: list[str]
) -> None:
    """Capabilities, data objects and channels; a category counts only for an unknown product."""
    catalogue = reader.catalogue
    strengths: dict[str, str] = {}
    named = reader.listed(number, row, "capabilities")
    facts["capabilities"] = named if isinstance(named, str) else None
    for part in named if isinstance(named, list) else ():
        match = re.match(r"(.*?)\s*\((primary|secondary|unused)\)$", part, re.IGNORECASE)
        name, strength = (match[1], match[2].lower()) if match else (part, "primary")
        strengths[capability_of(reader, name) or name] = strength
    if strengths:
        plain_list = set(strengths.values()) == {"primary"}
        facts["capabilities"] = list(strengths) if plain_list else strengths
    category = reader.text(number, row, "category")
    if category and not strengths:
        names = [tool.name, *tool.known_as]
        if not any(known_name(catalogue, n) for n in names):
            found = [capability_of(reader, p) for p in words.several(category)]
            if all(found) and found:
                facts["capabilities"] = found
            else:
                notes.append(f"Category in the list: {category}")
    _data(reader, number, row, facts, notes)
    _channels(reader, number, row, facts)


def _data(reader: Reader, number: int, row: Row, facts: dict[str, Any], notes: list[str]) -> None:
    catalogue = reader.catalogue
    data: dict[str, list[str]] = {}
    text = reader.text(number, row, "data")
    if text and ":" not in text and not reader.strict and not words.stated_none(text):
        notes.append(f"Data, in the list's words: {text}")  # what is done with it is not said
        return
    for part in words.several(text, comma=False):
        thing, colon, roles = part.partition(":")
        made = object_of(catalogue, thing)
        if (
            colon
            and made
            and all(r in ("capture", "store", "activate", "measure") for r in words.several(roles))
        ):
            data[made] = words.several(roles)
        elif not words.stated_none(text):
            reader.found.left_out(
                f"data {part!r} is not written as `contact: store, activate`",
                reader.place(number, reader.table.column("data")),
            )
    facts["data"] = "none" if words.stated_none(text) else data


def _channels(reader: Reader, number: int, row: Row, facts: dict[str, Any]) -> None:
    catalogue = reader.catalogue
    channels = reader.listed(number, row, "channels")
    if isinstance(channels, str):
        facts["channels"] = channels
    elif channels:
        uses = {}
        for part in channels:
            match = re.match(r"(.*?)\s*\(transactional\)$", part, re.IGNORECASE)
            uses[make_id(match[1] if match else part)] = "transactional" if match else "all"
        strange = [u for u in uses if u not in catalogue.channels]
        if strange:
            place = reader.place(number, reader.table.column("channels"))
            reader.found.left_out(f"channels: {', '.join(strange)} are not known", place)
        uses = {u: use for u, use in uses.items() if u not in strange}
        facts["channels"] = list(uses) if set(uses.values()) == {"all"} else uses


def capability_of(reader: Reader, text: str) -> str | None:
    """Return the capability that a word means: its id, its name, or a usual word for it."""
    made = make_id(text)
    for capability in reader.catalogue.capabilities.values():
        brief = capability.name.partition("(")[0].partition(":")[0]
        if made in (capability.id, make_id(capability.name), make_id(brief)):
            return capability.id
    return CAPABILITIES.get(fold(text))


def _both(reader: Reader, text: str) -> str:
    """Return ``USA/EU`` as ``USA; EU``, where each of it is a country or region."""
    parts = [p.strip() for p in text.split("/")]
    each = [REGIONS.get(fold(p), p) for p in parts]
    known = all(find_region(reader.catalogue, r) is not None for r in each)
    return "; ".join(parts) if len(parts) > 1 and known else text


def privacy(reader: Reader, number: int, row: Row) -> dict[str, Any]:
    """Return what is agreed about personal data, as far as the row says it."""
    hosts = []
    text = reader.text(number, row, "privacy.hosted_in")
    outside = re.sub(r"[(\[][^()\[\]]*[)\]]", " ", text)  # France (EEA), USA [to be confirmed]
    for part in words.several(_both(reader, outside if not words.unknown(outside) else text)):
        known = find_region(reader.catalogue, part) is not None
        name = part if known else REGIONS.get(fold(part), part)
        if not known and find_region(reader.catalogue, name) is None:
            inside = [w for w in re.split(r"[\s()/-]+", part) if len(w) > 1]
            near = [
                r
                for w in inside
                if find_region(reader.catalogue, r := REGIONS.get(fold(w), w)) is not None
            ]
            name = near[0] if len(set(near)) == 1 else ""
        if name:
            hosts.append(name)
        else:
            place = reader.place(number, reader.table.column("privacy.hosted_in"))
            reader.found.ask(f"hosted in {part!r}: which country or region is it?", place)
    column = reader.table.column("privacy.retention_days")
    days = None
    if column is not None:
        value = reader.value(number, row, column)
        days = int(value) if isinstance(value, int | float) else None
        if isinstance(value, str):
            days = reader.notice(number, row, "privacy.retention_days")
    privacy = {
        "dpa": reader.word(number, row, "privacy.dpa", words.AGREEMENT, "processing agreement"),
        "hosted_in": hosts[0] if len(hosts) == 1 else hosts,
        "transfer": reader.word(number, row, "privacy.transfer", words.TRANSFER, "transfer"),
        "retention_days": days,
    }
    return {k: v for k, v in privacy.items() if v not in (None, [])}


def notes_of(reader: Reader, row: Row, made: list[str]) -> str:
    """Return the notes of a row: what was made of it, and the columns that are notes."""
    for column in reader.table.all("notes"):
        value = at(row, column.index)
        text = shown(value)
        if filled(value) and not words.unknown(text):
            own = fold(column.header) in (
                "notes",
                "note",
                "comment",
                "comments",
                "bemerkung",
                "bemerkungen",
                "kommentar",
                "notizen",
                "remarks",
            )
            made.append(text if own else f"{column.title}: {text}")
    return "; ".join(made)[:2000]
