"""Groups and their members, and factors."""

from __future__ import annotations

import okta.models as models
from conftest import done, refused
from okta.client import Client

from okta_emulator import Emulator


def group(name: str) -> models.AddGroupRequest:
    return models.AddGroupRequest.from_dict({"profile": {"name": name, "description": "Hut eight"}})


async def test_a_group_is_made_renamed_and_deleted(client: Client) -> None:
    made = await done(client.add_group(group("Codebreakers")))
    assert (await done(client.get_group(made.id))).profile.actual_instance.name == "Codebreakers"
    replaced = await done(client.replace_group(made.id, group("Cryptanalysts")))
    assert replaced.profile.actual_instance.name == "Cryptanalysts"
    found = await done(client.list_groups(q="Crypt"))
    assert [one.id for one in found] == [made.id]
    await done(client.delete_group(made.id))
    assert await refused(client.get_group(made.id)) == (404, "E0000007")


async def test_members_come_and_go(client: Client, joan: models.User) -> None:
    made = await done(client.add_group(group("Codebreakers")))
    await done(client.assign_user_to_group(made.id, joan.id))
    assert [user.id for user in await done(client.list_group_users(made.id))] == [joan.id]
    names = [one.profile.actual_instance.name for one in await done(client.list_user_groups(joan.id))]
    assert names == ["Everyone", "Codebreakers"]
    await done(client.unassign_user_from_group(made.id, joan.id))
    assert await done(client.list_group_users(made.id)) == []


async def test_factors_are_listed_and_read(client: Client) -> None:
    factors = await done(client.list_factors("jeff.beck"))
    assert [factor.factor_type for factor in factors] == ["sms", "question", "token:software:totp"]
    for factor in factors:
        assert (await done(client.get_factor("jeff.beck", factor.id))).id == factor.id
    jeff = await done(client.get_user("jeff.beck"))
    assert len(await done(client.list_supported_security_questions(jeff.id))) > 10


async def test_factors_that_may_be_enrolled(client: Client) -> None:
    kinds = [(one.factor_type, one.provider) for one in await done(client.list_supported_factors("ada.byron"))]
    assert ("token:software:totp", "GOOGLE") in kinds


async def test_an_authenticator_app_is_enrolled_and_removed(client: Client, joan: models.User) -> None:
    """The models of this version have no member for a code, and none for a push that waits, so nothing is verified."""
    wanted = models.UserFactorTokenSoftwareTOTP(factorType="token:software:totp", provider="GOOGLE")
    factor = await done(client.enroll_factor(joan.id, wanted))
    assert factor.status.value == "PENDING_ACTIVATION"
    await done(client.unenroll_factor(joan.id, factor.id))
    assert await refused(client.get_factor(joan.id, factor.id)) == (404, "E0000007")


async def test_all_factors_are_reset(client: Client) -> None:
    await done(client.reset_factors("jeff.beck"))
    assert await done(client.list_factors("jeff.beck")) == []
