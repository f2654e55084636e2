import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

/** The psql of the newest PostgreSQL that Debian has installed, or the one on the PATH. */
function psql(): string {
  const folder = '/usr/lib/postgresql';
  const versions = existsSync(folder) ? readdirSync(folder).sort((a, b) => Number(b) - Number(a)) : [];
  return versions.map((v) => `${folder}/${v}/bin/psql`).find((path) => existsSync(path)) ?? 'psql';
}

/** The address of the server on which the tests create databases. */
function serverURL(): string {
  const url = process.env.STOREKEEPER_TEST_POSTGRES_URL;
  if (!url) throw new Error('STOREKEEPER_TEST_POSTGRES_URL names no PostgreSQL server: make test-web E2E_DATABASE=postgres starts one');
  return url;
}

/** Runs SQL and returns the bare output. */
export function query(url: string, sql: string): string {
  return execFileSync(psql(), [url, '-XqAtc', sql], { encoding: 'utf8' }).trim();
}

/** Makes an empty database and returns its address. */
export function createDatabase(name: string): string {
  query(serverURL(), `CREATE DATABASE ${name}`);
  const url = new URL(serverURL());
  url.pathname = `/${name}`;
  return url.href;
}

export function dropDatabase(name: string) {
  query(serverURL(), `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}
