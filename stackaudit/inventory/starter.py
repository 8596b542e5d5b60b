"""A first inventory: commented, short, and valid as it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Final

from stackaudit.source.words import make_id

_PLAIN: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 .&/+'()<>-]*[A-Za-z0-9)+.])?\Z")
_ARROW: Final = re.compile(r"<->|->|\s--\s")
_WORDS_OF_YAML: Final = frozenset(("null", "true", "false", "yes", "no", "on", "off", "none"))

_EXAMPLE_TOOLS: Final = ("Shopify", "Klaviyo", "Google Analytics 4", "OneTrust")
_EXAMPLE_INTEGRATIONS: Final = (
    "Shopify -> Klaviyo: contact, order",
    "Shopify -> Google Analytics 4",
)


def starter(
    name: str = "My company",
    profile: str | None = "b2c-ecommerce",
    currency: str | None = None,
    tools: Sequence[str] | None = None,
    integrations: Sequence[str] | None = None,
) -> str:
    """Return the text of a starter inventory made from a few answers.

    Parameters
    ----------
    name
        The company's name.
    profile
        A profile of the catalogue; None leaves it as a comment.
    currency
        Three letters of ISO 4217; anything else is left as a comment.
    tools, integrations
        Names of tools and lines such as ``A -> B``. None takes an example that is easy to replace;
        an integration without an arrow is left out.

    Whatever the answers hold, the text is a valid inventory: they are quoted where they must be.
    """
    name, lines, named = (
        _clean(name),
        [_clean(i) for i in integrations or ()],
        [_clean(t) for t in tools or ()],
    )
    example = not any(map(make_id, named)) and not any(map(_line, lines))
    if example:
        lines, named = list(_EXAMPLE_INTEGRATIONS), list(_EXAMPLE_TOOLS)
    ends = [
        end.strip() for text in lines if _line(text) for end in _ARROW.split(text.partition(":")[0])
    ]
    named = [tool for tool in named if make_id(tool)]
    ends = [end for end in ends if make_id(end) != "unknown"]
    # Every end of an integration is a tool; one that was not named is listed all the same.
    first: dict[str, str] = {}
    for one in [*named, *ends]:
        first.setdefault(make_id(one), one)
    names = list(first.values())
    known = currency is not None and re.fullmatch(r"[A-Za-z]{3}", currency) is not None
    out = [
        "# An inventory of marketing tools, for stackaudit. Everything but names is optional.",
        (
            "# What you leave out is not known, which is "
            "fine; write `none` only when the answer is no."
        ),
        "# All keys: docs/inventory.md. For completion in an editor: stackaudit schema",
        "stackaudit: 1",
        "",
        "company:",
        f"  name: {_scalar(name or 'My company')}",
        f"  profile: {_scalar(profile)}"
        if profile
        else (
            "  # profile: b2c-ecommerce   # what is expected of "
            "your stack: stackaudit catalogue search profile"
        ),
        f"  currency: {(currency or '').upper()}"
        if known
        else "  # currency: EUR          # of costs that name no other",
        "  # as_of: 2026-11-01      # the day the facts below describe",
        "  # people_in: [EU]        # where the people are whose data is held",
        "  # rules: [gdpr]          # rules whose limits the audit compares with",
        "",
        "# complete: [tools, integrations]   # when nothing is missing from these lists",
        "",
        "# systems_of_record:                # where the truth about each kind of data is kept",
        "#   contact: crm                    # the id of a tool below, or none",
        "",
        ("tools:" if names else "# tools:")
        + (
            "                              # an example: put your own tools here" if example else ""
        ),
        *(f"  - {_scalar(tool)}" for tool in names),
        "  # With more known about it, a tool is written like this:",
        "  # - name: Klaviyo",
        "  #   owner: Mia Chen               # or team:lifecycle, or none",
        "  #   cost: 48000                   # a year; 40000-60000 when not sure",
        "  #   contract: {ends: 2027-03-01, notice_days: 60, auto_renews: yes}",
        "  #   capabilities: [email-marketing, sms-messaging]   # what it is really used for",
        "  #   data: {contact: store, message-engagement: [capture, measure]}",
        "",
        "# A -> B sends, A <-> B syncs both ways, A -- B is connected somehow; then what is sent.",
        "integrations:" if any(_line(text) for text in lines) else "# integrations:",
        *(line for text in lines if (line := _line(text)) is not None),
        "  # - from: Shopify",
        "  #   to: Klaviyo",
        "  #   objects: [contact, order]",
        "  #   method: native-connector      # rest-api, ipaas, sftp-file, manual-export ...",
        "  #   every: hourly                 # real-time, daily, 15m, 4h ...",
        "  #   owner: Ravi Patel",
        "",
    ]
    return "\n".join(out)


def _line(text: str) -> str | None:
    """Return the list item of one integration, or None when the text is none."""
    ends, _, objects = text.partition(":")
    ends, objects = ends.strip(), objects.strip()
    sides = [make_id(side) for side in _ARROW.split(ends)]
    if len(sides) != 2 or not all(sides) or sides[0] == sides[1] or "none" in sides:
        return None
    return f"  - {_scalar(ends)}: {_scalar(objects)}" if objects else f"  - {_scalar(ends)}"


def _clean(text: str) -> str:
    """Return an answer without the characters that no inventory may hold."""
    return "".join(c if c.isprintable() else " " for c in text).strip()


def _scalar(text: str) -> str:
    """Return a text as YAML writes it: plain where that is safe, in quotes otherwise."""
    if text.lower() in _WORDS_OF_YAML:
        return json.dumps(text)
    if _PLAIN.match(text):
        return text
    if (
        text
        and all(c.isalnum() or c in " -,.&'" for c in text)
        and text[0].isalpha()
        and " -" not in text
    ):
        return text
    return json.dumps(text, ensure_ascii=False)
