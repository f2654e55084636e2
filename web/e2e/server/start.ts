import { execFileSync, spawn } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { signInAll } from './accounts';
import { chromium } from './chromium';
import { createDatabase } from './postgres';
import { cache, writeState } from './state';

const readyMs = 120_000;

/** Builds the program and starts it with the demo shop in a database of its own. */
export default async function start() {
  if (!existsSync(chromium.executablePath)) throw new Error(`there is no Chromium at ${chromium.executablePath}: make test-web installs it, or name one by CHROMIUM`);
  mkdirSync(cache, { recursive: true });
  const binary = `${cache}/storekeeper`;
  execFileSync('go', ['build', '-o', binary, './cmd/storekeeper'], { cwd: `${cache}/../..`, stdio: 'inherit' });

  const folder = mkdtempSync(`${tmpdir()}/storekeeper-e2e-`);
  const postgres = createDatabase(`e2e_${process.pid}`);
  const database = postgres?.url ?? `sqlite://${folder}/shop.db`;
  const url = `http://127.0.0.1:${await freePort()}`;
  const log = openSync(`${folder}/server.log`, 'w');
  const args = ['--database-url', database, 'serve', '--demo', '--listen', url.slice('http://'.length), ...(postgres ? ['--migrate'] : [])];
  const server = spawn(binary, args, { stdio: ['ignore', log, log], detached: true });
  server.unref();
  closeSync(log);
  await ready(url, folder);
  writeState({ url, pid: server.pid ?? 0, folder, database: postgres?.name ?? '' });
  await signInAll(url);
}

async function ready(url: string, folder: string) {
  const end = Date.now() + readyMs;
  while (Date.now() < end) {
    const response = await fetch(`${url}/readyz`).catch(() => null);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`the server did not become ready:\n${readFileSync(`${folder}/server.log`, 'utf8')}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
