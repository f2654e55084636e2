import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What the tests need to know of the server that the setup started. */
export interface ServerState {
  url: string;
  pid: number;
  folder: string;
  database: string; // PostgreSQL's, dropped at the end; empty for SQLite
  databaseURL: string;
}

/** Where what is built for the tests stays. */
export const cache = fileURLToPath(new URL('../../.cache', import.meta.url));

// Set by the setup for everything that it starts, so that two runs do not meet.
const variable = 'STOREKEEPER_E2E_FOLDER';

/** A file of this run; it goes with the server. */
export const fileOfRun = (name: string) => `${process.env[variable] ?? cache}/${name}`;

export const readState = () => JSON.parse(readFileSync(fileOfRun('server.json'), 'utf8')) as ServerState;

export function writeState(state: ServerState) {
  process.env[variable] = state.folder;
  writeFileSync(fileOfRun('server.json'), JSON.stringify(state));
}
