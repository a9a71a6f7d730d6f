"""The org, and Okta's own client of its management API."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import okta.models as models
import pytest
from okta.client import Client

from okta_emulator import Emulator

SAMPLE = Path(__file__).parents[3] / "sample-org.toml"
QUICK = """
[hashing]
memory_kib = 8
iterations = 1
[limits]
sign_ins_per_second = 1000
calls_per_10_seconds = 1000
"""


@pytest.fixture(scope="session")
def okta_emulator_options() -> dict[str, object]:
    return {"config": SAMPLE.read_text(encoding="utf-8") + QUICK, "page_origins": ["http://localhost:8080"]}


@pytest.fixture
def client(okta_org: Emulator, monkeypatch: pytest.MonkeyPatch) -> Client:
    # The client's own switch for orgs without HTTPS.
    monkeypatch.setenv("OKTA_TESTING_TESTINGDISABLEHTTPSCHECK", "true")
    return Client({"orgUrl": okta_org.url, "token": "emulator-api-token"})


async def done(call: Any) -> Any:
    """What a call answers with; its error fails the test. Where there is no content, the answer is not in the tuple."""
    result, *_, error = await call
    assert error is None, error
    return result


async def refused(call: Any) -> tuple[int, str]:
    """The status and the code of an error."""
    *_, error = await call
    assert error is not None
    return error.status, error.error_code


@pytest.fixture
async def joan(client: Client) -> models.User:
    """A new user."""
    profile = {"firstName": "Joan", "lastName": "Clarke", "email": "joan@example.com", "login": "joan@example.com"}
    wanted = {"profile": profile, "credentials": {"password": {"value": "Banburismus1941"}}}
    user: models.User = await done(client.create_user(models.CreateUserRequest.from_dict(wanted), activate=True))
    return user
