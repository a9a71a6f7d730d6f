"""Where the program is: what a variable names, what came with this package, or what is on ``PATH``.

Not here: starting it (``_process.py``).
"""

from __future__ import annotations

import os
import shutil
import sys
from importlib import metadata
from pathlib import Path
from typing import Optional

from ._error import EmulatorError

VARIABLE = "OKTA_EMULATOR_BINARY"
NAME = "okta-emulator.exe" if sys.platform == "win32" else "okta-emulator"


def program() -> str:
    """The path of the program; an error that says what to do where there is none."""
    named = os.environ.get(VARIABLE)
    if named:
        if Path(named).is_file():
            return named
        raise EmulatorError(f"{VARIABLE} names {named}, which is no file. Correct the variable, or unset it.")
    found = _installed() or shutil.which(NAME)
    if found:
        return found
    raise EmulatorError(
        "The program okta-emulator is missing: this installation of the package has none for your platform, and there "
        "is none on PATH. Install the wheel for your platform, or build the program with `cargo install`, and put it "
        f"on PATH or set {VARIABLE} to its path."
    )


def _installed() -> Optional[str]:
    """The program that was installed with this package."""
    try:
        files = metadata.files("okta-emulator") or []
    except metadata.PackageNotFoundError:
        # The sources are used without being installed.
        return None
    paths = (Path(str(file.locate())) for file in files if file.name == NAME)
    return next((str(path) for path in paths if path.is_file()), None)
