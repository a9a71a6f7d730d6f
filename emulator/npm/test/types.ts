// Whether the types let through what is right, and nothing that is wrong: read by tsc, never run.

import { start, program, type Code, type Config, type Message, type Org } from "okta-emulator";

const config: Config = { users: [{ login: "lin@example.com", password: "Correct-Horse-1" }], engine: "classic" };

export async function drive(): Promise<string> {
  await using org: Org = await start({ config, port: 0, pageOrigins: ["http://localhost:3000"], tls: true });
  await start({ config: new URL("file:///org.toml"), tls: { cert: "cert.pem", key: "key.pem" }, host: "a.localhost" });
  const codes: Code[] = await org.codes("lin");
  const messages: Message[] = await org.outbox();
  const now: Date = await org.clock.advance(60);
  await org.faults({ path: "/", fault: { kind: "delay", seconds: 1 } }, { path: "/", times: 2, fault: { kind: "hang" } });
  await org.faults({ path: "/", fault: { kind: "answer", contentType: "text/html" } }, { path: "/", fault: { kind: "lose" } });
  await org.push("lin", "number", 7);
  await org.reset();
  await org.close();
  // @ts-expect-error: an option that does not exist
  await start({ pageOrigin: "http://localhost:3000" });
  // @ts-expect-error: seconds are a number
  await org.clock.advance("60");
  // @ts-expect-error: a fault that does not exist
  await org.faults({ path: "/", fault: { kind: "explode" } });
  // @ts-expect-error: which number
  await org.push("lin", "number");
  return [program(), org.url, codes.length, messages.at(-1)?.code ?? "", now.toISOString()].join();
}
