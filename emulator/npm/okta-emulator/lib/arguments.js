// The options of `start` as arguments of the program. Not here: what the program makes of them.

const KNOWN = ["config", "port", "host", "pageOrigins", "baseUrl", "tls", "state", "log"];

/** The arguments; an error for an option that does not exist. `file` is where the configuration is, if there is one. */
export function argumentsOf(options, file) {
  const unknown = Object.keys(options).filter((name) => !KNOWN.includes(name));
  if (unknown.length > 0) {
    throw new TypeError(`start has no option ${unknown.join(", ")}. It has ${KNOWN.join(", ")}.`);
  }
  const { port = 0, host, pageOrigins = [], baseUrl, tls, state, log } = options;
  const given = { "--host": host, "--base-url": baseUrl, "--config": file, "--state": state, "--log": log };
  return [
    ...["--control", "--exit-with-stdin", "--port", String(port)],
    ...[pageOrigins].flat().flatMap((origin) => ["--page-origin", String(origin)]),
    ...tlsArguments(tls),
    ...Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [name, String(value)])),
  ];
}

function tlsArguments(tls) {
  if (tls === undefined || tls === false) return [];
  if (tls === true) return ["--tls"];
  if (typeof tls?.cert === "string" && typeof tls?.key === "string") return ["--tls-cert", tls.cert, "--tls-key", tls.key];
  throw new TypeError("`tls` is true, or { cert, key } with the paths of two PEM files.");
}
