// PouchDB's own replication of the documents in a file to express-pouchdb in a process beside it: a peer.
// usage: node sync_peer_pouchdb.js FOLDER_OF_NODE_MODULES DOCUMENTS FOLDER BATCH
// A line of DOCUMENTS is `number<tab>JSON`. Prints one JSON object: seconds on the clock and of the processors.
'use strict';
const { fork } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const [modules, documents, folder, batch] = process.argv.slice(2);
const from = (name) => require(path.resolve(modules, 'node_modules', name));
const seconds = () => { const used = process.cpuUsage(); return (used.user + used.system) / 1e6; };

function serve() {
  const PouchDB = from('pouchdb').defaults({ prefix: path.join(folder, 'server') + path.sep });
  const app = from('express')();
  app.use('/', from('express-pouchdb')(PouchDB, {
    mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: path.join(folder, 'log'),
  }));
  const server = app.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
  process.on('message', () => process.send({ seconds: seconds() }));
}

async function send() {
  fs.mkdirSync(path.join(folder, 'server'), { recursive: true });
  const child = fork(__filename, process.argv.slice(2), { env: { ...process.env, SERVE: '1' } });
  const told = () => new Promise((heard) => child.once('message', heard));
  const { port } = await told();
  const asked = async () => { child.send('seconds'); return (await told()).seconds; };
  const db = new (from('pouchdb'))(path.join(folder, 'client'));
  const lines = fs.readFileSync(documents, 'utf8').split('\n').filter(Boolean);
  for (let at = 0; at < lines.length; at += 500) {
    await db.bulkDocs(lines.slice(at, at + 500).map((line) => {
      const [number, body] = line.split('\t');
      return { _id: number, ...JSON.parse(body) };
    }));
  }
  const before = [performance.now() / 1e3, seconds(), await asked()];
  const done = await db.replicate.to(`http://127.0.0.1:${port}/cases`, {
    batch_size: Number(batch), batches_limit: 10,
  });
  const after = [performance.now() / 1e3, seconds(), await asked()];
  if (done.docs_written !== lines.length) throw new Error(`only ${done.docs_written} arrived`);
  const [clock, client, server] = after.map((end, n) => end - before[n]);
  console.log(JSON.stringify({ clock, client, server }));
  child.kill();
  process.exit(0);
}

if (process.env.SERVE) serve(); else send();
