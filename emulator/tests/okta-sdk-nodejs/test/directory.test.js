// Groups, the schema of users, policies, trusted origins, identity providers.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { all, Org } from "../support/org.js";
import { refused } from "../support/refused.js";

let org, client;
before(async () => {
  org = await Org.start();
  client = org.client;
});
after(() => org.stop());

test("a group is created, read, changed and deleted", async () => {
  const api = client.groupApi;
  const made = await api.createGroup({ group: { profile: { name: "Night shift" } } });
  assert.equal((await api.getGroup({ groupId: made.id })).profile.name, "Night shift");
  const group = { profile: { name: "Late shift", description: "after ten" } };
  const changed = await api.replaceGroup({ groupId: made.id, group });
  assert.equal(changed.profile.description, "after ten");
  const found = await all(api.listGroups({ q: "Late" }));
  assert.deepEqual(found.map((one) => one.id), [made.id]);
  await refused(api.createGroup({ group }), 400, "E0000001");
  await api.deleteGroup({ groupId: made.id });
  await refused(api.getGroup({ groupId: made.id }), 404, "E0000007");
});

test("a user joins a group and leaves it", async () => {
  const made = await client.groupApi.createGroup({ group: { profile: { name: "Day shift" } } });
  const user = await client.userApi.getUser({ userId: "ada.byron" });
  const membership = { groupId: made.id, userId: user.id };
  const members = async () => (await all(client.groupApi.listGroupUsers({ groupId: made.id }))).map((one) => one.id);
  const names = async () => (await all(client.userApi.listUserGroups({ userId: user.id }))).map((one) => one.id);
  await client.groupApi.assignUserToGroup(membership);
  assert.deepEqual(await members(), [user.id]);
  assert.ok((await names()).includes(made.id));
  await client.groupApi.unassignUserFromGroup(membership);
  assert.deepEqual(await members(), []);
  assert.ok(!(await names()).includes(made.id));
});

test("the schema of users is read and extended", async () => {
  const api = client.schemaApi;
  const before = await api.getUserSchema({ schemaId: "default" });
  assert.deepEqual(before.definitions.base.required, ["login", "email", "firstName", "lastName"]);
  const badge = { title: "Badge", type: "string" };
  const userSchema = { definitions: { custom: { id: "#custom", type: "object", properties: { badge } } } };
  await api.updateUserProfile({ schemaId: "default", userSchema });
  const schema = await api.getUserSchema({ schemaId: "default" });
  assert.equal(schema.definitions.custom.properties.badge.title, "Badge");
});

test("policies and their rules are read by type", async () => {
  const api = client.policyApi;
  for (const type of ["OKTA_SIGN_ON", "PASSWORD", "MFA_ENROLL"]) {
    const policies = await all(api.listPolicies({ type }));
    assert.ok(policies.length > 0 && policies.every((policy) => policy.type === type), type);
    const policy = await api.getPolicy({ policyId: policies[0].id });
    assert.equal(policy.name, policies[0].name);
    const rules = await all(api.listPolicyRules({ policyId: policy.id }));
    const rule = await api.getPolicyRule({ policyId: policy.id, ruleId: rules[0].id });
    assert.equal(rule.id, rules[0].id);
  }
});

test("a trusted origin is created, read and deleted", async () => {
  const api = client.trustedOriginApi;
  const wanted = { name: "Shop", origin: "http://shop.example", scopes: [{ type: "CORS" }, { type: "REDIRECT" }] };
  const made = await api.createTrustedOrigin({ trustedOrigin: wanted });
  assert.equal((await api.getTrustedOrigin({ trustedOriginId: made.id })).origin, "http://shop.example");
  const origins = await all(api.listTrustedOrigins());
  assert.deepEqual(origins.map((one) => one.origin).sort(), ["http://localhost:8080", "http://shop.example"]);
  await api.deleteTrustedOrigin({ trustedOriginId: made.id });
  await refused(api.getTrustedOrigin({ trustedOriginId: made.id }), 404, "E0000007");
});

test("an identity provider is created, read, replaced, switched off and deleted", async () => {
  const api = client.identityProviderApi;
  const wanted = {
    type: "OIDC",
    name: "Elsewhere",
    protocol: {
      type: "OIDC",
      scopes: ["openid"],
      credentials: { client: { client_id: "us", client_secret: "emulator-secret" } },
    },
    policy: { provisioning: { action: "AUTO" } },
  };
  const made = await api.createIdentityProvider({ identityProvider: wanted });
  const idpId = made.id;
  assert.equal((await api.getIdentityProvider({ idpId })).name, "Elsewhere");
  const renamed = { ...wanted, name: "Somewhere" };
  assert.equal((await api.replaceIdentityProvider({ idpId, identityProvider: renamed })).name, "Somewhere");
  assert.equal((await api.deactivateIdentityProvider({ idpId })).status, "INACTIVE");
  assert.equal((await api.activateIdentityProvider({ idpId })).status, "ACTIVE");
  const found = await all(api.listIdentityProviders({ q: "Some" }));
  assert.deepEqual(found.map((one) => one.id), [idpId]);
  await api.deleteIdentityProvider({ idpId });
  await refused(api.getIdentityProvider({ idpId }), 404, "E0000007");
});
