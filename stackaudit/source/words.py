"""Names and ids: one way to make an id from a name, used wherever ids are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NOT_WORD = re.compile(r"[\W_]+", re.UNICODE)
_PLAIN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


@lru_cache(maxsize=65536)
def make_id(name: str) -> str:
    """Return the kebab-case id of a name: ``"Google Analytics 4"`` gives ``"google-analytics-4"``.

    Case, accents' composition, spaces, underscores and punctuation are folded; letters of every
    script are kept. A name without letters or digits gives the empty text.
    """
    if _PLAIN.match(name):
        return name
    folded = unicodedata.normalize("NFKC", name).casefold()
    return _NOT_WORD.sub("-", folded).strip("-")
