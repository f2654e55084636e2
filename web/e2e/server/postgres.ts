import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

/** psql of the path, or of Debian's newest server. */
function psql(): string {
  const folder = '/usr/lib/postgresql';
  const versions = existsSync(folder) ? readdirSync(folder).sort((a, b) => Number(b) - Number(a)) : [];
  return versions.map((v) => `${folder}/${v}/bin/psql`).find((path) => existsSync(path)) ?? 'psql';
}

/** Makes a database of its own on the server that the variable names; none without it. */
export function createDatabase(name: string): { url: string; name: string } | null {
  const server = process.env.STOREKEEPER_TEST_POSTGRES_URL;
  if (!server || process.env.E2E_DATABASE !== 'postgres') return null;
  execFileSync(psql(), [server, '-qc', `CREATE DATABASE ${name}`]);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, name };
}

export function dropDatabase(name: string) {
  execFileSync(psql(), [process.env.STOREKEEPER_TEST_POSTGRES_URL ?? '', '-qc', `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`]);
}
