import * as fs from "node:fs";
import * as http from "node:http";
import { createRequire } from "node:module";
import * as path from "node:path";
import { build } from "esbuild";
import { renderHtml } from "../../src/inspector/html";
import { outDir, repoRoot } from "../harness/paths";

const require_ = createRequire(path.join(repoRoot, "package.json"));
const built = path.join(outDir, "panel");

let served: Promise<string> | undefined;

/** Builds the panel as the package has it and serves its page, once a process, which need not wait for the server to end. */
export function servePanel(): Promise<string> {
  served ??= start();
  return served;
}

async function start(): Promise<string> {
  await build({
    entryPoints: { webview: path.join(repoRoot, "webview/main.ts") },
    bundle: true,
    minify: true,
    format: "esm",
    splitting: true,
    chunkNames: "webview/[name]-[hash]",
    platform: "browser",
    target: "es2022",
    outdir: built,
    logLevel: "warning",
  });
  const files = new Map([
    ["/webview.js", [path.join(built, "webview.js"), "text/javascript"]],
    ["/webview.css", [path.join(built, "webview.css"), "text/css"]],
    ["/codicon.css", [require_.resolve("@vscode/codicons/dist/codicon.css"), "text/css"]],
    ["/codicon.ttf", [require_.resolve("@vscode/codicons/dist/codicon.ttf"), "font/ttf"]],
  ]);
  let address = "";
  const listener = http.createServer((request, response) => {
    const name = new URL(request.url ?? "/", "http://localhost").pathname;
    const chunk = /^\/webview\/([\w-]+\.js)$/.exec(name);
    const file = chunk === null ? files.get(name) : [path.join(built, "webview", chunk[1]), "text/javascript"];
    if (file !== undefined) {
      response.writeHead(200, { "content-type": file[1] }).end(fs.readFileSync(file[0]));
    } else if (name === "/") {
      const page = { scriptUri: "/webview.js", styleUri: "/webview.css", codiconUri: "/codicon.css" };
      const html = renderHtml({
        ...page,
        nonce: "n0nce",
        cspSource: address,
        title: "Memory Inspector",
        lang: "en",
        place: "editor",
      });
      response.writeHead(200, { "content-type": "text/html" }).end(html);
    } else response.writeHead(name === "/favicon.ico" ? 204 : 404).end();
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const bound = listener.address();
  if (bound === null || typeof bound === "string") throw new Error("The test server has no port.");
  address = `http://127.0.0.1:${bound.port}`;
  listener.unref();
  return address;
}
