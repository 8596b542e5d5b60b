"""What both files have in common: the first key, keys without a value, keys of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from stackaudit.branding.schema import VERSION
from stackaudit.source.problems import InputError, Mark, Problem
from stackaudit.source.tree import Limits, Map, read_tree

LIMITS: Final = Limits(bytes=2 * 1024 * 1024, depth=10, nodes=100_000)


def read_top(path: Path, key: str, problems: list[Problem]) -> Map:
    """Return the mapping a file consists of, after seeing that it is of the kind asked for.

    ``key`` is the first key of such a file. Raises :class:`InputError` when there is nothing to go
    on with; what is wrong otherwise is added to ``problems``.
    """
    name = path.name
    try:
        with path.open("rb") as file:
            data = file.read(LIMITS.bytes + 1)
    except OSError as error:
        message = f"the file cannot be read: {(error.strerror or 'unknown reason').lower()}"
        raise InputError([Problem("E001", message, Mark(name, 1, 1))]) from None
    tree, found = read_tree(data, name, LIMITS)
    problems += found
    what = f"a {key.removeprefix('stackaudit-')} file"
    hint = f"start it with `{key}: {VERSION}`"
    if not isinstance(tree, Map):
        if not found:
            problems.append(Problem("E241", f"this is not {what}", Mark(name, 1, 1), hint))
        raise InputError(problems)
    if key not in tree:
        problems.append(tree.problem("E241", None, f"this is not {what}", hint))
        raise InputError(problems)
    if tree[key] != VERSION:
        message = f"format {tree[key]} of {what} is not known to this release"
        problems.append(tree.problem("E242", key, message, f"write `{key}: {VERSION}`"))
        raise InputError(problems)
    return tree


def said(node: Map, problems: list[Problem], *without: str) -> dict[str, Any]:
    """Return what a mapping says, to any depth; a key without a value is a warning."""
    out: dict[str, Any] = {}
    for key, value in node.items():
        if key in without or key.startswith("x-"):
            continue
        if value is None:
            line = node.source.line_at(node.key_mark_of(key))
            eaten = "#" in line.partition(":")[2]
            hint = "put what starts with # in quotes" if eaten else "write it, or delete the key"
            code = "E244" if eaten else "W004"
            at = node.at_of_key(key)
            problems.append(node.source.problem(code, at, f"`{key}` has no value", hint))
        else:
            out[key] = said(value, problems) if isinstance(value, Map) else value
    return out
