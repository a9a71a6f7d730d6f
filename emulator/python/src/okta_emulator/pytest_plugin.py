"""The fixture ``okta_org``: one org for the run, as at its start in every test.

Not here: the org (``_emulator.py``).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ._emulator import Emulator


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of the ini file."""
    parser.addini("okta_emulator_config", "the configuration file of the org; the sample org if left out")
    parser.addini("okta_emulator_page_origins", "the origins of the pages that may call the org", type="linelist")
    parser.addini("okta_emulator_port", "the port of the org on localhost; a free one if left out", default="0")


@pytest.fixture(scope="session")
def okta_emulator_options(pytestconfig: pytest.Config) -> dict[str, Any]:
    """The arguments of :class:`okta_emulator.Emulator`, from the ini file. Override it for others."""
    options: dict[str, Any] = {
        "page_origins": pytestconfig.getini("okta_emulator_page_origins"),
        "port": int(pytestconfig.getini("okta_emulator_port")),
    }
    config = pytestconfig.getini("okta_emulator_config")
    if config:
        options["config"] = Path(pytestconfig.rootpath, config)
    return options


@pytest.fixture(scope="session")
def okta_emulator(okta_emulator_options: dict[str, Any]) -> Iterator[Emulator]:
    """The org of the whole run, which keeps what tests do to it."""
    with Emulator(**okta_emulator_options) as org:
        yield org


@pytest.fixture
def okta_org(okta_emulator: Emulator) -> Iterator[Emulator]:
    """The org, which is reset after the test."""
    yield okta_emulator
    okta_emulator.reset()
