"""Files to inventory: read, merge, check, and name every problem at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from stackaudit.inventory.merge import merge
from stackaudit.inventory.schema import Inventory
from stackaudit.inventory.sections import Reading
from stackaudit.inventory.values import kind_of
from stackaudit.source.problems import Mark, Problem, has_errors, in_file_order
from stackaudit.source.tree import DEFAULT_LIMITS, Limits, Map, Node, Seq, read_tree
from stackaudit.source.words import did_you_mean

_CATALOGUE_FILES: Final = ("catalogue.yaml", "catalogue.yml")


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file that was read, and the SHA-256 of its bytes."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Loaded:
    """What reading an inventory gave; ``inventory`` is None when an error leaves nothing to use."""

    inventory: Inventory | None
    problems: tuple[Problem, ...]
    files: tuple[InputFile, ...]
    path: Path
    rest: Inventory | None = field(default=None, repr=False, compare=False)
    """What is left without the wrong records: for finding further problems, never to be used."""
    dropped: frozenset[str] = field(default=frozenset(), repr=False, compare=False)
    """Ids and names of what was dropped, so that references to it are not called unknown."""
    tree: Node = field(default=None, repr=False, compare=False)

    @property
    def ok(self) -> bool:
        """Return whether the inventory can be used: read, and without an error."""
        return self.inventory is not None and not has_errors(self.problems)

    @cached_property
    def content_hash(self) -> str:
        """Return the SHA-256 of what was said, whatever the order of keys and the line ends."""
        text = json.dumps(self.tree, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def load_inventory(
    path: Path | str,
    limits: Limits = DEFAULT_LIMITS,
    instead: Mapping[str, str] | None = None,
) -> Loaded:
    """Return the inventory of a file, or of a folder whose YAML files are merged.

    ``instead`` holds texts to read in place of what some of the files say now, by file name: what
    an edit would come to is seen before it is written.

    Files are named in problems relative to the folder (or by their bare name), so that the result
    does not depend on where the inventory lies. Raises nothing: what the system says of a file that
    cannot be read is a problem like any other.
    """
    path = Path(path)
    problems: list[Problem] = []
    files: list[InputFile] = []
    tops: list[Map] = []
    for name, file in _files(path, problems):
        new = (instead or {}).get(name)
        data = _bytes(name, file, limits, problems) if new is None else new.encode("utf-8")
        if data is None:
            continue
        files.append(InputFile(name, hashlib.sha256(data).hexdigest()))
        top = _top(data, name, limits, problems)
        if top is not None:
            tops.append(top)
    return _loaded(tops, problems, tuple(files), path)


def parse_inventory(
    text: str | bytes, name: str = "inventory.yaml", limits: Limits = DEFAULT_LIMITS
) -> Loaded:
    """Return the inventory of a text; otherwise like :func:`load_inventory`."""
    problems: list[Problem] = []
    top = _top(text, name, limits, problems)
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    file = InputFile(name, hashlib.sha256(data).hexdigest())
    return _loaded([top] if top is not None else [], problems, (file,), Path(name))


def _loaded(
    tops: list[Map], problems: list[Problem], files: tuple[InputFile, ...], path: Path
) -> Loaded:
    # A file that could not be read may hold anything: what the others lack is then not said.
    whole = not has_errors(
        p for p in problems if p.code not in ("E008", "E009", "E010", "E015", "E016")
    )
    inventory = rest = None
    dropped: frozenset[str] = frozenset()
    tree: Node = None
    if tops:
        top = merge(tops, problems) if len(tops) > 1 else tops[0]
        tree = top
        reading = Reading(problems, whole)
        inventory = reading.inventory(top)
        if whole:
            rest, dropped = reading.rest, frozenset(reading.dropped)
    return Loaded(inventory, tuple(in_file_order(problems)), files, path, rest, dropped, tree)


def _files(path: Path, problems: list[Problem]) -> Iterator[tuple[str, Path]]:
    """Yield name and path of each file of the inventory, sorted by name."""
    try:
        if path.is_dir():
            found = sorted(
                (file.name, file)
                for file in path.iterdir()
                if file.suffix.lower() in (".yaml", ".yml")
                and not file.name.startswith(".")
                and file.name.lower() not in _CATALOGUE_FILES
                and file.is_file()
            )
            if not found:
                hint = (
                    "an inventory folder holds one or more *.yaml "
                    "files; `stackaudit init` writes a first one"
                )
                problems.append(_no_place("E001", path, "the folder holds no YAML file", hint))
            yield from found
            return
        if path.exists():
            yield path.name, path
            return
        parent = path.parent
        near = sorted(f.name for f in parent.iterdir()) if parent.is_dir() else []
        hint = did_you_mean(
            path.name, near, "check the path; `stackaudit init` writes a first inventory"
        )
        problems.append(_no_place("E001", path, "there is no such file or folder", hint))
    except OSError as error:
        problems.append(_no_place("E001", path, f"this cannot be read: {_os_words(error)}", ""))


def _bytes(name: str, file: Path, limits: Limits, problems: list[Problem]) -> bytes | None:
    try:
        if not file.is_file():
            problems.append(
                _no_place("E001", file, "this is not a file", "name a YAML file or a folder")
            )
            return None
        with file.open("rb") as stream:
            # One byte more than allowed is enough to know that it is too much.
            return stream.read(limits.bytes + 1)
    except OSError as error:
        problems.append(
            Problem("E001", f"the file cannot be read: {_os_words(error)}", Mark(name, 1, 1))
        )
        return None


def _os_words(error: OSError) -> str:
    return (error.strerror or "unknown reason").lower()


def _no_place(code: str, path: Path, message: str, hint: str) -> Problem:
    return Problem(code, message, Mark(path.name or str(path), 1, 1), hint)


def _top(data: bytes | str, name: str, limits: Limits, problems: list[Problem]) -> Map | None:
    """Return the mapping a file consists of."""
    tree, found = read_tree(data, name, limits)
    problems += found
    if tree is None:
        if not found:
            hint = "write at least `stackaudit: 1` and `company: {name: ...}`"
            problems.append(Problem("E005", "the file is empty", Mark(name, 1, 1), hint))
        return None
    if not isinstance(tree, Map):
        hint = "start with `stackaudit: 1`, `company:` and `tools:`"
        message = f"an inventory is a mapping of sections, not {kind_of(tree)}"
        if isinstance(tree, Seq):
            problems.append(tree.problem("E039", None, message, hint))
        else:
            problems.append(Problem("E039", message, Mark(name, 1, 1), hint))
        return None
    if "stackaudit-catalogue" in tree:
        hint = "name it catalogue.yaml beside the inventory, or give it with --catalogue"
        at = tree.at_of_key("stackaudit-catalogue")
        problems.append(
            tree.source.problem("E039", at, "this is a catalogue file, not an inventory", hint)
        )
        return None
    return tree
