"""Text to tree: YAML read as mappings, lists and texts that know where they were written.

PyYAML's C parser gives events; a small builder turns them into :class:`Map`, :class:`Seq` and plain
``str``. Every scalar stays the text that was written (``NO`` is Norway, ``010`` is three digits); what
it means is decided by the field it stands in. A value that is empty, ``~`` or ``null`` without
quotes is ``None``: nothing was said.

Left out of YAML on purpose: tags, anchors, aliases, merge keys, several documents, keys that are
not text. They make files hard to read for people and dangerous to read for programs.
"""

from __future__ import annotations

import codecs
import gc
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

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

from stackaudit.source.problems import Mark, Problem
from stackaudit.source.secrets import is_refused_key, masked, masked_line, secret_kinds
from stackaudit.source.syntax import syntax_problem

Node: TypeAlias = "Map | Seq | str | None"


@dataclass(frozen=True, slots=True)
class Limits:
    """How large an input may be; past a limit reading stops with a problem that names it."""

    bytes: int = 200 * 1024 * 1024
    depth: int = 40
    nodes: int = 10_000_000
    """Texts count one, mappings and lists two (their start and their end)."""


class Source:
    """The text of one file: turns character positions into lines, columns and excerpts."""

    __slots__ = ("_starts", "name", "text")

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self._starts: list[int] | None = None

    def _line_starts(self) -> list[int]:
        if self._starts is None:
            starts, at = [0], 0
            for line in self.text.splitlines(keepends=True):
                at += len(line)
                starts.append(at)
            if len(starts) > 1 and not self.text.endswith(("\n", "\r")):
                starts.pop()
            self._starts = starts
        return self._starts

    def mark(self, index: int) -> Mark:
        """Return the place of a character."""
        starts = self._line_starts()
        line = bisect_right(starts, index)
        return Mark(self.name, line, index - starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """Return a line, counted from 1, with secrets masked."""
        starts = self._line_starts()

        def raw(n: int) -> str:
            end = starts[n] if n < len(starts) else len(self.text)
            return self.text[starts[n - 1] : end].rstrip("\r\n")

        if not 1 <= number <= len(starts):
            return ""
        return masked_line(raw(number), raw(number - 1) if number > 1 else "")

    def line_at(self, mark: Mark) -> str:
        """Return the line of a place, with secrets masked."""
        return self.line(mark.line)

    def problem(
        self, code: str, index: int, message: str, hint: str = "", also: tuple[Mark, ...] = ()
    ) -> Problem:
        """Return a problem at a character of this text, with its source line."""
        mark = self.mark(index)
        return Problem(code, message, mark, hint, self.line_at(mark), also)


class Joined(Source):
    """Several files read as one: positions run on from file to file."""

    __slots__ = ("_bases", "_parts")

    def __init__(self, parts: Sequence[Source]) -> None:
        super().__init__(parts[0].name if parts else "", "")
        self._parts = list(parts)
        self._bases = [0]
        for part in parts:
            self._bases.append(self._bases[-1] + len(part.text) + 1)

    def base_of(self, source: Source) -> int:
        """Return what to add to a position of one of the files."""
        return next(
            base for base, part in zip(self._bases, self._parts, strict=False) if part is source
        )

    def _part(self, index: int) -> tuple[Source, int]:
        n = min(bisect_right(self._bases, index), len(self._parts)) - 1
        return self._parts[n], index - self._bases[n]

    def mark(self, index: int) -> Mark:
        part, at = self._part(index)
        return part.mark(at)

    def line_at(self, mark: Mark) -> str:
        return next((p.line(mark.line) for p in self._parts if p.name == mark.file), "")


class Map(dict[str, Any]):
    """A mapping as written: a dict that knows where it, its keys and its values stand.

    Read-only once built: positions follow the order of insertion.
    """

    __slots__ = ("_at", "_positions", "source")

    source: Source
    _at: int
    _positions: list[int]

    @classmethod
    def made(cls, values: dict[str, Any], source: Source, at: int, positions: list[int]) -> Map:
        """Return a mapping that was not written as one; ``positions`` holds key, value, key, value …"""
        made = cls(values)
        made.source, made._at, made._positions = source, at, positions
        return made

    @property
    def at(self) -> int:
        """The position of the mapping's first character."""
        return self._at

    @property
    def mark(self) -> Mark:
        """Where the mapping starts."""
        return self.source.mark(self._at)

    def at_of(self, key: str) -> int:
        """Return the position of a key's value; of the mapping when it has no such key."""
        for n, known in enumerate(self):
            if known == key:
                return self._positions[2 * n + 1]
        return self._at

    def at_of_key(self, key: str) -> int:
        """Return the position of a key; of the mapping when it has no such key."""
        for n, known in enumerate(self):
            if known == key:
                return self._positions[2 * n]
        return self._at

    def mark_of(self, key: str) -> Mark:
        """Return where the value of a key stands."""
        return self.source.mark(self.at_of(key))

    def key_mark_of(self, key: str) -> Mark:
        """Return where a key stands."""
        return self.source.mark(self.at_of_key(key))

    def problem(
        self, code: str, key: str | None, message: str, hint: str = "", also: tuple[Mark, ...] = ()
    ) -> Problem:
        """Return a problem at the value of a key, or at the mapping itself (``None``)."""
        at = self._at if key is None else self.at_of(key)
        return self.source.problem(code, at, message, hint, also)


class Seq(list[Any]):
    """A list as written, knowing where it and its items stand. Read-only once built."""

    __slots__ = ("_at", "_positions", "source")

    source: Source
    _at: int
    _positions: list[int]

    @property
    def at(self) -> int:
        """The position of the list's first character."""
        return self._at

    @classmethod
    def made(cls, items: Iterable[Any], source: Source, at: int, positions: list[int]) -> Seq:
        """Return a list that was not written as one, with a position for every item."""
        made = cls(items)
        made.source, made._at, made._positions = source, at, positions
        return made

    @property
    def mark(self) -> Mark:
        """Where the list starts."""
        return self.source.mark(self._at)

    def at_of(self, index: int) -> int:
        """Return the position of an item; of the list when there is no such item."""
        return self._positions[index] if 0 <= index < len(self._positions) else self._at

    def mark_of(self, index: int) -> Mark:
        """Return where an item stands."""
        return self.source.mark(self.at_of(index))

    def problem(
        self,
        code: str,
        index: int | None,
        message: str,
        hint: str = "",
        also: tuple[Mark, ...] = (),
    ) -> Problem:
        """Return a problem at an item, or at the list itself (``None``)."""
        at = self._at if index is None else self.at_of(index)
        return self.source.problem(code, at, message, hint, also)


def read_tree(
    data: bytes | str,
    name: str,
    limits: Limits = Limits(),  # noqa: B008 - immutable
) -> tuple[Node, list[Problem]]:
    """Return the tree of a YAML text and every problem found on the way.

    ``name`` stands in front of every place. The tree is None when the text is not YAML at all, is
    empty or is past a limit; otherwise it holds all that could be read. Raises nothing.
    """
    text, problems = _decode(data, name, limits)
    if text is None:
        return None, problems
    source = Source(name, text)
    if (bad := _forbidden(text)) is not None:
        what = f"U+{ord(text[bad]):04X}"
        hint = "delete it; it came in by copying, or the file is not a text file"
        return None, [source.problem("E004", bad, f"the character {what} may not stand here", hint)]
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _Builder(source, limits).build()
    finally:
        if collecting:
            gc.enable()


def _decode(data: bytes | str, name: str, limits: Limits) -> tuple[str | None, list[Problem]]:
    start = Mark(name, 1, 1)
    if len(data) > limits.bytes:
        message = f"the file is larger than {limits.bytes:,} bytes"
        return None, [Problem("E002", message, start, "split it into several files in one folder")]
    if isinstance(data, str):
        return data.removeprefix("\ufeff"), []
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    else:
        encoding = "utf-8-sig"
    try:
        return data.decode(encoding), []
    except UnicodeDecodeError as error:
        good = data[: error.start].decode(encoding, "replace").removeprefix("\ufeff")
        source = Source(name, good + "\ufffd")
        hint = (
            "save the file as UTF-8 (in Excel: CSV UTF-8; in an editor: Save with encoding UTF-8)"
        )
        if b"\x00" in data[:200]:
            hint = (
                "this looks like UTF-16 without its mark, or not like a text file; save it as UTF-8"
            )
        what = "UTF-16" if encoding == "utf-16" else "UTF-8"
        return None, [source.problem("E003", len(good), f"the file is not {what} text here", hint)]


_ASCII_CONTROLS: Final = bytes(n for n in range(32) if n not in (9, 10, 13)) + b"\x7f"
_WIDE_CONTROLS: Final = re.compile("[\x80-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def _forbidden(text: str) -> int | None:
    """Return the position of the first character that no inventory may hold."""
    # Searching bytes for any of 30 control characters by deleting them is 20 times as fast as a regex.
    raw = text.encode("utf-8", "surrogatepass")
    found = []
    if len(raw.translate(None, _ASCII_CONTROLS)) != len(raw):
        found.append(
            next(n for n, c in enumerate(text) if c < " " and c not in "\t\r\n" or c == "\x7f")
        )
    if len(raw) != len(text) and (match := _WIDE_CONTROLS.search(text)):
        found.append(match.start())
    return min(found, default=None)


_NULLS: Final = frozenset(("", "~", "null", "Null", "NULL"))
_SWALLOWED: Final = re.compile(r"\n[ \t]*(?:- )?[\"']?[A-Za-z_][\w-]*[\"']?:(?:\s|$)")
_CUT: Final = re.compile(r" #(?=[^\s#])")


class _Builder:
    """Builds one tree from the parser's events; holds the state that problems need."""

    def __init__(self, source: Source, limits: Limits) -> None:
        self.source = source
        self.limits = limits
        self.problems: list[Problem] = []

    def build(self) -> tuple[Node, list[Problem]]:
        source = self.source
        loader = yaml.CSafeLoader(source.text.encode())
        try:
            tree = self._events(loader)
        except yaml.MarkedYAMLError as error:
            self.problems.append(syntax_problem(error, source))
            tree = None
        except yaml.YAMLError as error:  # ReaderError: what _forbidden let through
            at = min(int(getattr(error, "position", 0) or 0), len(source.text))
            self.problems.append(source.problem("E006", at, "this cannot be read as YAML"))
            tree = None
        finally:
            loader.dispose()
        if tree is not None:
            self._mask(tree)
        return tree, self.problems

    def _events(self, loader: Any) -> Any:
        source, get_event = self.source, loader.get_event
        text = source.text
        # Looked for once in the whole text, so that the loop below asks nothing it need not ask.
        marked = "!" in text or "&" in text
        cuts = {match.start() for match in _CUT.finditer(text)}
        get_event()  # stream start
        event = get_event()
        if type(event) is StreamEndEvent:
            hint = "write at least `stackaudit: 1` and `company: {name: ...}`, or run `stackaudit init`"
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
                        self._warn_cut(at, event)
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
                    key, key_at, depth_left = "", -1, depth_left + 1
                    continue
                stack.append((container, positions, in_map, key, key_at))
                in_map = kind is MappingStartEvent
                container = Map() if in_map else Seq()
                container.source = source
                container._at = at
                container._positions = positions = []
                key = None
                continue
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                value = container
                at = value._at
                depth_left += 1
                container, positions, in_map, key, key_at = stack.pop()
            elif kind is AliasEvent:
                at = event.start_mark.index
                hint = "write the value out; text that starts with `*` stands in quotes"
                self.problems.append(
                    source.problem("E010", at, "references (`*name`) are not used here", hint)
                )
                if in_map and key is None:
                    key, key_at = "", -1
                    continue
                value = None
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
        rest = text[key_at + len(key) :][:200] if "\n" not in key else ""
        if not text.startswith(key, key_at) or not rest.lstrip().startswith((",", "}")):
            return False
        message = f"the comma ended the value: {masked(key)[0]!r} is read as a key of its own"
        hint = "inside { } put a text that holds a comma in quotes; write numbers without commas"
        self.problems.append(self.source.problem("E015", key_at, message, hint))
        return True

    def _warn_cut(self, at: int, event: Any) -> None:
        end = event.end_mark.index
        comment = self.source.text[end + 1 :][:40].splitlines()[0]
        message = (
            f"the value ends in front of `{masked(comment)[0]}`, which YAML reads as a comment"
        )
        hint = "put the value in quotes if the # belongs to it; write `# ` with a space if it is a comment"
        self.problems.append(self.source.problem("W002", end + 1, message, hint))

    def _check_escapes(self, at: int, value: str) -> None:
        """Refuse what `"\\x1b"` smuggles past the check of the text itself."""
        bad = _forbidden(value)
        if bad is not None:
            message = f"the character U+{ord(value[bad]):04X} may not stand here"
            self.problems.append(self.source.problem("E004", at, message, "delete the escape"))

    def _check_swallowed(self, at: int, event: Any) -> None:
        raw = self.source.text[at : event.end_mark.index]
        if raw[:1] in ("'", '"') and (match := _SWALLOWED.search(raw)):
            line = self.source.mark(at + match.start() + 1).line
            message = f"this quoted text runs on into line {line}, which looks like the next key"
            self.problems.append(
                self.source.problem("W001", at, message, "close the quote where the text ends")
            )

    def _mask(self, tree: Node) -> None:
        """Take refused keys out of the tree and mask what looks like a secret, in place."""
        text = self.source.text
        kinds = secret_kinds(text)
        lowered = text.lower()
        if not kinds and not any(
            w in lowered for w in ("key", "passw", "secret", "token", "credential")
        ):
            return
        pending: list[Any] = [tree]
        while pending:
            node = pending.pop()
            if type(node) is Map:
                for key in list(node):
                    if is_refused_key(key):
                        hint = "delete the line, and change the secret where it is used: it has been written down"
                        message = f"`{key}` is refused: secrets do not belong in an inventory"
                        self.problems.append(
                            self.source.problem("E016", node.at_of_key(key), message, hint)
                        )
                        node[key] = None
                        continue
                    value = node[key]
                    if type(value) is str:
                        if kinds:
                            node[key] = self._masked(value, node.at_of(key))
                    elif value is not None:
                        pending.append(value)
                if kinds and any(masked(key)[1] for key in node):
                    self._mask_keys(node)
            elif type(node) is Seq:
                for n, value in enumerate(node):
                    if type(value) is str:
                        if kinds:
                            node[n] = self._masked(value, node.at_of(n))
                    elif value is not None:
                        pending.append(value)

    def _masked(self, value: str, at: int) -> str:
        shown, what = masked(value)
        if what:
            message = f"this looks like {what}; it is masked in everything that is written"
            hint = "take it out of the file, and change it where it is used"
            self.problems.append(self.source.problem("W003", at, message, hint))
        return shown

    def _mask_keys(self, node: Map) -> None:
        items = [(self._masked(key, node.at_of_key(key)), value) for key, value in node.items()]
        node.clear()
        for n, (key, value) in enumerate(items):
            # Two keys may look alike once masked; a number keeps positions in step.
            node[key if key not in node else f"{key}-{n}"] = value
