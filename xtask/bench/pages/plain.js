// The form that someone would write by hand for the first step, and no more.
const form = document.getElementById("form");
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    const response = await fetch(`${form.dataset.org}/api/v1/authn`, {
      method: "POST",
      headers: { Accept: "application/json", "Content-Type": "application/json" },
      credentials: "include",
      body: JSON.stringify({ username: form.username.value, password: form.password.value }),
    });
    const answer = await response.json();
    document.getElementById("error").textContent = response.ok ? answer.status : answer.errorSummary;
  } catch {
    document.getElementById("error").textContent = "The service can't be reached.";
  }
  button.disabled = false;
});
