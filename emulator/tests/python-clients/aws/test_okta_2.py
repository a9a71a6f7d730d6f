"""PyPI `okta` 2.9, which gimme-aws-creds uses: users, groups, factors, sessions, and the settings that it reads."""

from __future__ import annotations

import json
from typing import Any
from urllib.request import Request, urlopen

import okta.models as models
import pytest
from okta.client import Client

from okta_emulator import Emulator

JOAN = {"firstName": "Joan", "lastName": "Clarke", "email": "joan@example.com", "login": "joan@example.com"}


@pytest.fixture
def client(org: Emulator, monkeypatch: pytest.MonkeyPatch) -> Client:
    # The client's own switch for orgs without HTTPS.
    monkeypatch.setenv("OKTA_TESTING_TESTINGDISABLEHTTPSCHECK", "true")
    return Client({"orgUrl": org.url, "token": "emulator-api-token"})


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
    wanted = {"profile": JOAN, "credentials": {"password": {"value": "Banburismus1941"}}}
    return await done(client.create_user(wanted))


async def test_all_pages_of_users(client: Client, org: Emulator) -> None:
    users, response, error = await client.list_users({"limit": 10})
    assert error is None and len(users) == 10
    while response.has_next():
        page, error = await response.next()
        assert error is None
        users += page
    assert sorted(user.profile.login for user in users) == sorted(user.login for user in org.users())


async def test_a_user_is_found_read_and_updated(client: Client, joan: models.User) -> None:
    assert [user.id for user in await done(client.list_users({"q": "joan"}))] == [joan.id]
    assert (await done(client.get_user("joan@example.com"))).id == joan.id
    assert (await done(client.partial_update_user(joan.id, {"profile": {"firstName": "Johanna"}}))).profile.lastName
    updated = await done(client.update_user(joan.id, {"profile": {**JOAN, "lastName": "Murray"}}))
    assert (updated.profile.firstName, updated.profile.lastName) == ("Joan", "Murray")
    assert await refused(client.get_user("nobody")) == (404, "E0000007")


async def test_the_lifecycle(client: Client, joan: models.User) -> None:
    await done(client.suspend_user(joan.id))
    assert (await done(client.get_user(joan.id))).status == "SUSPENDED"
    await done(client.unsuspend_user(joan.id))
    assert (await done(client.expire_password(joan.id))).status == "PASSWORD_EXPIRED"
    temporary = await done(client.expire_password_and_get_temporary_password(joan.id))
    assert temporary.temp_password
    token = await done(client.reset_password(joan.id, {"sendEmail": "False"}))
    assert "recoveryToken=" in token.reset_password_url
    # The first call switches the user off, the second one deletes.
    await done(client.deactivate_or_delete_user(joan.id))
    assert (await done(client.get_user(joan.id))).status == "DEPROVISIONED"
    await done(client.deactivate_or_delete_user(joan.id))
    assert await refused(client.get_user(joan.id)) == (404, "E0000007")


async def test_a_group_and_its_members(client: Client, joan: models.User) -> None:
    group = await done(client.create_group({"profile": {"name": "Codebreakers", "description": "Hut eight"}}))
    renamed = await done(client.update_group(group.id, {"profile": {"name": "Cryptanalysts"}}))
    assert renamed.profile.name == "Cryptanalysts"
    await done(client.add_user_to_group(group.id, joan.id))
    assert [user.id for user in await done(client.list_group_users(group.id))] == [joan.id]
    assert [one.profile.name for one in await done(client.list_user_groups(joan.id))] == ["Everyone", "Cryptanalysts"]
    await done(client.remove_user_from_group(group.id, joan.id))
    await done(client.delete_group(group.id))
    assert await refused(client.get_group(group.id)) == (404, "E0000007")


async def test_a_text_message_is_enrolled_and_verified(client: Client, org: Emulator, joan: models.User) -> None:
    profile = models.SmsUserFactorProfile({"phoneNumber": "+14155550199"})
    wanted = models.SmsUserFactor({"factorType": "sms", "provider": "OKTA", "profile": profile})
    factor = await done(client.enroll_factor(joan.id, wanted))
    code = org.outbox()[-1].code
    activated = await done(client.activate_factor(joan.id, factor.id, {"passCode": code}, models.SmsUserFactor))
    assert activated.status == "ACTIVE"
    # A second message is sent after half a minute.
    org.clock.advance(30)
    await done(client.verify_factor(joan.id, factor.id, {}))
    answer = await done(client.verify_factor(joan.id, factor.id, {"passCode": org.outbox()[-1].code}))
    assert answer.factor_result == "SUCCESS"
    await done(client.delete_factor(joan.id, factor.id))
    assert await done(client.list_factors(joan.id)) == []


async def test_an_authenticator_app_is_enrolled_and_verified(client: Client, org: Emulator, joan: models.User) -> None:
    wanted = models.TotpUserFactor({"factorType": "token:software:totp", "provider": "GOOGLE"})
    factor = await done(client.enroll_factor(joan.id, wanted))
    [code] = org.codes("joan")
    body = {"passCode": code.code}
    assert (await done(client.activate_factor(joan.id, factor.id, body, models.TotpUserFactor))).status == "ACTIVE"
    # A code is accepted once.
    assert (await refused(client.verify_factor(joan.id, factor.id, body)))[0] == 403
    org.clock.advance(30)
    [code] = org.codes("joan")
    assert (await done(client.verify_factor(joan.id, factor.id, {"passCode": code.code}))).factor_result == "SUCCESS"


async def test_factors_that_may_be_enrolled(client: Client) -> None:
    assert await done(client.list_supported_factors("ada.byron"))


async def test_a_session_is_made_read_refreshed_and_ended(client: Client, org: Emulator) -> None:
    body = json.dumps({"username": "ada.byron", "password": "Analytical1843"}).encode()
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    with urlopen(Request(f"{org.url}/api/v1/authn", body, headers)) as answer:
        token = json.load(answer)["sessionToken"]
    session = await done(client.create_session({"sessionToken": token}))
    assert (await done(client.get_session(session.id))).login == "ada.byron@example.com"
    assert (await done(client.refresh_session(session.id))).id == session.id
    await done(client.end_session(session.id))
    assert await refused(client.get_session(session.id)) == (404, "E0000007")


async def test_links_to_applications(client: Client) -> None:
    assert "amazon_aws" in [link.app_name for link in await done(client.list_app_links("ada.byron"))]


async def test_settings_are_read(client: Client) -> None:
    for kind in ("OKTA_SIGN_ON", "PASSWORD", "MFA_ENROLL"):
        assert await done(client.list_policies({"type": kind}))
    assert await done(client.list_applications())
    assert await done(client.list_origins())
    assert await done(client.list_identity_providers())
