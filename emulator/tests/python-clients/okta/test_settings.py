"""Policies, applications, trusted origins, identity providers and authorization servers."""

from __future__ import annotations

import okta.models as models
import pytest
from conftest import done, refused
from okta.client import Client


@pytest.mark.parametrize("kind", ["OKTA_SIGN_ON", "PASSWORD", "MFA_ENROLL"])
async def test_policies_have_rules(client: Client, kind: str) -> None:
    policies = await done(client.list_policies(type=kind))
    assert policies
    for policy in policies:
        assert (await done(client.get_policy(policy.id))).id == policy.id
        assert len(await done(client.list_policy_rules(policy.id))) == 1
    assert await refused(client.get_policy("00pother")) == (404, "E0000007")


async def test_an_application_is_made_switched_off_and_deleted(client: Client) -> None:
    oauth = {"application_type": "web", "redirect_uris": ["http://localhost/callback"]}
    oauth |= {"grant_types": ["authorization_code"], "response_types": ["code"]}
    wanted = {
        "name": "oidc_client",
        "label": "Mine",
        "signOnMode": "OPENID_CONNECT",
        "credentials": {"oauthClient": {"token_endpoint_auth_method": "client_secret_basic"}},
        "settings": {"oauthClient": oauth},
    }
    made = await done(client.create_application(models.OpenIdConnectApplication.from_dict(wanted)))
    assert made.credentials.oauth_client.client_secret
    assert made.id in [app.id for app in await done(client.list_applications())]
    assert (await done(client.get_application(made.id))).label == "Mine"
    assert await refused(client.delete_application(made.id)) == (403, "E0000056")
    await done(client.deactivate_application(made.id))
    await done(client.activate_application(made.id))
    await done(client.deactivate_application(made.id))
    await done(client.delete_application(made.id))
    assert await refused(client.get_application(made.id)) == (404, "E0000007")


async def test_a_trusted_origin_is_made_and_deleted(client: Client) -> None:
    wanted = {"name": "Shop", "origin": "http://localhost:9999", "scopes": [{"type": "CORS"}, {"type": "REDIRECT"}]}
    made = await done(client.create_trusted_origin(models.TrustedOriginWrite.from_dict(wanted)))
    assert made.id in [one.id for one in await done(client.list_trusted_origins())]
    assert (await done(client.get_trusted_origin(made.id))).origin == "http://localhost:9999"
    await done(client.delete_trusted_origin(made.id))
    assert await refused(client.get_trusted_origin(made.id)) == (404, "E0000007")


async def test_identity_providers_are_switched_off_and_on(client: Client) -> None:
    for provider in await done(client.list_identity_providers()):
        assert (await done(client.get_identity_provider(provider.id))).name == provider.name
        assert (await done(client.deactivate_identity_provider(provider.id))).status.value == "INACTIVE"
        assert (await done(client.activate_identity_provider(provider.id))).status.value == "ACTIVE"


async def test_an_authorization_server_has_scopes_claims_and_policies(client: Client) -> None:
    [server] = await done(client.list_authorization_servers())
    assert (await done(client.get_authorization_server(server.id))).audiences == ["api://default"]
    assert "orders:read" in [scope.name for scope in await done(client.list_o_auth2_scopes(server.id))]
    assert [claim.name for claim in await done(client.list_o_auth2_claims(server.id))] == ["department"]
    [policy] = await done(client.list_authorization_server_policies(server.id))
    assert len(await done(client.list_authorization_server_policy_rules(server.id, policy.id))) == 1
