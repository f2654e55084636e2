import { rmSync } from 'node:fs';
import { dropDatabase } from './postgres';
import { readState } from './state';

export default async function stop() {
  const { pid, folder, database } = readState();
  process.kill(pid, 'SIGTERM');
  await new Promise((resolve) => setTimeout(resolve, 500));
  rmSync(folder, { recursive: true, force: true });
  if (database) dropDatabase(database);
}
