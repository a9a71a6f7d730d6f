// Serves the page. In a project of your own, this is whatever serves yours.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";

const FILES = { "/": ["index.html", "text/html"], "/page.js": ["page.js", "text/javascript"] };

createServer(async ({ url }, answer) => {
  const [name, type] = FILES[new URL(url, "http://localhost").pathname] ?? [];
  if (name === undefined) return answer.writeHead(404).end();
  answer.writeHead(200, { "Content-Type": type }).end(await readFile(new URL(`public/${name}`, import.meta.url)));
}).listen(4117, "localhost");
