"""The code of the package's pages that no example has: ``README.md``, and ``docs/emulator/python.md``."""

from __future__ import annotations

import json
import urllib.request

import pytest


def test_the_first_lines(capsys: pytest.CaptureFixture[str]) -> None:
    from okta_emulator import Emulator

    with Emulator(page_origins=["http://localhost:3000"]) as org:
        print(org.url, [user.login for user in org.users()])
    assert "ada.byron@example.com" in capsys.readouterr().out


def test_a_configuration_in_python() -> None:
    from okta_emulator import Emulator

    ada = {"login": "ada@example.com", "password": "Analytical1843", "first_name": "Ada", "last_name": "Byron"}
    config = {"org": {"name": "Mine"}, "users": [ada]}
    with Emulator(config) as org:
        body = json.dumps({"username": "ada@example.com", "password": "Analytical1843"}).encode()
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        request = urllib.request.Request(f"{org.url}/api/v1/authn", body, headers)
        with urllib.request.urlopen(request) as answer:
            assert json.load(answer)["status"] == "SUCCESS"
