"""Builds a tree from the events of PyYAML's C parser."""

from __future__ import annotations

import re
from typing import Any, Final

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from stackaudit.source.mask import mask_tree
from stackaudit.source.nodes import Map, Node, Seq
from stackaudit.source.problems import Mark, Problem
from stackaudit.source.secrets import masked
from stackaudit.source.syntax import syntax_problem
from stackaudit.source.text import Limits, Source, forbidden

ENOUGH: Final = 1_000
"""Problems after which further duplicate keys are not looked up."""

_NULLS: Final = frozenset(("", "~", "null", "Null", "NULL"))
_SWALLOWED: Final = re.compile(r"\n[ \t]*(?:- )?[\"']?[A-Za-z_][\w-]*[\"']?:(?:\s|$)")
_CUT: Final = re.compile(r" #(?=[^\s#])")


class Builder:
    """Builds one tree from the parser's events; holds the state that problems need."""

    def __init__(self, source: Source, limits: Limits) -> None:
        self.source = source
        self.limits = limits
        self.problems: list[Problem] = []
        self.aliases: set[int] = set()

    def build(self) -> tuple[Node, list[Problem]]:
        """Return the tree, or None where there is none, and every problem."""
        source = self.source
        loader = yaml.CSafeLoader(source.text.encode())
        try:
            tree = self._events(loader)
        except yaml.MarkedYAMLError as error:
            self.problems.append(syntax_problem(error, source))
            tree = None
        except yaml.YAMLError as error:  # ReaderError: what forbidden let through
            at = min(int(getattr(error, "position", 0) or 0), len(source.text))
            self.problems.append(source.problem("E006", at, "this cannot be read as YAML"))
            tree = None
        finally:
            loader.dispose()
        if tree is not None:
            mask_tree(tree, source, self.problems)
        return tree, self.problems

    # One loop, no helper calls on the way: a call per event would double the time of reading.
    def _events(self, loader: Any) -> Any:  # noqa: PLR0912, PLR0915 - see above
        source, get_event = self.source, loader.get_event
        text = source.text
        # Looked for once in the whole text, so that the loop below asks nothing it need not ask.
        marked = "!" in text or "&" in text
        cuts = {match.start() for match in _CUT.finditer(text)}
        get_event()  # stream start
        event = get_event()
        if type(event) is StreamEndEvent:
            hint = (
                "write at least `stackaudit: 1` and `company: "
                "{name: ...}`, or run `stackaudit init`"
            )
            self.problems.append(
                Problem("E005", "the file is empty", Mark(source.name, 1, 1), hint)
            )
            return None
        if event.tags or event.version:
            hint = "delete the line; inventories use plain YAML"
            self.problems.append(
                self._at(event, "E009", "`%` directives are not used in inventories", hint)
            )
        stack: list[tuple[Any, list[int], bool, str | None, int]] = []
        depth_left = self.limits.depth
        root: Any = None
        container: Any = None
        positions: list[int] = []
        in_map = False
        key: str | None = None
        key_at = 0
        for _ in range(self.limits.nodes):
            event = get_event()
            kind = type(event)
            if kind is ScalarEvent:
                value: Any = event.value
                at = event.start_mark.index
                if not event.style:
                    if value in _NULLS:
                        if key is not None and self._cut_by_comma(key, key_at, at, event):
                            key = None
                            continue
                        if not in_map or key is not None:
                            value = None
                    elif cuts and event.end_mark.index in cuts:
                        self._warn_cut(event)
                else:
                    if event.end_mark.line != event.start_mark.line:
                        self._check_swallowed(at, event)
                    if not value.isprintable():
                        self._check_escapes(at, value)
                if marked and (event.anchor or event.tag):
                    self._refuse_marks(event)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                at = event.start_mark.index
                depth_left -= 1
                if depth_left < 0:
                    message = f"this is nested deeper than {self.limits.depth} levels"
                    self.problems.append(
                        source.problem("E012", at, message, "no inventory needs that")
                    )
                    return None
                if marked and (event.anchor or event.tag):
                    self._refuse_marks(event)
                if in_map and key is None:
                    self._skip(get_event, at)
                    source.broken.add(container.at)
                    key, key_at, depth_left = "", -1, depth_left + 1
                    continue
                stack.append((container, positions, in_map, key, key_at))
                in_map = kind is MappingStartEvent
                container = Map() if in_map else Seq()
                container.source = source
                container._at = at  # noqa: SLF001 - the builder fills what the class only shows
                container._positions = positions = []  # noqa: SLF001 - the same
                key = None
                continue
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                value = container
                at = value._at  # noqa: SLF001 - the same
                depth_left += 1
                container, positions, in_map, key, key_at = stack.pop()
            elif kind is AliasEvent:
                self._refuse_alias(event)
                if in_map:
                    source.broken.add(container.at)
                    key, key_at = ("", -1) if key is None else (None, 0)
                continue
            elif kind is DocumentStartEvent:
                at = event.start_mark.index
                hint = "one file holds one inventory; put the second into a file of its own"
                self.problems.append(
                    source.problem("E011", at, "a second document starts here", hint)
                )
                return root
            elif kind is StreamEndEvent:
                return root
            else:  # the document's end
                continue
            if in_map:
                if key is None:
                    key, key_at = value, at
                    if key == "<<":
                        hint = "write the values out"
                        self.problems.append(
                            source.problem("E010", at, "merge keys (`<<`) are not used here", hint)
                        )
                        key_at = -1
                    continue
                if key_at >= 0:
                    if key in container:
                        self._duplicate(container, key, key_at)
                    else:
                        container[key] = value
                        positions.append(key_at)
                        positions.append(at)
                key = None
            elif container is not None:
                container.append(value)
                positions.append(at)
            else:
                root = value
        message = f"the file holds more than {self.limits.nodes:,} values"
        hint = "split it into several files in one folder"
        self.problems.append(Problem("E013", message, Mark(source.name, 1, 1), hint))
        return None

    def _at(self, event: Any, code: str, message: str, hint: str) -> Problem:
        return self.source.problem(code, event.start_mark.index, message, hint)

    def _skip(self, get_event: Any, at: int) -> None:
        """Pass over a key that is a list or a mapping."""
        hint = "a key is plain text; put text that holds brackets or braces in quotes"
        self.problems.append(
            self.source.problem("E014", at, "a list or mapping cannot be a key", hint)
        )
        depth = 1
        while depth:
            kind = type(get_event())
            if kind is MappingStartEvent or kind is SequenceStartEvent:
                depth += 1
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                depth -= 1

    def _refuse_alias(self, event: Any) -> None:
        at = event.start_mark.index
        line = event.start_mark.line
        if line not in self.aliases:  # one word a line is enough, even for a bomb of them
            self.aliases.add(line)
            hint = "write the value out; text that starts with `*` stands in quotes"
            message = f"references (`*{event.anchor}`) are not used here"
            self.problems.append(self.source.problem("E010", at, message, hint))

    def _refuse_marks(self, event: Any) -> None:
        at = event.start_mark.index
        if event.anchor:
            hint = "delete it and write values out; text that starts with `&` stands in quotes"
            self.problems.append(
                self.source.problem(
                    "E010", at, f"anchors (`&{event.anchor}`) are not used here", hint
                )
            )
        if event.tag:
            hint = "delete it; text that starts with `!` stands in quotes"
            self.problems.append(
                self.source.problem("E009", at, "tags (`!...`) are not used here", hint)
            )

    def _duplicate(self, container: Map, key: str, key_at: int) -> None:
        if len(self.problems) >= ENOUGH:
            return  # the file is to be mended anyway; looking up every first place takes long
        first = container.key_mark_of(key)
        message = f"`{masked(key)[0]}` stands here a second time; the first is in line {first.line}"
        self.problems.append(
            self.source.problem("E008", key_at, message, "keep one of the two", also=(first,))
        )

    def _cut_by_comma(self, key: str, key_at: int, at: int, event: Any) -> bool:
        """Return whether the key is the rest of a sentence that a comma inside ``{ }`` cut."""
        text = self.source.text
        if key_at < 0 or at != event.end_mark.index or text[key_at : key_at + 1] in ("'", '"', ""):
            return False
        rest = text[key_at + len(key) : key_at + len(key) + 200] if "\n" not in key else ""
        if not text.startswith(key, key_at) or not rest.lstrip().startswith((",", "}")):
            return False
        message = f"the comma ended the value: {masked(key)[0]!r} is read as a key of its own"
        hint = "inside { } put a text that holds a comma in quotes; write numbers without commas"
        self.problems.append(self.source.problem("E015", key_at, message, hint))
        return True

    def _warn_cut(self, event: Any) -> None:
        end = event.end_mark.index
        comment = self.source.text[end + 1 : end + 41].splitlines()[0]
        message = (
            f"the value ends in front of `{masked(comment)[0]}`, which YAML reads as a comment"
        )
        hint = (
            "put the value in quotes if the # belongs to "
            "it; write `# ` with a space if it is a comment"
        )
        self.problems.append(self.source.problem("W002", end + 1, message, hint))

    def _check_escapes(self, at: int, value: str) -> None:
        r"""Refuse what `"\x1b"` smuggles past the check of the text itself."""
        bad = forbidden(value)
        if bad is not None:
            message = f"the character U+{ord(value[bad]):04X} may not stand here"
            self.problems.append(
                self.source.problem(
                    "E004",
                    at,
                    message,
                    "in double quotes a backslash starts an escape; use single quotes",
                )
            )

    def _check_swallowed(self, at: int, event: Any) -> None:
        raw = self.source.text[at : event.end_mark.index]
        if raw[:1] in ("'", '"') and (match := _SWALLOWED.search(raw)):
            line = self.source.mark(at + match.start() + 1).line
            message = f"this quoted text runs on into line {line}, which looks like the next key"
            self.problems.append(
                self.source.problem("W001", at, message, "close the quote where the text ends")
            )
