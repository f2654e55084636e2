import { execFileSync, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { chromium } from './chromium';
import { createDatabase, dropDatabase } from './postgres';
import { cache, type ServerState } from './state';

const readyMs = 120_000;
const drainMs = 10_000;

/** Builds the program. Fails at once if there is no Chromium to test it with. */
export function build(): string {
  if (!existsSync(chromium.executablePath)) throw new Error(`there is no Chromium at ${chromium.executablePath}: make test-web installs it, or name one by CHROMIUM`);
  mkdirSync(cache, { recursive: true });
  const binary = `${cache}/storekeeper`;
  execFileSync('go', ['build', '-o', binary, './cmd/storekeeper'], { cwd: `${cache}/../..`, stdio: 'inherit' });
  return binary;
}

/** An empty database of its own: SQLite, or PostgreSQL on the server for tests. */
export function emptyDatabase(kind: 'sqlite' | 'postgres') {
  const folder = mkdtempSync(`${tmpdir()}/storekeeper-e2e-`);
  const name = kind === 'postgres' ? `e2e_${process.pid}` : '';
  return { folder, name, url: name ? createDatabase(name) : `sqlite://${folder}/shop.db` };
}

/** Serves the database until stop, and returns when the program is ready. */
export async function serve(binary: string, database: ReturnType<typeof emptyDatabase>, flags: string[] = []): Promise<ServerState> {
  const url = `http://127.0.0.1:${await freePort()}`;
  const log = openSync(`${database.folder}/server.log`, 'w');
  const args = ['--database-url', database.url, 'serve', '--migrate', '--listen', url.slice('http://'.length), ...flags];
  const server = spawn(binary, args, { stdio: ['ignore', log, log], detached: true });
  server.unref();
  closeSync(log);
  const state = { url, pid: server.pid ?? 0, folder: database.folder, database: database.name, databaseURL: database.url };
  try {
    await ready(state);
  } catch (error) {
    process.kill(state.pid, 'SIGTERM');
    throw error;
  }
  return state;
}

async function ready({ url, folder }: ServerState) {
  const end = Date.now() + readyMs;
  while (Date.now() < end) {
    const response = await fetch(`${url}/readyz`).catch(() => null);
    if (response?.ok) return;
    await pause(250);
  }
  throw new Error(`the server did not become ready:\n${readFileSync(`${folder}/server.log`, 'utf8')}`);
}

/** Stops the program and removes its database. */
export async function stop({ pid, folder, database }: ServerState) {
  process.kill(pid, 'SIGTERM');
  for (const end = Date.now() + drainMs; Date.now() < end && isAlive(pid);) await pause(50);
  rmSync(folder, { recursive: true, force: true });
  if (database) dropDatabase(database);
}

function isAlive(pid: number) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
