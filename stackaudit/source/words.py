"""Names and ids: one way to make an id from a name, used wherever ids are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
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


def nearest(word: str, choices: Iterable[str], most: int = 3) -> list[str]:
    """Return the choices that a mistyped word most likely meant, best first, or none.

    Near means at least two thirds of the letters agree (optimal string alignment, which counts a
    swap of two letters as one slip), or one is the beginning of the other. Ties go by alphabet.
    """
    # Only wrong input gets here: a right inventory never pays for the import.
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    asked = make_id(word)
    if not asked:
        return []
    known = {choice: make_id(choice) for choice in choices}
    found = extract(
        asked, known, scorer=OSA.normalized_similarity, score_cutoff=0.66, limit=10 * most
    )
    scored = [(-score, choice) for _, score, choice in found]
    for choice, made in known.items():
        shorter, longer = sorted((asked, made), key=len)
        part = longer.startswith(shorter + "-") or longer.endswith("-" + shorter)
        if part and len(shorter) >= 3:
            scored.append((-0.75, choice))
    best = min(scored, default=(0.0, ""))[0]
    # Once one is clearly meant, a list with lesser likenesses only confuses.
    near = [choice for score, choice in sorted(scored) if score <= best + 0.12]
    return list(dict.fromkeys(near))[:most]


def did_you_mean(word: str, choices: Iterable[str], otherwise: str = "") -> str:
    """Return ``did you mean …?`` with the nearest choices, or ``otherwise`` when none is near."""
    near = nearest(word, choices)
    if not near:
        return otherwise
    return "did you mean " + " or ".join(f"`{choice}`" for choice in near) + "?"


def listed(words: Iterable[str], last: str = "or") -> str:
    """Return words as a list in a sentence: ``a, b or c``."""
    words = list(words)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
