"""Open an inventory: read it, read the catalogue that belongs to it, bind the two."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from stackaudit.catalogue.load import load_catalogue
from stackaudit.inventory.load import load_inventory
from stackaudit.inventory.schema import Company
from stackaudit.resolve import Resolved, resolve
from stackaudit.source.problems import InputError, has_errors, in_file_order
from stackaudit.source.tree import DEFAULT_LIMITS, Limits, Map, Seq, read_tree
from stackaudit.source.words import make_id

_BESIDE: Final = ("catalogue.yaml", "catalogue.yml", "catalogue")


def open_inventory(
    path: Path | str,
    catalogue_path: Path | str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    instead: Mapping[str, str] | None = None,
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
    # Nothing built here is garbage: looking for it takes a fifth of the time at 30,000 records.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _open(Path(path), catalogue_path, limits, instead)
    finally:
        if collecting:
            gc.enable()


def _open(
    path: Path,
    catalogue_path: Path | str | None,
    limits: Limits,
    instead: Mapping[str, str] | None,
) -> Resolved:
    own = Path(catalogue_path) if catalogue_path is not None else catalogue_beside(path)
    loaded = load_inventory(path, limits, instead)
    problems = list(loaded.problems)
    inventory = loaded.inventory or loaded.rest
    if inventory is None:
        raise InputError(problems)
    profile_file = _profile_file(inventory.company, path)
    try:
        catalogue = load_catalogue(own, profile_file)
    except InputError as error:
        raise InputError([*problems, *error.problems]) from None
    profile = _profile_in(profile_file) if profile_file is not None else None
    resolved = resolve(loaded, catalogue, problems, profile)
    if has_errors(problems):
        raise InputError(problems)
    paths = [_path(path, file.name) for file in loaded.files]
    paths += [extra for extra in (own, profile_file) if extra is not None]
    return replace(resolved, problems=tuple(in_file_order(problems)), paths=tuple(paths))


def _profile_file(company: Company, path: Path) -> Path | None:
    """Return the file that `company: profile` names, if it names one and not a known profile."""
    named = company.profile
    if named is None or not named.lower().endswith((".yaml", ".yml")):
        return None
    folder = path if path.is_dir() else path.parent
    file = folder / named
    return file if file.is_file() else None  # resolving says that there is none


def _profile_in(file: Path) -> str | None:
    """Return the id of the profile a file is about: its only one, or the one of its own name."""
    tree, _ = read_tree(file.read_bytes(), file.name)
    profiles = tree.get("profiles") if isinstance(tree, Map) else None
    if isinstance(profiles, Map):
        ids = list(profiles)
    else:
        entries = profiles if isinstance(profiles, Seq) else ()
        ids = [
            str(e.get("id") or make_id(str(e.get("name")))) for e in entries if isinstance(e, Map)
        ]
    stem = make_id(file.stem)
    return ids[0] if len(ids) == 1 else stem if stem in ids else None


def catalogue_beside(path: Path) -> Path | None:
    """Return the user's own catalogue beside (or in the folder of) an inventory, if any."""
    folder = path if path.is_dir() else path.parent
    return next((folder / name for name in _BESIDE if (folder / name).exists()), None)


def _path(path: Path, name: str) -> Path:
    return path / name if path.is_dir() else path
