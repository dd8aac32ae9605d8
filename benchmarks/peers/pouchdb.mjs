// PouchDB (LevelDB files on both laptops) and a server that speaks CouchDB's protocol. Nothing is
// encrypted or signed. BATCH_SIZE is PouchDB's own option; without it, it takes 100 documents a time.

import { createServer } from "node:http";
import { join } from "node:path";
import express from "express";
import expressPouchDB from "express-pouchdb";
import PouchDB from "pouchdb";
import { folder, measure, timed } from "./laptops.mjs";

const options = process.env.BATCH_SIZE ? { batch_size: Number(process.env.BATCH_SIZE) } : {};

function serve() {
  const app = express();
  const kept = PouchDB.defaults({ prefix: join(folder, "server-") });
  const settings = { mode: "minimumForPouchDB", inMemoryConfig: true };
  app.use("/", expressPouchDB(kept, { ...settings, logPath: join(folder, "log.txt") }));
  return new Promise((resolve) => {
    const server = createServer(app).listen(0, "127.0.0.1", () => resolve(server.address().port));
  });
}

async function round(port, name, texts) {
  const [first, fresh] = ["first", "fresh"].map((who) => new PouchDB(join(folder, name + who)));
  const written = texts.map(([which, text], at) => ({ _id: `${which}-${at}`, which, text }));
  await first.bulkDocs(written);
  const server = new PouchDB(`http://127.0.0.1:${port}/${name}`);
  await server.info();
  const push = await timed(() => first.replicate.to(server, options));
  const pull = await timed(() => fresh.replicate.from(server, options));
  return { push, pull, arrived: (await fresh.info()).doc_count };
}

await measure(serve, round);
