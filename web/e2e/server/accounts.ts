import { request } from '@playwright/test';
import { fileOfRun } from './state';

export const roles = ['owner', 'manager', 'catalog', 'fulfilment', 'support', 'read-only'] as const;
export type Role = (typeof roles)[number];

/** The password of all accounts of the demo shop. */
export const demoPassword = 'demo-shop-please-look';
export const emailOf = (role: Role) => `${role}@demo.test`;

/** The file with the session cookie of this role while the tests run. */
export const sessionFile = (role: Role) => fileOfRun(`session-${role}.json`);

/** Signs in once for each role, so that no test has to wait for the slow check of a password. */
export async function signInAll(url: string) {
  for (const role of roles) {
    const context = await request.newContext({ baseURL: url });
    const answer = await context.post('/api/v1/auth/login', { data: { email: emailOf(role), password: demoPassword } });
    if (!answer.ok()) throw new Error(`${emailOf(role)} cannot sign in: ${answer.status()} ${await answer.text()}`);
    await context.storageState({ path: sessionFile(role) });
    await context.dispose();
  }
}
