"""aws-okta-processor, as a program: signs in, finds the application, and gets credentials for a role of the assertion."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from conftest import APP, Phone, asserted, environment
from front import ROLES, SIGN_IN, Front

from okta_emulator import Emulator

def authenticate(front: Front, home: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Runs it without a terminal: then it reads from standard input what it asks for."""
    program = Path(sys.executable).with_name("aws-okta-processor")
    command = [sys.executable, str(program), "authenticate", "--organization", front.host, "--role", ROLES[0]]
    command += ["--sign-in-url", f"{front.url}{SIGN_IN}", "--no-aws-cache", *arguments]
    # In a session of its own it has no terminal.
    options = {"env": environment(front, home), "input": typed, "start_new_session": True, "timeout": 60}
    return subprocess.run(command, capture_output=True, text=True, **options)


def gives_credentials(ended: subprocess.CompletedProcess[str], front: Front, login: str) -> None:
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert json.loads(ended.stdout.splitlines()[-1])["AccessKeyId"] == "key-of-the-role"
    assert login in asserted(front)


def test_a_password_alone(org: Emulator, front: Front, tmp_path: Path) -> None:
    ended = authenticate(front, tmp_path, "--user", "ada.byron", "--pass", "Analytical1843")
    gives_credentials(ended, front, "ada.byron")


def test_a_wrong_password(org: Emulator, front: Front, tmp_path: Path) -> None:
    ended = authenticate(front, tmp_path, "--user", "ada.byron", "--pass", "wrong")
    assert ended.returncode == 1
    assert "Authentication failed" in ended.stdout + ended.stderr


def test_the_code_of_an_app(org: Emulator, front: Front, tmp_path: Path) -> None:
    [code] = org.codes("jeff.beck")
    factor = "token:software:totp:google"
    ended = authenticate(
        front, tmp_path, "--user", "jeff.beck", "--pass", "xaxaxaxaxa", "--factor", factor, typed=f"{code.code}\n"
    )
    gives_credentials(ended, front, "jeff.beck")


def test_a_push(org: Emulator, front: Front, tmp_path: Path, phone: Phone, passwords: dict[str, str]) -> None:
    phone.approve()
    ended = authenticate(
        front, tmp_path, "--user", "tim.lee", "--pass", passwords["tim.lee"], "--factor", "push:okta"
    )
    gives_credentials(ended, front, "tim.lee")


def test_a_hardware_token(org: Emulator, front: Front, tmp_path: Path, passwords: dict[str, str]) -> None:
    [code] = [one.code for one in org.codes("donald.knuth") if one.provider == "YUBICO"]
    arguments = ["--user", "donald.knuth", "--pass", passwords["donald.knuth"]]
    ended = authenticate(front, tmp_path, *arguments, "--factor", "token:hardware:yubico", typed=f"{code}\n")
    gives_credentials(ended, front, "donald.knuth")


def test_the_session_is_kept_and_refreshed(org: Emulator, front: Front, tmp_path: Path) -> None:
    arguments = ["--user", "ada.byron", "--pass", "Analytical1843", "--application", f"{front.url}{APP}"]
    for _ in range(2):
        front.asked_for.clear()
        gives_credentials(authenticate(front, tmp_path, *arguments), front, "ada.byron")
    paths = [request.path for request in org.requests()]
    assert paths.count("/api/v1/authn") == 1, paths
    assert paths.count("/api/v1/sessions/me/lifecycle/refresh") == 1, paths
