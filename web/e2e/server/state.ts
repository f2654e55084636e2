import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What the tests need to know about the server that the setup has started. */
export interface ServerState {
  url: string;
  pid: number;
  folder: string;
  database: string; // PostgreSQL's, dropped at the end; empty for SQLite
  databaseURL: string;
}

/** The folder for files that are built for the tests. */
export const cache = fileURLToPath(new URL('../../.cache', import.meta.url));

// The setup sets this variable for all processes that it starts, so that two runs do not share files.
const variable = 'STOREKEEPER_E2E_FOLDER';

/** A file of this run, which is removed when the server is stopped. */
export const fileOfRun = (name: string) => `${process.env[variable] ?? cache}/${name}`;

export const readState = () => JSON.parse(readFileSync(fileOfRun('server.json'), 'utf8')) as ServerState;

export function writeState(state: ServerState) {
  process.env[variable] = state.folder;
  writeFileSync(fileOfRun('server.json'), JSON.stringify(state));
}
