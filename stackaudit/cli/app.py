"""The commands put together, and what becomes of everything that can go wrong in one."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterable, Sequence

import typer

from stackaudit.cli.errors import DONE, FAILED, INTERRUPTED, USAGE, CommandError
from stackaudit.cli.terminal import complain, say
from stackaudit.cli.usage import COMMANDS, PLACES


def build(names: Iterable[str] = tuple(COMMANDS)) -> typer.Typer:
    """Return the application with these commands; each is a function in a module of its name."""
    app = typer.Typer(
        name="stackaudit",
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    # Typer turns an application with one command into that command unless there is a callback.
    app.callback()(_whole)
    for name in names:
        module, function = PLACES.get(name, (name, name))
        app.command(name)(getattr(importlib.import_module(f"stackaudit.cli.{module}"), function))
    return app


def _whole() -> None:
    """Audit a marketing technology stack."""


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
    except OSError as error:
        if debug:
            _show_trace(error)
        name = f"{error.filename}: " if error.filename else ""
        complain(f"{name}{error.strerror or error}")
        return USAGE
    except Exception as error:
        return _failed(error, debug)


def _invoke(given: list[str]) -> int:
    from stackaudit.source.problems import InputError

    # Typer takes longer to look at all commands than to run one: look at the one that is meant.
    app = build(given[:1]) if given and given[0] in COMMANDS else build()
    command = typer.main.get_command(app)
    try:
        code = command.main(given, prog_name="stackaudit", standalone_mode=False)
    except InputError as error:
        from stackaudit.cli.problems import closing, exit_code_of, show_problems

        show_problems(error.problems)
        say(closing(error.problems), sys.stderr)
        return exit_code_of(error.problems)
    except Exception as error:
        # What the parser raises is public only in part, and differs between releases of Typer.
        show = getattr(error, "show", None)
        if show is None:
            raise
        _usage_error(error, given)
        return USAGE
    if code == INTERRUPTED:  # Typer has caught the interruption
        raise KeyboardInterrupt
    return code if isinstance(code, int) else DONE


def _usage_error(error: Exception, given: list[str]) -> None:
    message = str(getattr(error, "format_message", lambda: error)()).replace("Value error, ", "")
    command = next((word for word in given if word in COMMANDS), "")
    complain(message, f"stackaudit {command} --help".replace("  ", " "))


def _failed(error: Exception, debug: bool) -> int:
    if debug:
        _show_trace(error)
    kind = type(error).__name__
    complain(
        f"stackaudit itself failed ({kind}: {error}); the inventory is not at fault",
        "" if debug else "run it again with --debug and report what it prints",
    )
    return FAILED


def _show_trace(error: Exception) -> None:
    import traceback

    traceback.print_exception(error)
