"""What names an integration in a list that goes out and comes back: its id, or its ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from stackaudit.inventory.schema import Integration


def integration_labels(
    records: Iterable[Integration], tool_id: Callable[[str], str | None]
) -> dict[str, Integration]:
    """Return each integration by its id, or by ``shopify -> klaviyo``, ``shopify -> klaviyo #2``.

    ``tool_id`` gives the id that a reference to a tool means. The same inventory gives the same
    labels.
    """
    records = list(records)
    labels = {record.id: record for record in records if record.id}
    seen: Counter[str] = Counter()
    for record in records:
        if record.id:
            continue
        ends = ("+".join(tool_id(ref) or ref for ref in refs) for refs in (record.from_, record.to))
        label = " -> ".join(ends)
        seen[label] += 1
        labels[f"{label} #{seen[label]}" if seen[label] > 1 else label] = record
    return labels
