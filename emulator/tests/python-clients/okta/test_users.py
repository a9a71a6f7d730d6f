"""Users, their lifecycle, credentials and sessions."""

from __future__ import annotations

import json
from urllib.request import Request, urlopen

import okta.models as models
import pytest
from conftest import done, refused
from okta.client import Client
from okta.pagination import PaginationHelper

from okta_emulator import Emulator


def sign_in(org: Emulator, login: str, password: str) -> dict[str, str]:
    """Signs in as a page does."""
    body = json.dumps({"username": login, "password": password}).encode()
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    with urlopen(Request(f"{org.url}/api/v1/authn", body, headers)) as answer:
        return dict(json.load(answer))


async def test_a_user_is_read_by_id_and_name(client: Client, joan: models.User) -> None:
    for name in (joan.id, "joan", "joan@example.com"):
        assert (await done(client.get_user(name))).id == joan.id
    assert await refused(client.get_user("nobody")) == (404, "E0000007")


async def test_a_login_is_taken(client: Client, joan: models.User) -> None:
    again = models.CreateUserRequest.from_dict({"profile": joan.profile.to_dict()})
    assert await refused(client.create_user(again)) == (400, "E0000001")


async def test_a_user_is_updated_and_replaced(client: Client, joan: models.User) -> None:
    change = models.UpdateUserRequest.from_dict({"profile": {"firstName": "Johanna"}})
    updated = await done(client.update_user(joan.id, change))
    assert (updated.profile.first_name, updated.profile.last_name) == ("Johanna", "Clarke")
    profile = {"firstName": "Joan", "lastName": "Murray", "email": "joan@example.com", "login": "joan@example.com"}
    replaced = await done(client.replace_user(joan.id, models.UpdateUserRequest.from_dict({"profile": profile})))
    assert (replaced.profile.first_name, replaced.profile.last_name) == ("Joan", "Murray")


async def test_all_pages_of_users(client: Client, okta_org: Emulator) -> None:
    logins, after = [], None
    while True:
        users, response, error = await client.list_users(limit=10, after=after)
        assert error is None and len(users) <= 10
        logins += [user.profile.login for user in users]
        after = PaginationHelper.extract_next_cursor(response.headers)
        if after is None:
            break
    assert sorted(logins) == sorted(user.login for user in okta_org.users())


async def test_users_are_found_by_the_beginning_of_a_name(client: Client) -> None:
    found = await done(client.list_users(q="jeff"))
    assert [user.profile.login for user in found] == ["jeff.beck@acme.com"]


async def test_the_lifecycle(client: Client, okta_org: Emulator, joan: models.User) -> None:
    async def status() -> str:
        return str((await done(client.get_user(joan.id))).status.value)

    assert await status() == "ACTIVE"
    await done(client.suspend_user(joan.id))
    assert await status() == "SUSPENDED"
    await done(client.unsuspend_user(joan.id))
    assert await refused(client.unlock_user(joan.id)) == (403, "E0000038")
    okta_org.change_user("joan", locked_out=True)
    assert await status() == "LOCKED_OUT"
    await done(client.unlock_user(joan.id))
    await done(client.deactivate_user(joan.id))
    assert await status() == "DEPROVISIONED"
    activation = await done(client.activate_user(joan.id, send_email=False))
    assert activation.activation_token in activation.activation_url
    await done(client.deactivate_user(joan.id))
    await done(client.delete_user(joan.id))
    assert await refused(client.get_user(joan.id)) == (404, "E0000007")


async def test_a_password_is_changed(client: Client, okta_org: Emulator, joan: models.User) -> None:
    change = {"oldPassword": {"value": "Banburismus1941"}, "newPassword": {"value": "Cryptanalysis1942"}}
    await done(client.change_password(joan.id, models.ChangePasswordRequest.from_dict(change)))
    assert sign_in(okta_org, "joan", "Cryptanalysis1942")["status"] == "SUCCESS"
    assert await refused(client.change_password(joan.id, models.ChangePasswordRequest.from_dict(change))) == (
        403,
        "E0000014",
    )


async def test_a_password_expires(client: Client, okta_org: Emulator, joan: models.User) -> None:
    assert (await done(client.expire_password(joan.id))).status.value == "PASSWORD_EXPIRED"
    assert sign_in(okta_org, "joan", "Banburismus1941")["status"] == "PASSWORD_EXPIRED"


async def test_a_temporary_password_ends_sessions(client: Client, okta_org: Emulator, joan: models.User) -> None:
    body = json.dumps({"sessionToken": sign_in(okta_org, "joan", "Banburismus1941")["sessionToken"]}).encode()
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    with urlopen(Request(f"{okta_org.url}/api/v1/sessions", body, headers)) as answer:
        session = json.load(answer)["id"]
    assert (await done(client.get_session(session))).login == "joan@example.com"
    await done(client.expire_password_with_temp_password(joan.id, revoke_sessions=True))
    assert await refused(client.get_session(session)) == (404, "E0000007")


async def test_a_password_is_reset(client: Client, joan: models.User) -> None:
    token = await done(client.reset_password(joan.id, send_email=False))
    assert "recoveryToken=" in token.reset_password_url
    assert (await done(client.get_user(joan.id))).status.value == "RECOVERY"


async def test_a_recovery_question_is_changed(client: Client, joan: models.User) -> None:
    question = {"question": "Where?", "answer": "Hut eight"}
    wanted = {"password": {"value": "Banburismus1941"}, "recovery_question": question}
    credentials = await done(client.change_recovery_question(joan.id, models.UserCredentials.from_dict(wanted)))
    assert credentials.recovery_question.question == "Where?"


async def test_a_session_is_read_refreshed_and_ended(client: Client, okta_org: Emulator) -> None:
    token = sign_in(okta_org, "ada.byron", "Analytical1843")["sessionToken"]
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    body = json.dumps({"sessionToken": token}).encode()
    with urlopen(Request(f"{okta_org.url}/api/v1/sessions", body, headers)) as answer:
        session = json.load(answer)["id"]
    before = await done(client.get_session(session))
    okta_org.clock.advance(60)
    assert (await done(client.refresh_session(session))).expires_at > before.expires_at
    await done(client.revoke_session(session))
    assert await refused(client.get_session(session)) == (404, "E0000007")


@pytest.mark.parametrize("token", ["wrong", "emulator-api-token-2"])
async def test_a_token_that_is_not_known(okta_org: Emulator, client: Client, token: str) -> None:
    other = Client({"orgUrl": okta_org.url, "token": token})
    assert await refused(other.list_users()) == (401, "E0000011")
