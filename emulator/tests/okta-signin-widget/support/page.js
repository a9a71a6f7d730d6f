// The page: an address of its own, the widget's files as npm has them, and an element. What the widget is told is in the
// address; what it says is in `window.result`.
import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const DIST = fileURLToPath(new URL("../node_modules/@okta/okta-signin-widget/dist", import.meta.url));
const TYPES = { ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".png": "image/png" };

const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Sign in</title>
<link rel="stylesheet" href="/dist/css/okta-sign-in.min.css"></head>
<body><div id="widget"></div>
<script src="/dist/js/okta-sign-in.classic.min.js"></script>
<script>
  const options = JSON.parse(new URLSearchParams(location.search).get("options") ?? "{}");
  window.told = [];
  const widget = new OktaSignIn({ useClassicEngine: true, language: "en", ...options });
  widget.on("afterError", (context, error) => window.told.push(String(error.message ?? error)));
  widget.renderEl(
    { el: "#widget" },
    (result) => {
      window.result = { status: result.status, type: result.type, token: result.session?.token ?? null };
      window.goOn = (to) => result.session.setCookieAndRedirect(to);
      window.finish = () => result.stepUp.finish();
    },
    (error) => { window.failure = String(error); },
  );
</script></body></html>`;

/** A server of the page on a free port. */
export async function serve() {
  const server = createServer((request, answer) => {
    const path = new URL(request.url, "http://localhost").pathname;
    if (!path.startsWith("/dist/")) {
      answer.writeHead(200, { "Content-Type": "text/html" });
      answer.end(path === "/" ? PAGE : `<!doctype html><title>${encodeURI(path)}</title>`);
      return;
    }
    const file = join(DIST, normalize(path.slice("/dist".length)));
    if (!file.startsWith(DIST) || !existsSync(file)) {
      answer.writeHead(404).end();
      return;
    }
    answer.writeHead(200, {
      "Content-Type": TYPES[extname(file)] ?? "application/octet-stream",
      "Cache-Control": "max-age=600",
    });
    createReadStream(file).pipe(answer);
  });
  await new Promise((resolve) => server.listen(0, "localhost", resolve));
  return { origin: `http://localhost:${server.address().port}`, close: () => server.close() };
}
