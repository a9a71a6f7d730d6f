// Serves the page, and from a second port the package, as a CDN would. Arguments: the folder of the package, the org,
// the two ports; 0 is any free one.
// Not here: anything that a page on a real server needs.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const [folder = join(HERE, "../../pkg"), org = "http://localhost:8081", pagePort = 8080, cdnPort = 8082] =
  process.argv.slice(2);
const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".wasm": "application/wasm",
};

/** Serves what `read` returns for a path; resolves to the origin. */
function serve(port, headers, read) {
  const server = createServer(async ({ url }, response) => {
    const path = normalize(decodeURIComponent(new URL(url, "http://localhost").pathname));
    const file = path.endsWith("/") ? `${path}index.html` : path;
    try {
      const body = await read(file);
      response.writeHead(200, { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream", ...headers });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => {
    server.listen(Number(port), "localhost", () => resolve(`http://localhost:${server.address().port}`));
  });
}

const cdn = await serve(cdnPort, { "Access-Control-Allow-Origin": "*" }, (file) => readFile(join(folder, file)));
const hashes = JSON.parse(await readFile(join(folder, "integrity.json"), "utf8"));
const page = await serve(pagePort, {}, async (file) => {
  const body = await readFile(join(HERE, file));
  if (extname(file) !== ".html") return body;
  return String(body)
    .replaceAll("http://localhost:8081", org)
    .replaceAll("http://localhost:8082", cdn)
    .replace("HASH", hashes["okta-sign-in.js"]);
});
console.log(`serving on ${page}`);
