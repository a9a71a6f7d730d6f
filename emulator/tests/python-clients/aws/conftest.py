"""The org behind HTTPS, and the person who uses a client: reads messages and the app, and answers the phone."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from front import ROLES, SIGN_IN, STS, Front

from okta_emulator import Emulator
from okta_emulator._program import program

SAMPLE = Path(__file__).parents[3] / "sample-org.toml"
QUICK = """
[hashing]
memory_kib = 8
iterations = 1
[limits]
sign_ins_per_second = 1000
calls_per_10_seconds = 1000
"""
APP = "/home/amazon_aws/0oasampleamazonaws00/0"


@pytest.fixture(scope="session")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    front = Front(tmp_path_factory.mktemp("tls"))
    os.environ["REQUESTS_CA_BUNDLE"] = str(front.authority)
    yield front
    front.close()


@pytest.fixture(scope="session")
def okta_emulator_options(front: Front) -> dict[str, object]:
    # The clients are told to post assertions to this machine.
    sample = SAMPLE.read_text(encoding="utf-8").replace("https://signin.aws.amazon.com/saml", f"{front.url}{SIGN_IN}")
    second = "arn:aws:iam::123456789012:saml-provider/Okta,arn:aws:iam::123456789012:role/Auditor"
    sample = sample.replace('role/Developer",\n', f'role/Developer",\n  "{second}",\n')
    assert second in sample
    return {"config": sample + QUICK, "page_origins": ["http://localhost:8080"]}


@pytest.fixture(scope="session")
def passwords() -> dict[str, str]:
    """Passwords of the sample org by the name without its host."""
    listed = subprocess.run([program(), "--list-users", "--json"], check=True, capture_output=True)
    return {user["login"].split("@")[0]: user["password"] for user in json.loads(listed.stdout)}


@pytest.fixture
def org(front: Front, okta_org: Emulator) -> Emulator:
    front.org = okta_org.url
    front.asked_for.clear()
    return okta_org


def environment(front: Front, home: Path, **more: str) -> dict[str, str]:
    """The environment of a program: nothing of the machine's own configuration."""
    return {
        "HOME": str(home),
        "PATH": str(Path(sys.executable).parent),
        "REQUESTS_CA_BUNDLE": str(front.authority),
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_ENDPOINT_URL_STS": f"{front.url}{STS}",
        **more,
    }


def asserted(front: Front) -> str:
    """The assertion that was sent to AWS with the one call for credentials, which is for this role."""
    [call] = front.asked_for
    assert call["Action"] == ["AssumeRoleWithSAML"]
    assert call["RoleArn"] == [ROLES[0]]
    assert call["PrincipalArn"] == ["arn:aws:iam::123456789012:saml-provider/Okta"]
    return base64.b64decode(call["SAMLAssertion"][0]).decode()


@pytest.fixture
def phone(org: Emulator) -> Iterator[Phone]:
    phone = Phone(org)
    yield phone
    phone.put_away()


class Phone:
    """Approves a push from another thread, because a client waits for it in its own."""

    def __init__(self, org: Emulator) -> None:
        self._org = org
        self._ended = threading.Event()
        self._threads: list[threading.Thread] = []

    def approve(self) -> None:
        thread = threading.Thread(target=self._wait)
        self._threads.append(thread)
        thread.start()

    def _wait(self) -> None:
        while not self._ended.is_set():
            for push in self._org.pushes():
                self._org.push(push.login, "approve")
                return
            # The client polls once a second; looking more often than that is enough.
            self._ended.wait(0.05)

    def put_away(self) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join()
