// Signs in with a password and a text message. `window.oktaOrg` is the org's address: here the tests set it.

const [primary, code] = [document.querySelector("#primary"), document.querySelector("#code")];
let verify;

async function post(url, body) {
  const answer = await fetch(url, {
    method: "POST",
    headers: { Accept: "application/json", "Content-Type": "application/json" },
    credentials: "include",
    body: JSON.stringify(body),
  });
  const read = await answer.json();
  if (!answer.ok) throw new Error(read.errorSummary);
  return read;
}

async function show(transaction) {
  primary.hidden = true;
  code.hidden = transaction.status !== "MFA_CHALLENGE";
  if (transaction.status === "SUCCESS") document.querySelector("h1").textContent = "Welcome";
  if (transaction.status === "MFA_REQUIRED") {
    const sms = transaction._embedded.factors.find((factor) => factor.factorType === "sms");
    const { stateToken } = transaction;
    verify = (more) => post(sms._links.verify.href, { stateToken, ...more });
    await show(await verify({}));
  }
}

function on(form, submit) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const alert = document.querySelector("[role=alert]");
    alert.textContent = "";
    try {
      await show(await submit(Object.fromEntries(new FormData(form))));
    } catch (error) {
      alert.textContent = error instanceof SyntaxError || error instanceof TypeError ? "Try again later." : error.message;
    }
  });
}

on(primary, ({ username, password }) => post(`${window.oktaOrg}/api/v1/authn`, { username, password }));
on(code, ({ code: passCode }) => verify({ passCode }));
