"""The first screen: which commands there are. Imports nothing, so that ``--help`` is immediate."""

from __future__ import annotations

from typing import Final

from stackaudit import __version__

COMMANDS: Final[dict[str, tuple[str, str]]] = {
    "init": ("[PATH]", "start an inventory: asks a few questions, or writes a commented example"),
    "import": ("SOURCE...", "make an inventory from spreadsheets, exports and APIs, or add to one"),
    "reconcile": ("INVENTORY LIST...", "compare with logins, payments, tags, a scan: who has what"),
    "scan": ("URL...", "say which tools a website shows, and make an inventory of them"),
    "export": ("INVENTORY", "write an inventory as a workbook to fill in and import again"),
    "template": ("FILE", "write an empty workbook for a new audit"),
    "validate": ("PATH...", "say every problem of an inventory, with its line and how to mend it"),
    "audit": ("PATH", "audit an inventory and write the report"),
    "report": ("RESULT", "draw the report again from the JSON of an earlier audit"),
    "compare": ("OLD NEW", "say what changed from one audit to the next, and why"),
    "questions": ("PATH", "write what could not be judged as questions to those who know"),
    "answer": ("SHEET INVENTORY", "write the answers of a filled-in sheet into the inventory"),
    "path": ("FROM TO PATH", "show how data gets from one tool to another, or why it does not"),
    "impact": ("NAME PATH", "show what falls when a tool, vendor, integration or person is lost"),
    "profile": ("[list | show ID]", "show what a kind of company is expected to have, and why"),
    "checks": ("", "list the checks and what each one asks"),
    "explain": ("WHAT", "explain a check, or a finding with its evidence"),
    "catalogue": ("[search WORD | show ID]", "look up known products, capabilities and profiles"),
    "schema": ("", "print the JSON Schema that lets an editor complete an inventory"),
}
"""Command → its arguments and what it does, in the order a newcomer needs them."""

PLACES: Final[dict[str, tuple[str, str]]] = {"import": ("importing", "import_")}
"""Command → module and function, where the name of the command cannot be theirs."""

EXIT_CODES: Final[dict[int, str]] = {
    0: "done",
    1: "there are findings at or above --fail-on",
    2: "wrong usage, or something about this computer (a missing file, a full disk)",
    3: "the inventory is invalid; nothing was written",
    4: "a check or the program itself failed",
    130: "interrupted",
}
"""Exit code → what it means."""


def overview() -> str:
    """Return the text of ``stackaudit --help``."""
    width = max(len(name) + len(arguments) for name, (arguments, _) in COMMANDS.items()) + 1
    lines = [
        f"stackaudit {__version__}: audit a marketing technology stack",
        "",
        "Usage: stackaudit COMMAND ...",
        "",
        "Commands:",
        *(
            f"  {f'{name} {arguments}':<{width}}  {summary}"
            for name, (arguments, summary) in COMMANDS.items()
        ),
        "",
        "Options:",
        f"  {'--help':<{width}}  this text; after a command, the help of that command",
        f"  {'--version':<{width}}  the version",
        f"  {'--debug':<{width}}  with any command: show the traceback when the program fails",
        "",
        "Begin with:",
        "  stackaudit init my-stack.yaml     write a first inventory, then fill in your tools",
        "  stackaudit audit my-stack.yaml    write reports/my-stack.html and reports/my-stack.json",
        "",
        "Exit codes:",
        *(f"  {code:<4} {meaning}" for code, meaning in EXIT_CODES.items()),
    ]
    return "\n".join(lines)
