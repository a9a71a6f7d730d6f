import "okta-authn-widget";

import type { SignInEvent } from "okta-authn-widget";
import { useState } from "react";

const org = import.meta.env.VITE_OKTA_ORG;

/** Shows the sign-in widget, and who has signed in. */
export function App() {
  const [name, setName] = useState<string>();
  const [step, setStep] = useState("");

  // The session token is for the application's own server, which exchanges it for a session. It is not kept here.
  const welcome = ({ detail }: SignInEvent<"success">) => {
    if (detail.type === "signedIn") setName(detail.user?.firstName ?? "there");
  };

  if (name) return <h1>Welcome, {name}</h1>;
  return (
    <>
      <okta-sign-in
        baseUrl={org}
        sessionRedirect="callback"
        onSuccess={welcome}
        onStep={({ detail }) => setStep(detail.step)}
      />
      <p>Step: {step}</p>
    </>
  );
}
