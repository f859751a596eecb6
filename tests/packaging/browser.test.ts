/**
 * The single file in a page of a real browser, served on loopback.
 *
 * @module
 */

import { deepEqual } from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import process from "node:process";
import { test } from "node:test";

import { Folder, program, SAID, SAYING, SINGLE_FILE } from "./program.ts";

/** What keeps a headless browser from looking for anybody but us. */
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** What a page found out; each entry is what the program said there. */
type Found = Record<string, unknown>;

/** Serves a module to a browser and waits for what it posts. */
async function inBrowser(script: string, csp: string): Promise<Found> {
  const worker = program("./credlapse.js").replace(
    "console.log",
    "postMessage",
  );
  const files: Record<string, [string, string | Uint8Array]> = {
    "/": ["text/html", '<script type="module" src="main.js"></script>'],
    "/main.js": ["text/javascript", script],
    "/worker.js": ["text/javascript", worker],
    "/credlapse.js": ["text/javascript", readFileSync(SINGLE_FILE)],
  };
  let found: (value: Found) => void;
  const result = new Promise<Found>((resolve) => found = resolve);
  const server = createServer(async (request, response) => {
    if (request.method === "POST") {
      let body = "";
      for await (const chunk of request) body += chunk;
      response.end();
      found(JSON.parse(body));
      return;
    }
    const [type, content] = files[request.url ?? ""] ?? ["text/plain", ""];
    response.setHeader("content-type", type);
    response.setHeader("content-security-policy", csp);
    response.end(content);
  });
  const url = await listen(server);
  using profile = new Folder();
  const browser = spawn(
    process.env.CHROMIUM_BIN ?? "chromium",
    [...FLAGS, `--user-data-dir=${profile.path}`, url],
    { stdio: "ignore" },
  );
  try {
    return await Promise.race([result, ended(browser)]);
  } finally {
    if (browser.exitCode === null && browser.kill()) {
      await once(browser, "exit");
    }
    server.closeAllConnections();
    server.close();
  }
}

async function listen(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function ended(browser: ChildProcess): Promise<never> {
  const [code] = await once(browser, "exit");
  throw new Error(`the browser ended with ${code} before the page had loaded`);
}

test("a page and its worker", async () => {
  const found = await inBrowser(
    `
    import { explain, init } from "./credlapse.js";
    const found = { at_once: ${SAYING} };
    await init();
    found.after_init = ${SAYING};
    const worker = new Worker("worker.js", { type: "module" });
    found.in_worker = await new Promise((resolve) => {
      worker.onmessage = ({ data }) => resolve(data);
    });
    await fetch("/", { method: "POST", body: JSON.stringify(found) });
    `,
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'",
  );
  deepEqual(found, { at_once: SAID, after_init: SAID, in_worker: SAID });
});

test("a page that forbids WebAssembly goes without diagnoses", async () => {
  const found = await inBrowser(
    `
    import { explain, init } from "./credlapse.js";
    const found = { said: ${SAYING} ?? "nothing" };
    found.init = await init().then(() => "done", ({ name }) => name);
    await fetch("/", { method: "POST", body: JSON.stringify(found) });
    `,
    "default-src 'self'",
  );
  deepEqual(found, { said: "nothing", init: "CompileError" });
});
