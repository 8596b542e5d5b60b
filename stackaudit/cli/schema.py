"""``stackaudit schema``: the JSON Schema of what people write and of what an audit says."""

from __future__ import annotations

from typing import Annotated

import typer

from stackaudit.cli.errors import DONE
from stackaudit.cli.terminal import pour


def schema(
    result: Annotated[
        bool, typer.Option("--result", help="The schema of the audit result instead.")
    ] = False,
) -> int:
    """Print the JSON Schema that lets an editor complete an inventory."""
    from stackaudit.cli.problems import as_json

    if result:
        from stackaudit.result import result_schema

        pour(as_json(result_schema()))
    else:
        from stackaudit.inventory.jsonschema import inventory_schema

        pour(as_json(inventory_schema()))
    return DONE
