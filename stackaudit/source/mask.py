"""Secrets out of a tree, before anything else sees it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from stackaudit.source.nodes import Map, Node, Seq
from stackaudit.source.problems import Problem
from stackaudit.source.secrets import (
    is_refused_key,
    masked,
    may_hold_refused_key,
    secret_kinds,
)
from stackaudit.source.text import Source


def mask_tree(tree: Node, source: Source, problems: list[Problem]) -> None:
    """Take the values of refused keys out of a tree and mask what looks like a secret, in place."""
    values = bool(secret_kinds(source.text))
    if not values and not may_hold_refused_key(source.text.lower()):
        return
    refused = lru_cache(maxsize=None)(is_refused_key)
    pending: list[Any] = [tree]
    while pending:
        node = pending.pop()
        if type(node) is Map:
            for key in [key for key in node if refused(key)]:
                hint = "delete the line, and change the secret: it has been written down"
                message = f"`{key}` is refused: secrets do not belong in an inventory"
                problems.append(source.problem("E016", node.at_of_key(key), message, hint))
                node[key] = None
            if values:
                _mask_map(node, problems)
            pending += [value for value in node.values() if isinstance(value, dict | list)]
        elif type(node) is Seq:
            if values:
                for n, value in enumerate(node):
                    node[n] = _masked(value, source, node.at_of(n), problems)
            pending += [value for value in node if isinstance(value, dict | list)]


def _mask_map(node: Map, problems: list[Problem]) -> None:
    items = [
        (
            _masked(key, node.source, node.at_of_key(key), problems),
            _masked(value, node.source, node.at_of(key), problems),
        )
        for key, value in node.items()
    ]
    node.clear()
    for n, (key, value) in enumerate(items):
        # Two keys may look alike once masked; a number keeps the positions in step.
        node[key if key not in node else f"{key}-{n}"] = value


def _masked(value: Any, source: Source, at: int, problems: list[Problem]) -> Any:
    """Return a text masked, with a warning, and anything else as it is."""
    if not isinstance(value, str):
        return value
    shown, what = masked(value)
    if what:
        message = f"this looks like {what}; it is masked in everything that is written"
        hint = "take it out of the file, and change it where it is used"
        problems.append(source.problem("W003", at, message, hint))
    return shown
