import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What the tests need to know of the server that the setup started. */
export interface ServerState {
  url: string;
  pid: number;
  folder: string;
  database: string; // PostgreSQL's, dropped at the end; empty for SQLite
}

export const cache = fileURLToPath(new URL('../../.cache', import.meta.url));
const file = `${cache}/server.json`;

export const readState = () => JSON.parse(readFileSync(file, 'utf8')) as ServerState;
export const writeState = (state: ServerState) => writeFileSync(file, JSON.stringify(state));
