"""The commands put together, and what becomes of everything that can go wrong in one."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import typer

from stackaudit.cli.audit import audit
from stackaudit.cli.catalogue import catalogue
from stackaudit.cli.checks import checks
from stackaudit.cli.errors import DONE, FAILED, INTERRUPTED, INVALID, USAGE, CommandError
from stackaudit.cli.explain import explain
from stackaudit.cli.init import init
from stackaudit.cli.report import report
from stackaudit.cli.schema import schema
from stackaudit.cli.terminal import complain, say
from stackaudit.cli.usage import COMMANDS, overview
from stackaudit.cli.validate import validate

app = typer.Typer(
    name="stackaudit",
    help="Audit a marketing technology stack.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for _command in (init, validate, audit, report, checks, explain, catalogue, schema):
    app.command()(_command)


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; nothing but an interruption is raised.

    ``--debug``, anywhere on the line, shows the traceback of a program error.
    """
    given = [word for word in arguments if word != "--debug"]
    debug = len(given) != len(arguments) or bool(os.environ.get("STACKAUDIT_DEBUG"))
    try:
        return _invoke(given)
    except CommandError as error:
        complain(error.message, error.hint)
        return error.code
    except KeyboardInterrupt:
        say("\nInterrupted.", sys.stderr)
        return INTERRUPTED
    except Exception as error:
        return _failed(error, debug)


def _invoke(given: list[str]) -> int:
    from stackaudit.source.problems import InputError

    command = typer.main.get_command(app)
    try:
        code = command.main(given, prog_name="stackaudit", standalone_mode=False)
    except InputError as error:
        from stackaudit.cli.problems import closing, show_problems

        show_problems(error.problems)
        say(closing(error.problems), sys.stderr)
        return INVALID
    except Exception as error:
        # What the parser raises is public only in part, and differs between releases of Typer.
        show = getattr(error, "show", None)
        if show is None:
            raise
        _usage_error(error, given)
        return USAGE
    return code if isinstance(code, int) else DONE


def _usage_error(error: Exception, given: list[str]) -> None:
    message = str(getattr(error, "format_message", lambda: error)())
    command = next((word for word in given if word in COMMANDS), "")
    complain(message, f"stackaudit {command} --help".replace("  ", " "))


def _failed(error: Exception, debug: bool) -> int:
    if debug:
        import traceback

        traceback.print_exception(error)
    kind = type(error).__name__
    complain(
        f"stackaudit itself failed ({kind}: {error}); the inventory is not at fault",
        "" if debug else "run it again with --debug and report what it prints",
    )
    return FAILED


__all__ = ["app", "overview", "run"]
