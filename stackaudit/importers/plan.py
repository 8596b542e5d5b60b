"""What an import would write: a new inventory, or the changed files of one; read back first."""

from __future__ import annotations

from pathlib import Path

from stackaudit.catalogue.model import Catalogue
from stackaudit.importers.combine import Draft
from stackaudit.importers.merge import Merged, merge
from stackaudit.importers.text import inventory_text
from stackaudit.inventory.load import parse_inventory
from stackaudit.opening import open_inventory
from stackaudit.resolve import Resolved, resolve
from stackaudit.source.problems import InputError, has_errors


def new_inventory(
    draft: Draft,
    path: Path,
    catalogue: Catalogue,
    company: str,
    profile: str | None = None,
    currency: str | None = None,
) -> Merged:
    """Return a new inventory at a path.

    Raises :class:`~stackaudit.source.problems.InputError` if it would not be a valid one, which is
    the importer's fault.
    """
    text = inventory_text(draft, company, profile, currency)
    loaded = parse_inventory(text, path.name)
    problems = list(loaded.problems)
    if loaded.inventory is not None:
        resolve(loaded, catalogue, problems, None)
    if loaded.inventory is None or has_errors(problems):
        raise InputError(problems)
    changes = [f"new tool {tool.name}" for tool in draft.tools]
    changes += [f"new contract {contract.name}" for contract in draft.contracts]
    changes += [f"new integration {flow.name}" for flow in draft.flows]
    return Merged({path: text}, changes)


def merged_inventory(draft: Draft, path: Path, there: Resolved, own: Path | None = None) -> Merged:
    """Return the inventory at a path with the draft merged in, read back to be sure of it.

    Raises :class:`~stackaudit.source.problems.InputError` if a file cannot be edited or the outcome
    would not be a valid inventory.
    """
    merged = merge(draft, path, there)
    if merged.files:
        open_inventory(path, own, instead={file.name: text for file, text in merged.files.items()})
    return merged
