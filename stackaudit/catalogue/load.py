"""Read the catalogue: the built-in data files, and a user's own over them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from stackaudit.catalogue.build import build
from stackaudit.catalogue.model import Catalogue
from stackaudit.source.problems import InputError
from stackaudit.source.tree import Map, read_tree

DATA = Path(__file__).parent / "data"
FILES = (
    "capabilities",
    "objects",
    "methods",
    "flows",
    "profiles",
    "suites",
    "rules",
    "regions",
    "channels",
    "names",
)


def load_catalogue(*extra: Path | None) -> Catalogue:
    """Return the built-in catalogue, with a user's own files or folders merged over it in turn.

    The built-in catalogue is read once per process. Raises
    :class:`~stackaudit.source.problems.InputError` with every problem of the user's files.
    """
    own = [path for path in extra if path is not None]
    if not own:
        return _builtin()
    from stackaudit.catalogue.own import merge_own  # pydantic, only where a file needs it

    sections = read_builtin()
    for path in own:
        sections = merge_own(sections, path)
    return build(sections)


@lru_cache(maxsize=1)
def _builtin() -> Catalogue:
    return build(read_builtin())


def read_builtin() -> dict[str, Any]:
    """Return the built-in data files as one tree of mappings, lists and text, by section."""
    sections: dict[str, Any] = {"products": read_products(DATA / "products.csv")}
    for name in FILES:
        file = f"{name}.yaml"
        tree, problems = read_tree((DATA / file).read_bytes(), file)
        if not isinstance(tree, Map) or problems:
            raise InputError(problems)
        sections.update(tree)
    return sections


def read_products(path: Path) -> dict[str, Mapping[str, str]]:
    """Return the rows of the product table by id."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        header = next(rows)
        return {row[0]: dict(zip(header, row, strict=True)) for row in rows}
