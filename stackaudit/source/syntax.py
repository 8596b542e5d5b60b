"""What the YAML parser's complaints mean, in words for the person who wrote the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from stackaudit.source.problems import Mark, Problem

if TYPE_CHECKING:
    from stackaudit.source.text import Source

_QUOTE: Final = "put the whole text in quotes"

# (part of the parser's words, message, hint); the first that matches is used.
_MEANINGS: Final = (
    (
        "mapping values are not allowed",
        "a `:` stands where no key can be",
        _QUOTE + " if the `:` belongs to it, or check the indentation of this line",
    ),
    (
        "could not find expected ':'",
        "this line is neither `key: value` nor a list item",
        "add the `:` and a space after the key, or check the indentation of the lines around it",
    ),
    (
        "block sequence entries are not allowed",
        "a list item (`- `) cannot start here",
        "start the list on the line below its key",
    ),
    (
        "did not find expected '-' indicator",
        "this line does not belong to the list above it",
        "give it the same indentation as the other items and start it with `- `",
    ),
    (
        "did not find expected key",
        "this line does not fit in here",
        (
            "check its indentation (all keys of one mapping "
            "start in the same column) and the quotes above it"
        ),
    ),
    (
        "did not find expected ',' or ']'",
        "a list opened with `[` is not closed, or a comma is missing",
        "close it with `]`",
    ),
    (
        "did not find expected ',' or '}'",
        "a mapping opened with `{` is not closed, or a comma is missing",
        "close it with `}`",
    ),
    (
        "unexpected end of stream",
        "a quote is opened and never closed",
        "close the quote where the text ends",
    ),
    (
        "unexpected document indicator",
        "a quote is opened and never closed",
        "close the quote where the text ends",
    ),
    (
        "unknown escape character",
        "a backslash in double quotes starts an escape that does not exist",
        "use single quotes, or write the backslash twice",
    ),
    (
        "hexdecimal number",
        "a backslash in double quotes starts an escape that does not exist",
        "use single quotes, or write the backslash twice",
    ),
    (
        "invalid Unicode character",
        "a backslash in double quotes starts an escape that does not exist",
        "use single quotes, or write the backslash twice",
    ),
    ("tag", "tags (`!...`) are not used here", "put text that starts with `!` in quotes"),
    (
        "did not find expected <document start>",
        "this does not fit the lines above it",
        "a file is either one mapping (`key: value` lines) or one list; check the indentation",
    ),
    (
        "did not find expected alphabetic or numeric character",
        "a value cannot start with `*` or `&`",
        _QUOTE,
    ),
    (
        "did not find expected node content",
        "a value is missing here",
        "write the value, or delete the comma or bracket",
    ),
    (
        "did not find expected comment or line break",
        "after `|` or `>` the text starts on the next line",
        _QUOTE + " if the sign belongs to it",
    ),
    (
        "indentation indicator",
        "after `|` or `>` the text starts on the next line",
        _QUOTE + " if the sign belongs to it",
    ),
    ("while scanning a directive", "a line cannot start with `%`", _QUOTE),
    ("block mapping entries", "a key cannot start here", "check the indentation"),
)


def syntax_problem(error: Any, source: Source) -> Problem:
    """Return the problem that a PyYAML ``MarkedYAMLError`` means."""
    words = f"{error.problem or ''} {error.context or ''}"
    place = error.problem_mark or error.context_mark
    at = min(place.index if place else 0, len(source.text))
    opened = error.context_mark.index if error.context_mark else at
    code, message, hint = (
        "E006",
        "this cannot be read as YAML",
        "check indentation, quotes and colons around here",
    )
    character = source.text[at : at + 1]
    if "tab character" in words or (character == "\t" and "cannot start any token" in words):
        code, message, hint = (
            "E007",
            "a tab stands in the indentation",
            "use spaces; most editors can convert tabs",
        )
    elif "cannot start any token" in words:
        message = f"a value cannot start with `{character}`"
        hint = _QUOTE
    else:
        for part, said, then in _MEANINGS:
            if part in words:
                message, hint = said, then
                break
    also: tuple[Mark, ...] = ()
    if "quoted scalar" in words or "flow" in words:
        # The place to mend is where the quote or bracket was opened.
        if "quoted scalar" in words and message.startswith("a quote"):
            at, opened = min(opened, len(source.text)), at
        elif opened < at:
            opened = min(opened, len(source.text))
            if "\n" in source.text[opened:at]:
                at = opened  # left open on an earlier line: nothing is wrong where it was noticed
            else:
                also = (source.mark(opened),)
    return source.problem(code, at, message, hint, also)
