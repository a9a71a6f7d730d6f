beforeEach(() => {
  cy.task("reset");
});

it("signs in with a text message", () => {
  cy.visit("/", {
    onBeforeLoad(window) {
      Object.assign(window, { oktaOrg: Cypress.env("org") });
    },
  });
  cy.get("input[name=username]").type("jeff.beck");
  cy.get("input[name=password]").type("xaxaxaxaxa", { log: false });
  cy.contains("button", "Sign in").click();
  cy.get("input[name=code]").should("be.visible");
  cy.task("lastCode").then((code) => {
    cy.get("input[name=code]").type(String(code));
  });
  cy.contains("button", "Verify").click();
  cy.contains("h1", "Welcome");
});
