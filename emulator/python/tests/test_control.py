"""Every call of the org, on the sample org."""

from __future__ import annotations

import urllib.request
from datetime import timedelta
from typing import Any
from urllib.error import HTTPError

import pytest
from conftest import post

from okta_emulator import Emulator, EmulatorError

ADA = {"username": "ada.byron", "password": "Analytical1843"}
JEFF = {"username": "jeff.beck", "password": "xaxaxaxaxa"}
TIM = {"username": "tim.lee"}


def begin(org: Emulator, factor_type: str) -> tuple[str, dict[str, Any]]:
    """Jeff's sign-in, where this factor is asked for: the address that verifies it, and the body."""
    required = post(f"{org.url}/api/v1/authn", JEFF)
    factors = required["_embedded"]["factors"]
    factor = next(one for one in factors if one["factorType"] == factor_type)
    return factor["_links"]["verify"]["href"], {"stateToken": required["stateToken"]}


def test_users(okta_org: Emulator) -> None:
    jeff = next(user for user in okta_org.users() if user.login == "jeff.beck@acme.com")
    assert (jeff.status, jeff.activation_token) == ("ACTIVE", None)
    assert jeff.factors == ["okta_sms", "okta_question", "google_otp"]


def test_a_message_has_the_code(okta_org: Emulator) -> None:
    verify, body = begin(okta_org, "sms")
    post(verify, body)
    [message] = okta_org.outbox()
    assert (message.channel, message.login, message.to) == ("sms", "jeff.beck", "+14155554259")
    assert post(verify, {**body, "passCode": message.code})["status"] == "SUCCESS"


def test_an_app_shows_the_code(okta_org: Emulator) -> None:
    verify, body = begin(okta_org, "token:software:totp")
    [code] = okta_org.codes("jeff.beck")
    assert (code.provider, code.status, code.secret) == ("GOOGLE", "ACTIVE", "KYCRM33UJZSXQ2DW")
    assert post(verify, {**body, "passCode": code.code})["status"] == "SUCCESS"
    assert {code.status for code in okta_org.codes()} >= {"ACTIVE", "SPARE"}


def test_the_clock_moves_forward_until_the_reset(okta_org: Emulator) -> None:
    start = okta_org.clock.now()
    assert okta_org.clock.advance(3600) - start >= timedelta(hours=1)
    assert okta_org.clock.advance(timedelta(days=1)) - start >= timedelta(hours=25)
    with pytest.raises(EmulatorError, match="only goes forward"):
        okta_org.clock.advance(-1)
    okta_org.reset()
    assert okta_org.clock.now() - start < timedelta(hours=1)


def test_a_fault_is_answered_as_often_as_planned(okta_org: Emulator) -> None:
    okta_org.faults("/api/v1/authn", "status", method="POST", times=2, status=503)
    for _ in range(2):
        with pytest.raises(HTTPError, match="503"):
            post(f"{okta_org.url}/api/v1/authn", ADA)
    assert post(f"{okta_org.url}/api/v1/authn", ADA)["status"] == "SUCCESS"
    assert [request.status for request in okta_org.requests()] == [503, 503, 200]


def test_a_fault_replaces_a_member(okta_org: Emulator) -> None:
    okta_org.faults("/api/v1/authn", "replace", pointer="/status", value=None)
    assert post(f"{okta_org.url}/api/v1/authn", ADA)["status"] is None


def test_a_fault_answers_in_place_of_the_org(okta_org: Emulator) -> None:
    okta_org.faults("/api/v1/authn", "answer", status=203, content_type="text/html", body="<h1>Welcome to the hotel</h1>")
    with urllib.request.urlopen(f"{okta_org.url}/api/v1/authn") as answer:
        assert (answer.status, answer.headers["content-type"], answer.read()) == (
            203,
            "text/html",
            b"<h1>Welcome to the hotel</h1>",
        )


def test_a_fault_replaces_a_header(okta_org: Emulator) -> None:
    okta_org.faults("/api/v1/authn", "answer", content_type="text/html", body="x")
    okta_org.faults("/api/v1/authn", "header", name="retry-after", value="5")
    with urllib.request.urlopen(f"{okta_org.url}/api/v1/authn") as answer:
        assert answer.headers["retry-after"] == "5"


@pytest.mark.parametrize("remove", ["clear_faults", "reset"])
def test_faults_are_removed(okta_org: Emulator, remove: str) -> None:
    okta_org.faults("/api/v1/authn", "rate-limit", times=9)
    getattr(okta_org, remove)()
    assert post(f"{okta_org.url}/api/v1/authn", ADA)["status"] == "SUCCESS"


def test_an_unknown_fault_is_refused(okta_org: Emulator) -> None:
    with pytest.raises(EmulatorError, match=r"POST /control/faults was answered with 422: .*unknown variant `lightning`"):
        okta_org.faults("/", "lightning")


def test_a_user_is_changed(okta_org: Emulator) -> None:
    okta_org.change_user("ada.byron", locked_out=True)
    assert next(user for user in okta_org.users() if user.login.startswith("ada")).status == "LOCKED_OUT"
    with pytest.raises(EmulatorError, match="404: There is no such user"):
        okta_org.change_user("nobody", locked_out=True)


def test_a_push_is_approved(okta_org: Emulator) -> None:
    challenge = okta_org.transaction("tim.lee", "MFA_CHALLENGE", factor="okta_push")
    [push] = okta_org.pushes()
    assert (push.login, push.kind, push.numbers) == ("tim.lee", "approve", None)
    okta_org.push("tim.lee", "approve")
    state = {"stateToken": challenge.state_token}
    going_on = post(f"{okta_org.url}/api/v1/authn", state)["_links"]["next"]["href"]
    assert post(going_on, state)["status"] == "SUCCESS"


def test_a_transaction_has_the_address_of_the_page(okta_org: Emulator) -> None:
    required = okta_org.transaction("jeff.beck", "MFA_REQUIRED")
    assert required.url == f"http://localhost:3000/?stateToken={required.state_token}"


def test_any_other_call(okta_org: Emulator) -> None:
    assert okta_org.control("GET", "engine") == {"engine": "classic"}
    with pytest.raises(EmulatorError, match="404: There is no such part"):
        okta_org.control("GET", "weather")
