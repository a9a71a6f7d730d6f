"""Starting and stopping, and how each goes wrong."""

from __future__ import annotations

import os
import select
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import post

from okta_emulator import Emulator, EmulatorError
from okta_emulator._program import NAME, VARIABLE


def test_several_orgs_at_once(small_org: dict[str, Any]) -> None:
    with Emulator(small_org) as one, Emulator({"org": {"name": "Nobody"}}) as other:
        assert one.url != other.url
        assert [user.login for user in one.users()] == ["ada@example.com"]
        assert other.users() == []


def test_the_sample_org_is_the_default(okta_org: Emulator) -> None:
    with Emulator() as org:
        assert [user.login for user in org.users()] == [user.login for user in okta_org.users()]


def test_a_mapping_is_the_configuration(small_org: dict[str, Any]) -> None:
    with Emulator(small_org, page_origins=["http://localhost:3000"]) as org:
        ada = {"username": "ada@example.com", "password": "Analytical1843"}
        required = post(f"{org.url}/api/v1/authn", ada)
        assert required["status"] == "MFA_REQUIRED"
        assert required["_embedded"]["user"]["profile"]["firstName"] == 'A "quoted" Ada'
        assert required["_embedded"]["user"]["profile"]["lastName"] == "Byron\\"


def test_https_by_an_authority_that_is_made_at_the_start(small_org: dict[str, Any]) -> None:
    with Emulator(small_org, tls=True) as org:
        assert org.url.startswith("https://localhost:")
        assert org.authority is not None
        assert Path(org.authority).read_text().startswith("-----BEGIN CERTIFICATE-----")
        assert [user.login for user in org.users()] == ["ada@example.com"]


def test_a_text_or_a_path_is_the_configuration(tmp_path: Path) -> None:
    text = '[org]\nname = "Text"\n'
    file = tmp_path / "org.toml"
    file.write_text(text)
    for config in (text, file, str(file)):
        with Emulator(config) as org:
            assert org.users() == []


def test_a_mistake_in_the_configuration_is_the_error() -> None:
    with pytest.raises(EmulatorError, match=r"org\.toml:2: .*nmae"):
        Emulator("[org]\nnmae = 1\n")


def test_a_value_that_toml_does_not_have() -> None:
    with pytest.raises(TypeError, match="TOML has no such value"):
        Emulator({"org": {"name": object()}})


def test_a_configuration_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(EmulatorError, match="nothing.toml"):
        Emulator(tmp_path / "nothing.toml")


def test_page_origins_are_a_list() -> None:
    with pytest.raises(TypeError, match=r"\['http://localhost:3000'\]"):
        Emulator(page_origins="http://localhost:3000")


def test_a_port_in_use(small_org: dict[str, Any]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(EmulatorError, match=f"{port}"):
            Emulator(small_org, port=port)


def test_a_port_of_ones_own(small_org: dict[str, Any]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with Emulator(small_org, port=port) as org:
        assert org.url == f"http://localhost:{port}"


def test_the_variable_names_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "/nowhere/okta-emulator")
    with pytest.raises(EmulatorError, match="/nowhere/okta-emulator, which is no file"):
        Emulator()


def test_the_program_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("okta_emulator._program._installed", lambda: None)
    with pytest.raises(EmulatorError, match=f"is missing.*set {VARIABLE}"):
        Emulator()


@pytest.mark.skipif(sys.platform == "win32", reason="a script is no program there")
def test_the_program_on_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    script(tmp_path / NAME, 'echo "it is this one" >&2; exit 3')
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("okta_emulator._program._installed", lambda: None)
    with pytest.raises(EmulatorError, match="^it is this one$"):
        Emulator()


@pytest.mark.skipif(sys.platform == "win32", reason="a script is no program there")
def test_a_program_that_ends_in_silence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(VARIABLE, script(tmp_path / "silent", "exit 3"))
    with pytest.raises(EmulatorError, match=r"okta-emulator ended \(exit code 3\)"):
        Emulator()


def test_a_file_that_is_no_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no program")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "text"))
    with pytest.raises(EmulatorError, match="could not be started"):
        Emulator()


def test_closed_twice(small_org: dict[str, Any]) -> None:
    org = Emulator(small_org)
    org.close()
    org.close()
    with pytest.raises(EmulatorError, match="was closed. Start another one"):
        org.users()


def test_a_program_that_was_killed(small_org: dict[str, Any]) -> None:
    with Emulator(small_org) as org:
        org._process._child.kill()
        with pytest.raises(EmulatorError, match=r"ended \(.*\). Start another one"):
            org.users()


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="needs Linux")
@pytest.mark.parametrize("how", ["signal.raise_signal(signal.SIGKILL)", "os._exit(1)", "pass"])
def test_it_ends_with_the_process_that_started_it(how: str) -> None:
    program = (
        "import os, signal, okta_emulator\norg = okta_emulator.Emulator({'org': {'name': 'x'}})\n"
        f"print(org._process._child.pid, flush=True)\ninput()\n{how}"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdin is not None and parent.stdout is not None
        emulator = os.pidfd_open(int(parent.stdout.readline()))
        parent.stdin.write(b"go\n")
        parent.stdin.flush()
        ended, _, _ = select.select([emulator], [], [], 20)
        os.close(emulator)
        assert ended


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
def test_what_it_logs_goes_to_standard_error(small_org: dict[str, Any], capfd: pytest.CaptureFixture[str]) -> None:
    with Emulator(small_org, log="info") as org:
        org.control("GET", "clock")
        post(f"{org.url}/api/v1/authn", {"username": "ada@example.com", "password": "Analytical1843"})
    assert "/api/v1/authn" in capfd.readouterr().err


def script(file: Path, content: str) -> str:
    """A program that is a script."""
    file.write_text(f"#!/bin/sh\n{content}\n")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return str(file)


def test_a_signal_of_ctrl_c_reaches_the_test_alone(small_org: dict[str, Any]) -> None:
    # A shell has what it starts in the background ignore the signal.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with Emulator(small_org) as org, pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)
    with pytest.raises(EmulatorError, match="was closed"):
        org.users()
