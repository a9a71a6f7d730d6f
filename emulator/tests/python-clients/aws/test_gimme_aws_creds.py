"""gimme-aws-creds: its client of a classic org with every factor that it knows, and the program as a whole."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Optional

import pytest
from conftest import APP, Phone, asserted, environment
from front import ROLES, SIGN_IN, Front
from gimme_aws_creds.errors import GimmeAWSCredsError, GimmeAWSCredsMFAEnrollStatus
from gimme_aws_creds.okta_classic import OktaClassicClient
from gimme_aws_creds.ui import UserInterface

from okta_emulator import Emulator


class Person(UserInterface):
    """Answers its questions for a code, and keeps what it says."""

    def __init__(self, code: Callable[[], Optional[str]] = input) -> None:
        super().__init__(environ={"HOME": "/nowhere"}, argv=["gimme-aws-creds"])
        self._code = code
        self.told: list[str] = []

    def result(self, result: str) -> None:
        self.told.append(result)

    def prompt(self, message: str) -> None:
        self.told.append(message)

    def message(self, message: str) -> None:
        self.told.append(message)

    def notify(self, message: str) -> None:
        self.told.append(message)

    def read_input(self, hidden: bool = False) -> str:
        return self._code() or ""


class PersonWithPhone(Person):
    """Chooses the number that the program shows."""

    def __init__(self, org: Emulator) -> None:
        super().__init__()
        self._org = org

    def notify(self, message: str) -> None:
        super().notify(message)
        if message.startswith("Additional factor correct answer is: "):
            [push] = self._org.pushes()
            self._org.push(push.login, "number", int(message.split()[-1]))


def client(front: Front, person: Person, login: str, password: str) -> OktaClassicClient:
    client = OktaClassicClient(person, front.url, use_keyring=False)
    client.set_username(login)
    client.set_password(password)
    return client


def app_code(org: Emulator, login: str, provider: str) -> Optional[str]:
    [code] = [one.code for one in org.codes(login) if one.provider == provider]
    return code


#: Login, and the factor's type and provider. An app shows the code of the last three; those of the others are sent.
CODES = {
    "SMS": ("jeff.beck", "sms", "OKTA"),
    "call": ("hedy.lamarr", "call", "OKTA"),
    "e-mail": ("hedy.lamarr", "email", "OKTA"),
    "Google Authenticator": ("jeff.beck", "token:software:totp", "GOOGLE"),
    "Symantec VIP": ("donald.knuth", "token", "SYMANTEC"),
    "YubiKey": ("donald.knuth", "token:hardware", "YUBICO"),
}


@pytest.mark.parametrize("factor", CODES)
def test_a_factor_with_a_code(org: Emulator, front: Front, passwords: dict[str, str], factor: str) -> None:
    login, kind, provider = CODES[factor]
    sent = kind in ("sms", "call", "email")
    person = Person(lambda: org.outbox()[-1].code if sent else app_code(org, login, provider))
    gimme = client(front, person, login, passwords[login])
    gimme.set_preferred_mfa_type(kind)
    gimme.set_preferred_mfa_provider(provider)
    session = gimme.auth_session()
    assert session["username"].startswith(login + "@")
    assert session["session"] and session["device_token"], session


def test_a_password_alone(org: Emulator, front: Front) -> None:
    session = client(front, Person(), "ada.byron", "Analytical1843").auth_session()
    assert session["username"] == "ada.byron@example.com"


def test_a_wrong_password(org: Emulator, front: Front) -> None:
    with pytest.raises(GimmeAWSCredsError, match="Authentication failed | Error Code: E0000004"):
        client(front, Person(), "ada.byron", "wrong").auth()


def test_a_locked_account(org: Emulator, front: Front, passwords: dict[str, str]) -> None:
    with pytest.raises(GimmeAWSCredsError, match="E0000004|locked"):
        client(front, Person(), "jean.bartik", passwords["jean.bartik"]).auth()


def test_a_factor_has_to_be_enrolled(org: Emulator, front: Front) -> None:
    with pytest.raises(GimmeAWSCredsMFAEnrollStatus):
        client(front, Person(), "grace.hopper", "Nanoseconds1952").auth()


def test_a_push_is_approved(org: Emulator, front: Front, passwords: dict[str, str], phone: Phone) -> None:
    phone.approve()
    gimme = client(front, Person(), "tim.lee", passwords["tim.lee"])
    gimme.set_preferred_mfa_type("push")
    assert gimme.auth()["status"] == "SUCCESS"


def test_a_push_with_a_number(org: Emulator, front: Front, passwords: dict[str, str]) -> None:
    person = PersonWithPhone(org)
    assert client(front, person, "margaret.hamilton", passwords["margaret.hamilton"]).auth()["status"] == "SUCCESS"


def test_the_device_is_remembered(org: Emulator, front: Front) -> None:
    person = Person(lambda: org.outbox()[-1].code)
    first = client(front, person, "jeff.beck", "xaxaxaxaxa")
    first.set_preferred_mfa_type("sms")
    first.set_remember_device(True)
    device = first.auth_session()["device_token"]
    second = OktaClassicClient(Person(), front.url, device_token=device, use_keyring=False)
    second.set_username("jeff.beck")
    second.set_password("xaxaxaxaxa")
    # The client sets the cookie for a host without its port, and so for another one than this.
    second._http_client.cookies.set("DT", device, domain="localhost.local", path="/")
    assert second.auth()["status"] == "SUCCESS"


def test_the_assertion_has_the_role(org: Emulator, front: Front) -> None:
    person = Person(lambda: app_code(org, "jeff.beck", "GOOGLE"))
    gimme = client(front, person, "jeff.beck", "xaxaxaxaxa")
    gimme.set_preferred_mfa_type("token:software:totp")
    gimme.auth_session()
    answer = gimme.get_saml_response(f"{front.url}{APP}")
    assert answer["TargetUrl"] == f"{front.url}{SIGN_IN}"
    assert b"arn:aws:iam::123456789012:role/Developer" in base64.b64decode(answer["SAMLResponse"])


def test_an_access_token(org: Emulator, front: Front) -> None:
    gimme = client(front, Person(), "ada.byron", "Analytical1843")
    origin = "http://localhost:8080/"
    client_id = org_client(org)
    tokens = gimme.auth_oauth(client_id, redirect_uri=origin, authorization_server="default", id_token=True)
    assert set(tokens) == {"access_token", "id_token"}


def org_client(org: Emulator) -> str:
    """A client that gets tokens without a code, which this program asks for."""
    import urllib.request

    oauth = {
        "application_type": "browser",
        "redirect_uris": ["http://localhost:8080/"],
        "grant_types": ["implicit"],
        "response_types": ["token", "id_token"],
    }
    app = {
        "name": "oidc_client",
        "label": "gimme",
        "signOnMode": "OPENID_CONNECT",
        "credentials": {"oauthClient": {"client_id": "gimme", "token_endpoint_auth_method": "none"}},
        "settings": {"oauthClient": oauth},
    }
    headers = {
        "Authorization": "SSWS emulator-api-token",
        "Content-Type": "application/json",
        "Accept": "application/json",
    }
    request = urllib.request.Request(f"{org.url}/api/v1/apps", json.dumps(app).encode(), headers)
    with urllib.request.urlopen(request) as answer:
        return str(json.load(answer)["credentials"]["oauthClient"]["client_id"])


def test_the_program_gets_credentials(org: Emulator, front: Front, tmp_path: Path) -> None:
    (tmp_path / ".okta_aws_login_config").write_text(
        "[DEFAULT]\n"
        f"okta_org_url = {front.url}\ngimme_creds_server = appurl\napp_url = {front.url}{APP}\n"
        "okta_username = jeff.beck\npreferred_mfa_type = token:software:totp\n"
        f"aws_rolename = {ROLES[0]}\nforce_classic = True\nenable_keychain = False\n"
        "write_aws_creds = False\noutput_format = json\ncred_profile = acc\nresolve_aws_alias = False\ninclude_path = False\n"
    )
    code = app_code(org, "jeff.beck", "GOOGLE") or ""
    variables = environment(front, tmp_path, OKTA_PASSWORD="xaxaxaxaxa", OKTA_MFA_CODE=code)
    program = Path(sys.executable).with_name("gimme-aws-creds")
    command = [sys.executable, str(program), "--force-classic"]
    ended = subprocess.run(command, env=variables, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert json.loads(ended.stdout)["credentials"]["aws_access_key_id"] == "key-of-the-role"
    assert "jeff.beck@acme.com" in asserted(front)
