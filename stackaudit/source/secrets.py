"""Secrets do not belong in an inventory: their keys are refused, their values masked when read.

Masking happens before anything else sees a value, and again for every source line that is shown,
so that no message, report or result can carry one.
"""

from __future__ import annotations

import re
from typing import Final

MASK: Final = "•••"

_KEY_WORDS = (
    r"api[_\- ]?keys?|apikeys?|access[_\- ]?keys?|secret[_\- "
    r"]?keys?|private[_\- ]?keys?|client[_\- ]?secrets?"
    r"|(?:[a-z]+[_\-])?(?:passwords?|passwd|secrets?|tokens?|credentials?)"
)
_REFUSED_KEY = re.compile(rf"(?:x-)?(?:{_KEY_WORDS})\Z", re.IGNORECASE)
_REFUSED_LINE = re.compile(
    rf"(?P<key>(?:^|[\s{{,\"'-])(?:x-)?(?:{_KEY_WORDS})[\"']?\s*:\s*)\S.*", re.IGNORECASE
)
_OPEN_LINE = re.compile(
    rf"(?:^|[\s{{,\"'-])(?:x-)?(?:{_KEY_WORDS})[\"']?\s*:\s*[|>]?[+-]?\s*$", re.IGNORECASE
)

# Each pattern starts with literal text, so that looking through megabytes stays cheap.
_VALUES: Final = (
    ("an AWS access key", ("AKIA", "ASIA"), re.compile(r"(?:AKIA|ASIA)[0-9A-Z]{16}")),
    ("a Google API key", ("AIza",), re.compile(r"AIza[0-9A-Za-z_\-]{35}")),
    ("a Google OAuth secret", ("GOCSPX-",), re.compile(r"GOCSPX-[0-9A-Za-z_\-]{20,}")),
    ("a GitHub token", ("gh",), re.compile(r"gh[pousr]_[0-9A-Za-z]{30,}")),
    ("a GitHub token", ("github_pat_",), re.compile(r"github_pat_[0-9A-Za-z_]{22,}")),
    ("a GitLab token", ("glpat-",), re.compile(r"glpat-[0-9A-Za-z_\-]{20,}")),
    ("a Slack token", ("xox",), re.compile(r"xox[abeoprs]-[0-9A-Za-z\-]{10,}")),
    (
        "a Slack webhook",
        ("hooks.slack.com/services/",),
        re.compile(r"hooks\.slack\.com/services/[\w/]+"),
    ),
    ("a Stripe key", ("_live_", "_test_"), re.compile(r"[sr]k_(?:live|test)_[0-9A-Za-z]{10,}")),
    ("a SendGrid key", ("SG.",), re.compile(r"SG\.[0-9A-Za-z_\-]{16,}\.[0-9A-Za-z_\-]{16,}")),
    ("a Mailchimp key", ("-us",), re.compile(r"\b[0-9a-f]{32}-us\d{1,2}\b")),
    ("a HubSpot token", ("pat-",), re.compile(r"pat-(?:na|eu)\d-[0-9a-f\-]{36}")),
    (
        "an OpenAI or Anthropic key",
        ("sk-",),
        # Not the end of a word ("zendesk-to-..."), nor an id of short words: a key has a long run.
        re.compile(
            r"sk-(?<![0-9A-Za-z]sk-)(?=[0-9A-Za-z_\-]*[0-9A-Za-z]{16})(?:[a-z]+-)?[0-9A-Za-z_\-]{20,}"
        ),
    ),
    (
        "a signed token (JWT)",
        ("eyJ",),
        re.compile(r"eyJ[0-9A-Za-z_\-]{8,}\.[0-9A-Za-z_\-]{8,}\.[0-9A-Za-z_\-]*"),
    ),
    (
        "a private key",
        ("-----BEGIN",),
        re.compile(r"-----BEGIN[A-Z ]*PRIVATE KEY-----[^-]*(?:-----END[A-Z ]*-----)?"),
    ),
    ("a password in a URL", ("://",), re.compile(r"(?<=://)[^\s/@?#\"']+(?=@)")),
    (
        "a secret in a URL",
        ("=",),
        re.compile(
            r"(?<=[?&;])(?:[a-z_\-]*token|api_?key|apikey|key|secret|password|passwd|sig|signature)=[^\s&#\"'}\])>,]{4,}",
            re.IGNORECASE,
        ),
    ),
)


_DATA_CENTRE: Final = re.compile(r"-us\d")
"""What a Mailchimp key ends with; ids of a US unit ("shopify-us-4") have no digit there."""

# Whether a file may hold a refused key anywhere, asked once and in lower case. One pattern a word,
# so that each starts with literal text; "monkey:" and "turkey:" are passed over.
_MAY_REFUSE: Final = tuple(
    re.compile(word + r"s?[\"']?\s*:")
    for word in (r"key(?<=[_\- iste]key)", r"passwo?r?d", "secret", "token", "credential")
)


def may_hold_refused_key(lowered: str) -> bool:
    """Return whether a text in lower case may hold a key that names a secret."""
    return any(word.search(lowered) for word in _MAY_REFUSE)


def is_refused_key(key: str) -> bool:
    """Return whether a key names a secret (``api_key``, ``token``, ``password`` …)."""
    return _REFUSED_KEY.match(key.strip()) is not None


def secret_kinds(text: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return kind and pattern of what looks like a secret somewhere in the text."""
    found = []
    for kind, literals, pattern in _VALUES:
        if literals == ("=",) and "?" not in text and "&" not in text:
            continue
        if literals == ("-us",) and not _DATA_CENTRE.search(text):
            continue
        if any(literal in text for literal in literals) and pattern.search(text):
            found.append((kind, pattern))
    return tuple(found)


def masked(text: str) -> tuple[str, str]:
    """Return the text with everything that looks like a secret masked, and what it was (or "")."""
    what = ""
    for kind, pattern in secret_kinds(text):
        text = pattern.sub(MASK, text)
        what = what or kind
    return text, what


def masked_line(line: str, before: str = "") -> str:
    """Return a source line fit to be shown; ``before`` is the line above it."""
    if before and _OPEN_LINE.search(before):
        return line[: len(line) - len(line.lstrip())] + MASK
    return masked(_REFUSED_LINE.sub(lambda m: m["key"] + MASK, line))[0]
