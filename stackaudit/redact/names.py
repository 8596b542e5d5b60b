"""What stands in for a name, wherever the name is: in ids, in keys, inside sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

_WORD: Final = re.compile(r"[^\W\d_]+")
_NOT_IN_WORD: Final = (r"(?<![^\W_])", r"(?![^\W_])")


class Standin(NamedTuple):
    """What stands in for a name: as an id, and as it is shown; ``loose`` in any capitals."""

    id: str
    shown: str
    names: frozenset[str]
    loose: bool


class Names:
    """Names and what stands in for each; the first one that is given a name keeps it.

    Parameters
    ----------
    kept
        Words that are no names although one may be called so: ids and names of the catalogue.
    prose
        Text that is known to name nobody. A name that is an ordinary word there ("Front") is
        replaced in sentences only where its capitals are the same.
    """

    def __init__(self, kept: Iterable[str], prose: Iterable[str]) -> None:
        self.kept = {word.lower() for word in kept if word}
        self.ordinary = {
            word for text in (*prose, *self.kept) for word in _WORD.findall(text) if word.islower()
        }
        self._known: dict[str, Standin] = {}
        self._pattern: re.Pattern[str] | None = None

    def add(self, name: str | None, identity: str, shown: str) -> None:
        """Let `identity` and `shown` stand in for `name`; nothing happens for one that is known."""
        if not name or not name.strip():
            return
        self._pattern = None
        key = name.lower()
        known = self._known.get(key)
        if known is not None:
            self._known[key] = known._replace(names=known.names | {name})
        elif key not in self.kept:
            loose = key not in self.ordinary and len(name) > 2
            self._known[key] = Standin(identity, shown, frozenset({name}), loose)

    def is_ordinary(self, word: str) -> bool:
        """Tell whether a word is one of the language rather than a name."""
        return word.lower() in self.ordinary or word.lower() in self.kept

    def hidden(self, text: str) -> str:
        """Return the text with every name replaced."""
        if self._pattern is None:
            # Longest first: `website-analytics` is found, and kept, before `website` is.
            words = sorted({*self._known, *self.kept}, key=lambda w: (-len(w), w))
            before, after = _NOT_IN_WORD
            either = "|".join(map(re.escape, words)) or "(?!)"
            self._pattern = re.compile(f"{before}(?:{either}){after}", re.IGNORECASE)
        sentence = any(c.isspace() for c in text)
        return self._pattern.sub(lambda m: self._standin(m.group(), sentence), text)

    def _standin(self, found: str, sentence: bool) -> str:
        standin = self._known.get(found.lower())
        if standin is None:
            return found
        if sentence and not standin.loose and (found not in standin.names or found.islower()):
            return found
        return standin.id if found.islower() else standin.shown
