import { signInAll } from './accounts';
import { furnish } from './furnish';
import { build, emptyDatabase, serve } from './serve';
import { writeState } from './state';

/** Starts the program with the demo shop in a database of its own. */
export default async function start() {
  const kind = process.env.E2E_DATABASE === 'postgres' ? 'postgres' : 'sqlite';
  const state = await serve(build(), emptyDatabase(kind), ['--demo']);
  writeState(state);
  await signInAll(state.url);
  await furnish(state.url);
}
