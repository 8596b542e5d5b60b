"""A brand file read: the logo looked at, colours made readable, every problem with its line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from stackaudit.branding.contrast import DARK, GRAPHIC, LIGHT, TEXT, readable, weakest
from stackaudit.branding.logo import LogoError, read_logo
from stackaudit.branding.model import Brand, Logo, Shade
from stackaudit.branding.reading import read_top, said
from stackaudit.branding.schema import BRAND, BrandFile, ColourPair, LogoFile
from stackaudit.inventory.shape import read_record
from stackaudit.source.problems import InputError, Problem, has_errors, in_file_order
from stackaudit.source.tree import Map


def read_brand(path: Path) -> tuple[Brand, list[Problem]]:
    """Return the brand in a file, and warnings: colours that were made readable, empty keys.

    Raises :class:`InputError` with every problem of the file when there is an error.
    """
    problems: list[Problem] = []
    top = read_top(path, BRAND, problems)
    values = said(top, problems, BRAND)
    if isinstance(values.get("logo"), str):
        values["logo"] = {"file": values["logo"]}
    colours = values.get("colours")
    if isinstance(colours, dict):
        values["colours"] = {
            key: {"light": value} if isinstance(value, str) else value
            for key, value in colours.items()
        }
    record = read_record(BrandFile, values, top, problems, own_keys=False)
    # The logo is looked at even where something else is wrong: all is said at once.
    stated = record.logo if record else _stated_logo(values)
    logo = _logo(stated, (record.name if record else None) or "", path.parent, top, problems)
    if record is None or has_errors(problems):
        raise InputError(problems)
    inks = record.colours
    return Brand(
        name=record.name or "",
        logo=logo,
        accent=_shade(top, "accent", inks.accent if inks else None, TEXT, problems),
        second=_shade(top, "second", inks.second if inks else None, GRAPHIC, problems),
        footer=record.footer or "",
        confidentiality=record.confidentiality or "",
        contact=record.contact or (),
        tool_name=record.tool_name is not False,
    ), in_file_order(problems)


def _stated_logo(values: dict[str, Any]) -> LogoFile | None:
    logo = values.get("logo")
    file = logo.get("file") if isinstance(logo, dict) else None
    return LogoFile(file=file) if isinstance(file, str) and file.strip() else None


def _logo(
    stated: LogoFile | None, name: str, folder: Path, top: Map, problems: list[Problem]
) -> Logo | None:
    if stated is None:
        return None
    try:
        media, data, width, height = read_logo(stated.file, folder)
    except LogoError as error:
        holder, key = (top["logo"], "file") if isinstance(top["logo"], Map) else (top, "logo")
        problems.append(holder.problem("E245", key, str(error), error.hint))
        return None
    return Logo(media, data, width, height, stated.alt or name)


def _shade(
    top: Map, key: str, ink: ColourPair | None, least: float, problems: list[Problem]
) -> Shade | None:
    if ink is None:
        return None
    light = _checked(top, key, "light", ink.light, least, problems)
    if ink.dark is None:
        # Nobody chose this colour for dark paper: making it fit is no correction to be told.
        return Shade(light, readable(ink.light, DARK, least))
    return Shade(light, _checked(top, key, "dark", ink.dark, least, problems))


def _checked(
    top: Map, key: str, theme: str, colour: str, least: float, problems: list[Problem]
) -> str:
    papers = LIGHT if theme == "light" else DARK
    made = readable(colour, papers, least)
    if made != colour:
        colours = top["colours"]
        node, at = (colours[key], theme) if isinstance(colours[key], Map) else (colours, key)
        before, after = weakest(colour, papers), weakest(made, papers)
        message = (
            f"{colour} is too weak on {theme} paper ({before:.2f}:1, {least:g}:1 is needed); "
            f"{made} is used ({after:.2f}:1)"
        )
        hint = f"write '{made}', or a {'darker' if theme == 'light' else 'lighter'} one"
        problems.append(node.problem("W040", at, message, hint))
    return made
