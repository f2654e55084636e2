import { execFileSync } from 'node:child_process';
import { request } from '@playwright/test';
import { demoPassword, emailOf, sessionFile } from '../e2e/server/accounts';
import { build, emptyDatabase, serve } from '../e2e/server/serve';
import { writeState } from '../e2e/server/state';

const products = 100_000;

/** Starts the program on PostgreSQL with a shop of 100,000 products. */
export default async function start() {
  const binary = build();
  const database = emptyDatabase('postgres');
  const run = (args: string[], input?: string) => execFileSync(binary, ['--database-url', database.url, ...args], { input, stdio: ['pipe', 'ignore', 'inherit'] });
  run(['migrate', 'up']);
  run(['seed', '--products', String(products), '--customers', '1000', '--orders', '2000']);
  run(['staff', 'add', '--email', emailOf('owner'), '--name', 'Olga Owner', '--role', 'owner', '--password-stdin'], demoPassword);
  const state = await serve(binary, database);
  writeState(state);
  const context = await request.newContext({ baseURL: state.url });
  await context.post('/api/v1/auth/login', { data: { email: emailOf('owner'), password: demoPassword } });
  await context.storageState({ path: sessionFile('owner') });
  await context.dispose();
}
