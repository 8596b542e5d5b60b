"""``stackaudit schema``: the JSON Schema of what people write and of what an audit says."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from stackaudit.cli.errors import DONE, CommandError
from stackaudit.cli.terminal import pour


class SchemaForm(StrEnum):
    """How to print."""

    json = "json"
    markdown = "markdown"


def schema(
    result: Annotated[
        bool, typer.Option("--result", help="The schema of the audit result instead.")
    ] = False,
    brand: Annotated[
        bool, typer.Option("--brand", help="The schema of a brand file instead.")
    ] = False,
    comments: Annotated[
        bool, typer.Option("--comments", help="The schema of a comments file instead.")
    ] = False,
    form: Annotated[
        SchemaForm,
        typer.Option(
            "--format", metavar="json|markdown", help="For editors, or as a page for people."
        ),
    ] = SchemaForm.json,
) -> int:
    """Print the JSON Schema that lets an editor complete an inventory."""
    from stackaudit.cli.problems import as_json

    if result + brand + comments > 1:
        raise CommandError("--result, --brand and --comments ask for one schema each")
    if brand or comments:
        from stackaudit.branding.schema import BRAND, COMMENTS, file_schema

        if form is SchemaForm.markdown:
            raise CommandError("the page is made of the inventory's schema only")
        pour(as_json(file_schema(BRAND if brand else COMMENTS)))
        return DONE
    if result:
        from stackaudit.result import result_schema

        if form is SchemaForm.markdown:
            raise CommandError("the page is made of the inventory's schema only")
        pour(as_json(result_schema()))
        return DONE
    from stackaudit.inventory.jsonschema import inventory_schema

    if form is SchemaForm.markdown:
        from stackaudit.cli.reference import keys_page

        pour(keys_page(inventory_schema()))
    else:
        from stackaudit.catalogue import load_catalogue
        from stackaudit.inventory.jsonschema import KINDS

        catalogue = load_catalogue()
        known = {kind: tuple(getattr(catalogue, kind)) for kind in KINDS}
        pour(as_json(inventory_schema(known)))
    return DONE
