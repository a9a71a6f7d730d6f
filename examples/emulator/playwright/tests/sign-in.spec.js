import { expect, test } from "./fixtures.js";

test("signs in with a text message", async ({ page, org }) => {
  await page.goto("/");
  await page.getByLabel("Username").fill("jeff.beck");
  await page.getByLabel("Password").fill("xaxaxaxaxa");
  await page.getByRole("button", { name: "Sign in" }).click();

  const code = page.getByLabel("Verification code");
  await expect(code).toBeVisible();
  await code.fill((await org.outbox()).at(-1).code);
  await page.getByRole("button", { name: "Verify" }).click();
  await expect(page.getByRole("heading", { name: "Welcome" })).toBeVisible();
});

test("says that the code has expired", async ({ page, org }) => {
  await page.goto("/");
  await page.getByLabel("Username").fill("jeff.beck");
  await page.getByLabel("Password").fill("xaxaxaxaxa");
  await page.getByRole("button", { name: "Sign in" }).click();

  const code = page.getByLabel("Verification code");
  await expect(code).toBeVisible();
  await code.fill((await org.outbox()).at(-1).code);
  await org.clock.advance(3600);
  await page.getByRole("button", { name: "Verify" }).click();
  await expect(page.getByRole("alert")).toHaveText("Invalid token provided");
});

test("says that the org has a problem", async ({ page, org }) => {
  await org.faults({ path: "/api/v1/authn", fault: { kind: "status", status: 503 } });
  await page.goto("/");
  await page.getByLabel("Username").fill("ada.byron");
  await page.getByLabel("Password").fill("Analytical1843");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toHaveText("Try again later.");
});
