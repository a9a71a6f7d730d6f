// Signs in with a password and the code of an authenticator app, and returns the session token.

async function post(url, body) {
  const answer = await fetch(url, {
    method: "POST",
    headers: { Accept: "application/json", "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const read = await answer.json();
  if (!answer.ok) throw new Error(read.errorSummary);
  return read;
}

export async function signIn(org, username, password, askForCode) {
  let transaction = await post(`${org}/api/v1/authn`, { username, password });
  if (transaction.status === "MFA_REQUIRED") {
    const factor = transaction._embedded.factors.find(({ factorType }) => factorType === "token:software:totp");
    const { stateToken } = transaction;
    transaction = await post(factor._links.verify.href, { stateToken, passCode: await askForCode() });
  }
  return transaction.sessionToken;
}
