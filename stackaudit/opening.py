"""Open an inventory: read it, read the catalogue that belongs to it, bind the two."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from stackaudit.catalogue.load import load_catalogue
from stackaudit.inventory.load import load_inventory
from stackaudit.resolve import Resolved, resolve
from stackaudit.source.problems import InputError, has_errors, in_file_order
from stackaudit.source.tree import DEFAULT_LIMITS, Limits

_BESIDE: Final = ("catalogue.yaml", "catalogue.yml", "catalogue")


def open_inventory(
    path: Path | str,
    catalogue_path: Path | str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Resolved:
    """Return an inventory bound to its catalogue, ready to be audited, warnings included.

    path
        A YAML file, or a folder whose YAML files are merged.
    catalogue_path
        The user's own products, capabilities and profiles; without it ``catalogue.yaml`` or
        ``catalogue/`` beside the inventory is used, when there is one.

    Raises :class:`~stackaudit.source.problems.InputError` with every problem, warnings included,
    when one of them is an error.
    """
    path = Path(path)
    own = Path(catalogue_path) if catalogue_path is not None else catalogue_beside(path)
    loaded = load_inventory(path, limits)
    problems = list(loaded.problems)
    if loaded.inventory is None and loaded.rest is None:
        raise InputError(problems)
    try:
        catalogue = load_catalogue(own)
    except InputError as error:
        raise InputError([*problems, *error.problems]) from None
    resolved = resolve(loaded, catalogue, problems)
    if has_errors(problems):
        raise InputError(problems)
    paths = (
        *(_path(path, file.name) for file in loaded.files),
        *((own,) if own is not None else ()),
    )
    return replace(resolved, problems=tuple(in_file_order(problems)), paths=paths)


def catalogue_beside(path: Path) -> Path | None:
    """Return the user's own catalogue beside (or in the folder of) an inventory, if any."""
    folder = path if path.is_dir() else path.parent
    return next((folder / name for name in _BESIDE if (folder / name).exists()), None)


def _path(path: Path, name: str) -> Path:
    return path / name if path.is_dir() else path
