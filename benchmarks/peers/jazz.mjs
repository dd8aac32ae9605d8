// Jazz: end-to-end encrypted and signed, its native cryptography, SQLite files at both laptops and
// at the sync server. A case is one value (CoMap) and a text one private edit of it, which suits
// Jazz best: signed about once in 100 kB. With VALUE_EACH a text is a value of its own that the case
// names, as Jazz's guides keep a note.

import { join } from "node:path";
import { LocalNode, getSqliteStorage } from "cojson";
import { createWebSocketPeer } from "cojson-transport-ws";
import { NapiCrypto } from "cojson/crypto/NapiCrypto";
import Database from "libsql";
import { WebSocket, WebSocketServer } from "ws";
import { folder, measure, timed } from "./laptops.mjs";

const valueEach = Boolean(process.env.VALUE_EACH);
const crypto = await NapiCrypto.create();

function storage(name) {
  const file = new Database(join(folder, `${name}.db`));
  file.pragma("journal_mode = WAL");
  file.pragma("synchronous = FULL"); // as ours
  const statements = new Map();
  const statement = (sql) => {
    if (!statements.has(sql)) statements.set(sql, file.prepare(sql));
    return statements.get(sql);
  };
  return getSqliteStorage({
    run: (sql, values) => void statement(sql).run(values),
    get: (sql, values) => statement(sql).get(values),
    query: (sql, values) => statement(sql).all(values),
    transaction: (work) => file.transaction(work)(),
    closeDb: () => file.close(),
  });
}

/** A sync server as `jazz-run sync` starts one. */
function serve() {
  const secret = crypto.newRandomAgentSecret();
  const session = crypto.newRandomSessionID(crypto.getAgentID(secret));
  const node = new LocalNode(secret, session, crypto);
  node.setStorage(storage("server"));
  node.enableGarbageCollector();
  const sockets = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  const options = { role: "client", expectPings: false, batchingByDefault: false };
  let laptops = 0;
  sockets.on("connection", (websocket) => {
    const id = `laptop-${laptops++}`;
    const peer = createWebSocketPeer({ ...options, id, websocket, deletePeerStateOnClose: true });
    node.syncManager.addPeer(peer);
  });
  return new Promise((resolve) => {
    sockets.on("listening", () => resolve(sockets.address().port));
  });
}

function server(port) {
  const websocket = new WebSocket(`ws://127.0.0.1:${port}`);
  return createWebSocketPeer({ id: "server", role: "server", websocket, expectPings: false });
}

async function round(port, name, texts) {
  const { node, accountID, accountSecret } = await LocalNode.withNewlyCreatedAccount({
    creationProps: { name },
    crypto,
    storage: storage(`${name}-first`),
  });
  const cases = written(node.createGroup(), texts);
  await allStored(node, cases);
  const push = await timed(async () => {
    node.syncManager.addPeer(server(port));
    await node.syncManager.waitForAllCoValuesSync();
  });
  await node.gracefulShutdown();
  let counts = [];
  const pull = await timed(async () => {
    const fresh = await LocalNode.withLoadedAccount({
      accountID,
      accountSecret,
      sessionID: undefined,
      crypto,
      peers: [server(port)],
      storage: storage(`${name}-fresh`),
    });
    counts = await Promise.all(cases.map((id) => textsIn(fresh, id)));
    await allStored(fresh, cases);
    await fresh.gracefulShutdown();
  });
  return { push, pull, arrived: counts.reduce((sum, some) => sum + some, 0) };
}

/** The ids of the cases after every text was written, as edits made without a network. */
function written(group, texts) {
  const cases = new Map();
  texts.forEach(([which, text], at) => {
    if (!cases.has(which)) cases.set(which, group.createMap());
    const kept = valueEach ? group.createMap({ text }, null, "private").id : text;
    cases.get(which).set(`text ${at}`, kept, "private");
  });
  return [...cases.values()].map((value) => value.id);
}

function stored(node, cases) {
  return Promise.all(cases.map((id) => node.syncManager.waitForStorageSync(id)));
}

/** Every value that the cases name, too. */
async function allStored(node, cases) {
  if (valueEach) {
    for (const id of cases) {
      const value = await node.load(id);
      await stored(node, value.keys().map((key) => value.get(key)));
    }
  }
  await stored(node, cases);
}

/** How many texts can be read once all of a case is there: `load` comes back with its beginning. */
async function textsIn(node, id) {
  const value = await node.load(id);
  await value.core.waitForFullStreaming();
  const kept = value.keys().map((key) => value.get(key));
  if (!valueEach) return kept.filter((text) => text).length;
  const notes = await Promise.all(kept.map((note) => node.load(note)));
  return notes.filter((note) => note.get("text")).length;
}

await measure(serve, round);
