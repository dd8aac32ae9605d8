// What both peers in this folder have in common: a server in its own process, and one round timed.
//
// node peer.mjs FOLDER TEXTS      TEXTS is [[case, text], ...]; prints {"push": s, "pull": s}

import { fork } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";

export const folder = process.argv[2];

/** Serve when this is the server's process (`serve` gives its port); otherwise measure two rounds.
 *
 * `round(port, name, texts)` gives { push, pull, arrived }. The first, small one only warms up.
 */
export async function measure(serve, round) {
  if (process.env.PEER_SERVER) {
    process.send(await serve());
    return;
  }
  mkdirSync(folder, { recursive: true });
  const server = fork(process.argv[1], process.argv.slice(2), {
    env: { ...process.env, PEER_SERVER: "1" },
  });
  const port = await new Promise((resolve, reject) => {
    server.once("message", resolve);
    server.once("exit", reject);
  });
  const texts = JSON.parse(readFileSync(process.argv[3], "utf-8"));
  await round(port, "warm", texts.slice(0, Math.ceil(texts.length / 10)));
  const { push, pull, arrived } = await round(port, "real", texts);
  if (arrived !== texts.length) throw new Error(`${arrived} of ${texts.length} arrived`);
  console.log(JSON.stringify({ push: push / 1000, pull: pull / 1000 }));
  server.kill();
  process.exit(0);
}

/** Milliseconds that this takes. */
export async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
