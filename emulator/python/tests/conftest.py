"""What all tests share. They use the installed package, or with ``pip install --editable`` the sources.

The program is the one that came with it, or the one that the variable ``OKTA_EMULATOR_BINARY`` names.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

pytest_plugins = ["pytester"]

#: The cheapest password hashing: what is tested here is not the org.
QUICK = {"hashing": {"memory_kib": 8, "iterations": 1}}


def post(url: str, body: object) -> Any:
    """Posts JSON, as a client of the org does."""
    request = Request(url, json.dumps(body).encode(), {"Content-Type": "application/json", "Accept": "application/json"})
    with urlopen(request) as answer:
        return json.load(answer)


SAMPLE = Path(__file__).parents[2] / "sample-org.toml"


@pytest.fixture(scope="session")
def okta_emulator_options(okta_emulator_options: dict[str, Any]) -> dict[str, Any]:
    """The sample org, with the cheapest hashing."""
    hashing = "[hashing]\nmemory_kib = 8\niterations = 1\n"
    return {**okta_emulator_options, "config": SAMPLE.read_text(encoding="utf-8") + hashing}


@pytest.fixture(scope="session")
def small_org() -> dict[str, Any]:
    """An org with one user, as a mapping."""
    ada = {
        "login": "ada@example.com",
        "first_name": 'A "quoted" Ada',
        "last_name": "Byron\\",
        "password": "Analytical1843",
        "groups": [],
        "recovery_question": {"text": "Where?", "answer": "Überall 😀"},
        "factors": [{"kind": "okta_sms", "phone": "+14155550123"}],
    }
    return {"org": {"name": "Small"}, **QUICK, "users": [ada]}
