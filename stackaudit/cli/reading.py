"""What commands read: an inventory, or the JSON of an earlier audit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stackaudit.cli.errors import INVALID, CommandError, nearest

if TYPE_CHECKING:
    from stackaudit.resolve import Resolved
    from stackaudit.result import AuditResult


def must_exist(path: Path) -> None:
    """Raise :class:`CommandError` with the nearest name when there is no such file or folder."""
    if path.exists():
        return
    folder = path.parent
    beside: list[str] = []
    if folder.is_dir():
        beside = [entry.name for entry in folder.iterdir() if not entry.name.startswith(".")]
    hint = nearest(path.name, beside)
    if not hint:
        hint = "write a first inventory with: stackaudit init my-stack.yaml"
    raise CommandError(f"there is no file or folder {path}", hint)


def read_inventory(path: Path, catalogue: Path | None = None) -> Resolved:
    """Return the inventory at ``path`` bound to the catalogue; its warnings are in ``problems``.

    ``catalogue`` is the user's own catalogue file or folder; without it the one beside the
    inventory is used, when there is one.

    Raises :class:`CommandError` for a missing path and
    :class:`~stackaudit.source.problems.InputError` with every problem of an invalid inventory.
    """
    must_exist(path)
    if catalogue is not None:
        must_exist(catalogue)
    if _is_result(path):
        hint = f"stackaudit report {path} draws its report; audit takes the inventory"
        raise CommandError(f"{path} is the result of an audit, not an inventory", hint)
    from stackaudit.opening import open_inventory

    return open_inventory(path, catalogue)


def read_result(path: Path) -> AuditResult:
    """Return the audit result stored in a JSON file.

    Raises :class:`CommandError` when there is no such file (2) or it is no audit result this
    version can read (3).
    """
    must_exist(path)
    if path.is_dir():
        raise CommandError(f"{path} is a folder", "name the JSON file an audit wrote")
    if path.suffix in (".yaml", ".yml"):
        raise CommandError(
            f"{path} is an inventory, not the result of an audit", f"stackaudit audit {path}"
        )
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise CommandError(f"{path} is not JSON: {error.msg} at {place}", code=INVALID) from None
    except (UnicodeDecodeError, RecursionError):
        raise CommandError(f"{path} is not the JSON of an audit", code=INVALID) from None
    _check_format(path, data)
    from pydantic import ValidationError

    from stackaudit.result import AuditResult

    try:
        return AuditResult.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise CommandError(
            f"{path} is not a whole audit result: {where}: {first['msg']}",
            "audit the inventory again to get a whole one",
            INVALID,
        ) from None


def _is_result(path: Path) -> bool:
    """Return whether a file is the JSON of an audit, which would read as a wrong inventory."""
    if path.suffix != ".json" or not path.is_file():
        return False
    with path.open("rb") as file:
        return b'"stackaudit_result"' in file.read(200)


def _check_format(path: Path, data: Any) -> None:
    from stackaudit.result import FORMAT

    version = data.get("stackaudit_result") if isinstance(data, dict) else None
    if not isinstance(version, int):
        raise CommandError(
            f"{path} is not the result of an audit (it has no stackaudit_result)",
            "name the JSON file that stackaudit audit wrote",
            INVALID,
        )
    if version > FORMAT:
        raise CommandError(
            f"{path} was written by a newer stackaudit (result format {version}, "
            f"this one reads {FORMAT})",
            "update stackaudit",
            INVALID,
        )
