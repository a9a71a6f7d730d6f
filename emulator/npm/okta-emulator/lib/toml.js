// Writes an object as a TOML document (https://toml.io/en/v1.0.0), one line for each member: values of TOML nest in one
// line. Not here: what the members mean.

/** The document; an error names the member that TOML has no value for. */
export function toToml(object) {
  return members(object, "")
    .map(([key, value, path]) => `${text(key)} = ${valueOf(value, path)}\n`)
    .join("");
}

function members(object, above) {
  return Object.entries(object)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [key, value, above ? `${above}.${key}` : key]);
}

function valueOf(value, path) {
  if (typeof value === "string") return text(value);
  if (typeof value === "boolean" || typeof value === "bigint") return String(value);
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  if (Array.isArray(value)) return `[${value.map((one, index) => valueOf(one, `${path}[${index}]`)).join(", ")}]`;
  if (isPlain(value)) {
    const inside = members(value, path).map(([key, one, below]) => `${text(key)} = ${valueOf(one, below)}`);
    return `{ ${inside.join(", ")} }`;
  }
  throw new TypeError(`config.${path} is ${String(value)}, for which TOML has no value. Leave the member out.`);
}

function isPlain(value) {
  return typeof value === "object" && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value));
}

// What JSON escapes is what TOML escapes, but for one character.
function text(value) {
  return JSON.stringify(value).replaceAll("\u007f", "\\u007f");
}
