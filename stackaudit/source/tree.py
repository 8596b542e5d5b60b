"""Text to tree: YAML read as mappings, lists and texts that know where they were written.

PyYAML's C parser gives events; a small builder turns them into :class:`Map`, :class:`Seq` and plain
``str``. Every scalar stays the text that was written (``NO`` is Norway, ``010`` three digits); what
it means is decided by the field it stands in. A value that is empty, ``~`` or ``null`` without
quotes is ``None``: nothing was said.

Left out of YAML on purpose: tags, anchors, aliases, merge keys, several documents, keys that are
not text. They make files hard to read for people and dangerous to read for programs.
"""

from __future__ import annotations

import gc

from stackaudit.source.build import Builder
from stackaudit.source.nodes import Map, Node, Seq
from stackaudit.source.problems import Problem
from stackaudit.source.text import DEFAULT_LIMITS, Joined, Limits, Source, decode, forbidden

__all__ = ["DEFAULT_LIMITS", "Joined", "Limits", "Map", "Node", "Seq", "Source", "read_tree"]


def read_tree(
    data: bytes | str,
    name: str,
    limits: Limits = DEFAULT_LIMITS,
) -> tuple[Node, list[Problem]]:
    """Return the tree of a YAML text and every problem found on the way.

    ``name`` stands in front of every place. The tree is None when the text is not YAML at all, is
    empty or is past a limit; otherwise it holds all that could be read. Raises nothing.
    """
    text, problems = decode(data, name, limits)
    if text is None:
        return None, problems
    source = Source(name, text)
    if (bad := forbidden(text)) is not None:
        what = f"U+{ord(text[bad]):04X}"
        hint = "delete it; it came in by copying, or the file is not a text file"
        return None, [source.problem("E004", bad, f"the character {what} may not stand here", hint)]
    collecting = gc.isenabled()
    gc.disable()
    try:
        return Builder(source, limits).build()
    finally:
        if collecting:
            gc.enable()
