"""The package as a whole: its version, and the platform of a wheel."""

from __future__ import annotations

import re
import struct
import sys
from importlib import metadata
from pathlib import Path

import pytest

from okta_emulator._program import program

FOLDER = Path(__file__).parents[1]
sys.path.insert(0, str(FOLDER))

from hatch_build import platform_of  # noqa: E402


def test_the_version_is_that_of_the_workspace() -> None:
    workspace = (FOLDER.parents[1] / "Cargo.toml").read_text()
    found = re.search(r'\[workspace\.package\]\n(?:.+\n)*?version = "(.+)"', workspace)
    assert found and metadata.version("okta-emulator") == found[1]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads a program of Linux")
def test_the_platform_of_the_program() -> None:
    assert re.fullmatch(r"manylinux_2_\d+_(x86_64|aarch64)", platform_of(Path(program()))) or re.fullmatch(
        r"manylinux_2_17_\w+\.musllinux_1_1_\w+", platform_of(Path(program()))
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="tags of Linux")
@pytest.mark.parametrize(
    ("machine", "symbols", "tag"),
    [
        (62, b"\0GLIBC_2.2.5\0GLIBC_2.34\0GLIBC_2.4", "manylinux_2_34_x86_64"),
        (183, b"\0GLIBC_2.17", "manylinux_2_17_aarch64"),
        (62, b"", "manylinux_2_17_x86_64.musllinux_1_1_x86_64"),
    ],
)
def test_the_platform_by_the_symbols(tmp_path: Path, machine: int, symbols: bytes, tag: str) -> None:
    file = tmp_path / "program"
    file.write_bytes(b"\x7fELF".ljust(18, b"\0") + struct.pack("<H", machine) + symbols)
    assert platform_of(file) == tag


def test_an_unknown_machine(tmp_path: Path) -> None:
    file = tmp_path / "program"
    file.write_bytes(b"\x7fELF".ljust(18, b"\0") + struct.pack("<H", 8))
    with pytest.raises(ValueError, match="the number 8"):
        platform_of(file)
