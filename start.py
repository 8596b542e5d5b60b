#!/usr/bin/env python3
"""Everything a fresh checkout needs: python3 start.py [audit [PATH]] | test | sample | setup.

    python3 start.py          set up, audit the sample inventory, say where the report is
    python3 start.py --open   the same, and open the report in the browser
    python3 start.py test     set up with the tools of development, run every check of the project

Needs Python 3.11 or newer. Nothing is installed outside the folder .venv beside this file.
This file itself is written so that old versions of Python can read it, to say so kindly.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time

OLDEST = (3, 11)
HERE = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(HERE, ".venv")
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as lint; lint()"
SAMPLE = os.path.join("inventories", "northwind")


def main(arguments):
    """Run one of the commands of this file; returns the exit code."""
    if sys.version_info < OLDEST:
        return with_newer_python(arguments)
    given = list(arguments)
    command = given.pop(0) if given and not given[0].startswith("-") else "audit"
    if command == "setup":
        return 2 if set_up("importers") is None else 0
    if command == "audit":
        python = set_up("importers")
        return 2 if python is None else audit(python, given)
    if command in ("test", "sample"):
        python = set_up("test")
        if python is None:
            return 2
        return test(python, given) if command == "test" else sample(python)
    print(__doc__)
    return 0 if command == "help" else 2


def with_newer_python(arguments):
    """Run this file with a newer Python of this computer, or say that one is needed."""
    for minor in range(20, OLDEST[1] - 1, -1):
        newer = shutil.which("python3.%d" % minor)
        if newer:
            return run([newer, os.path.abspath(__file__)] + list(arguments))
    print(
        "stackaudit needs Python %d.%d or newer; this is %d.%d." % (OLDEST + sys.version_info[:2])
    )
    print(
        "Install a newer one from python.org (or with your system's package manager) and try again."
    )
    return 2


def run(command, folder=HERE):
    """Run a command in a folder (that of this file); returns its exit code."""
    sys.stdout.flush()
    try:
        return subprocess.call(command, cwd=folder)
    except KeyboardInterrupt:
        return 130


def venv_python():
    """Return the path of the Python inside .venv."""
    if os.name == "nt":
        return os.path.join(VENV, "Scripts", "python.exe")
    return os.path.join(VENV, "bin", "python")


def fingerprint(extra):
    """Return what the installed packages depend on, as a short text."""
    with open(os.path.join(HERE, "pyproject.toml"), "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()[:16]
    return "%s %d.%d %s [%s]" % (digest, sys.version_info[0], sys.version_info[1], HERE, extra)


def set_up(extra):
    """Make .venv and install stackaudit in it, unless that is done; returns its Python, or None."""
    python = venv_python()
    marker = os.path.join(VENV, "stackaudit-ready")
    # What the tests need includes what the audit needs.
    wanted = [fingerprint(extra), fingerprint("test")]
    if os.path.exists(marker) and works(python):
        with open(marker) as file:
            if file.read() in wanted:
                return python
    print("Setting up in .venv (once; about a minute) ...")
    if not works(python) and not make_venv():
        return None
    target = ".[%s]" % extra if extra else "."
    pip = [python, "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    if subprocess.call(pip + ["--editable", target], cwd=HERE) != 0:
        print()
        print("The packages stackaudit needs could not be installed (see above).")
        print("This step downloads them: check the connection to the internet, then run it again.")
        return None
    with open(marker, "w") as file:
        file.write(fingerprint(extra))
    return python


def works(python):
    """Return whether the Python of .venv is there, runs and is new enough."""
    code = "import sys, pip; sys.exit(sys.version_info < (%d, %d))" % OLDEST
    try:
        return subprocess.call([python, "-c", code], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def make_venv():
    """Make .venv anew; returns whether it worked, having said what to do when not."""
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", VENV],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        universal_newlines=True,
        check=False,
    )
    if made.returncode == 0 and works(venv_python()):
        return True
    print(made.stdout.strip())
    print()
    print(
        "Python cannot make a virtual environment here. On Debian and Ubuntu, install its package:"
    )
    print("    sudo apt install python%d.%d-venv" % sys.version_info[:2])
    return False


def audit(python, given):
    """Audit the inventory given, or the sample; returns the exit code."""
    command = [python, "-m", "stackaudit", "audit"]
    if any(not word.startswith("-") for word in given):
        return run(command + given, os.getcwd())
    if os.path.realpath(os.getcwd()) != os.path.realpath(HERE):
        # The path that is printed has to lead there from where the reader stands.
        given = ["-o", os.path.join(HERE, "reports")] + given
    code = run(command + [SAMPLE] + given)
    if code == 0 and "--quiet" not in given:
        tool = os.path.join(".venv", "Scripts" if os.name == "nt" else "bin", "stackaudit")
        print()
        print("Your own stack: %s init my-stack.yaml" % tool)
    return code


def test(python, extra):
    """Run every check of the project, the tests last; returns the first exit code that is not 0."""
    steps = [
        ("style", ["-m", "ruff", "check", "--output-format", "concise", "."]),
        ("types", ["-m", "mypy"]),
        (
            "layers",
            ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        ),
        ("tests", ["-m", "pytest"] + (extra or ["-n", "2"])),
    ]
    failed = []
    for name, command in steps:
        print("== %s" % name)
        began = time.time()
        code = run([python] + command)
        if code == 130:
            return 130
        if code != 0:
            failed.append((name, code))
        if name != "tests":
            print("%s: %s (%.0f s)" % (name, "failed" if code else "clean", time.time() - began))
    for name, code in failed:
        print("FAILED: %s (exit code %d)" % (name, code))
    return failed[0][1] if failed else 0


def sample(python):
    """Write the sample report again, and the pages that are made from the code."""
    made = run(
        [python, "-m", "stackaudit", "audit", SAMPLE, "-o", "reports/sample.html", "--quiet"]
    )
    pages = run([python, "-m", "stackaudit", "checks", "--docs", "docs/checks"])
    with open(os.path.join(HERE, "docs", "keys.md"), "wb") as file:
        keys = subprocess.call(
            [python, "-m", "stackaudit", "schema", "--format", "markdown"], cwd=HERE, stdout=file
        )
    picture = run([python, os.path.join(".ci", "picture.py")])
    return made or pages or keys or picture


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
