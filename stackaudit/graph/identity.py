"""Whether people can be told to be the same along a path: identity keys of consecutive flows."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from stackaudit.graph.model import Flow
from stackaudit.graph.views import Hop, View
from stackaudit.source.words import make_id

if TYPE_CHECKING:
    from stackaudit.graph.stack import Stack


def keys_of(flow: Flow) -> frozenset[str] | None:
    """Return the keys an integration matches people on; None when not recorded."""
    if flow.record is None or flow.record.match_on is None:
        return None
    return frozenset(make_id(k) for k in flow.record.match_on)


def keys_on(stack: Stack, hop: Hop) -> frozenset[str] | None:
    """Return the keys of a hop; None for suites, hosts, and where they are not recorded."""
    return keys_of(stack.flows[hop.flow]) if hop.flow >= 0 else None


def mismatch(stack: Stack, hops: Sequence[Hop]) -> int | None:
    """Return the number of the first hop that shares no key with the hop before it.

    Only where both say what they match on; lists meet if any key is common.
    """
    for number in range(1, len(hops)):
        before, after = keys_on(stack, hops[number - 1]), keys_on(stack, hops[number])
        if before is not None and after is not None and not before & after:
            return number
    return None


def matched_path(stack: Stack, view: View, starts: Iterable[int], ends: Iterable[int]) -> bool:
    """Return whether some path has no two consecutive flows that are known to share no key.

    Breadth first over (tool, keys it was entered with); linear in the arcs times the few different
    sets of keys.
    """
    goals = set(ends)
    seen: set[tuple[int, frozenset[str] | None]] = {(s, None) for s in starts}
    queue = deque(sorted(seen, key=lambda state: state[0]))
    while queue:
        node, came = queue.popleft()
        if node in goals:
            return True
        for nxt, number in view.out.get(node, ()):
            keys = keys_of(stack.flows[number]) if number >= 0 else None
            if came is not None and keys is not None and not came & keys:
                continue
            state = (nxt, keys)
            if state not in seen:
                seen.add(state)
                queue.append(state)
    return False
