"""Build the wheel, install it in a clean environment, and use it as a stranger would.

Usage: python3 .ci/wheel.py FOLDER (an empty folder; the environment and the reports go there).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
SAMPLES = ("northwind", "meltano.yaml", "minimal.yaml")


def call(*command: str | Path, folder: Path, expect: int = 0) -> str:
    """Run a command; returns what it printed, or ends the run when its exit code is another."""
    # Neither the checkout nor the developer's settings may stand in for what the wheel lacks.
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        env=clean,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != expect:
        print(f"$ {' '.join(str(word) for word in command)}")
        print(done.stdout, done.stderr, sep="\n")
        sys.exit(f"exit code {done.returncode}, expected {expect}")
    return done.stdout + done.stderr


def main(folder: Path) -> None:
    """Build, install, use."""
    environment = folder / "venv"
    venv.create(environment, with_pip=True)
    programs = environment / ("Scripts" if os.name == "nt" else "bin")
    python = programs / ("python.exe" if os.name == "nt" else "python")
    tool = programs / ("stackaudit.exe" if os.name == "nt" else "stackaudit")
    pip = (python, "-m", "pip", "--quiet", "--disable-pip-version-check")
    call(*pip, "wheel", "--no-deps", "--wheel-dir", folder, HERE, folder=folder)
    (wheel,) = folder.glob("*.whl")
    call(*pip, "install", wheel, folder=folder)
    print(call(tool, "--version", folder=folder).strip())
    for name in SAMPLES:
        call(tool, "validate", HERE / "inventories" / name, folder=folder)
        print(call(tool, "audit", HERE / "inventories" / name, folder=folder).strip())
        result = folder / "reports" / f"{Path(name).stem}.json"
        page = result.with_suffix(".html").read_bytes()
        again = folder / "again.html"
        call(tool, "report", result, "-o", again, folder=folder)
        if again.read_bytes() != page:
            sys.exit(f"{name}: the report drawn from the JSON differs from that of the audit")
        if not json.loads(result.read_text(encoding="utf-8"))["checks"]:
            sys.exit(f"{name}: no check ran")
    call(tool, "init", "first.yaml", folder=folder)
    call(tool, "validate", "first.yaml", folder=folder)
    (folder / "bad.yaml").write_text("stackaudit: 1\ncompany: {name: X\n", encoding="utf-8")
    call(tool, "audit", "bad.yaml", folder=folder, expect=3)
    call(tool, "schema", folder=folder)
    call(tool, "catalogue", "show", "klaviyo", folder=folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
