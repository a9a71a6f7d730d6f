"""Builds the wheel with the program in it, as a script of the environment that it is installed into.

``OKTA_EMULATOR_WHEEL_BINARY`` names the program. Without it the wheel has none, fits every platform, and takes the
program that is on ``PATH``.

Not here: compiling the program.
"""

from __future__ import annotations

import os
import re
import struct
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

VARIABLE = "OKTA_EMULATOR_WHEEL_BINARY"

# The field e_machine of an ELF header.
MACHINES = {62: "x86_64", 183: "aarch64"}


class Program(BuildHookInterface[Any]):
    """Adds the program to the wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before the wheel is written."""
        named = os.environ.get(VARIABLE)
        # An editable installation is for working on the package: its program is the one that the variable
        # OKTA_EMULATOR_BINARY names.
        if not named or version == "editable":
            return
        program = Path(named)
        if not program.is_file():
            raise FileNotFoundError(f"{VARIABLE} names {program}, which is no file. Build the program first.")
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{platform_of(program)}"
        build_data["shared_scripts"] = {str(program): "okta-emulator" + program.suffix}


def platform_of(program: Path) -> str:
    """The platform tag of a wheel with this program."""
    content = program.read_bytes()
    if content[:4] != b"\x7fELF":
        # Neither macOS nor Windows builds for another platform than its own here.
        return re.sub(r"[-.]", "_", sysconfig.get_platform())
    (machine,) = struct.unpack_from("<H", content, 18)
    if machine not in MACHINES:
        raise ValueError(f"{program} is for a machine of the number {machine}, and only {MACHINES} are known here.")
    processor = MACHINES[machine]
    # PEP 600: the newest version of glibc that the program needs a symbol of.
    versions = [int(minor) for minor in re.findall(rb"\0GLIBC_2\.(\d+)", content)]
    if versions:
        return f"manylinux_2_{max(versions)}_{processor}"
    # It is linked statically, and runs on either libc.
    return f"manylinux_2_17_{processor}.musllinux_1_1_{processor}"
