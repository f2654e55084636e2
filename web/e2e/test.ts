import { test as base, expect, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import { sessionFile, type Role } from './server/accounts';
import { readState } from './server/state';

export { demoPassword, emailOf } from './server/accounts';

export const server = readState;

/** A page on which somebody with this role is signed in. */
export async function pageOf(browser: Browser, role: Role, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ baseURL: server().url, storageState: sessionFile(role), ...options });
  return context.newPage();
}

/** A page on which nobody is signed in. */
export async function strangerOf(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ baseURL: server().url, ...options });
  return context.newPage();
}

/** Goes to a page of the admin and waits until nothing is loading. */
export async function open(page: Page, path: string) {
  await page.goto(`/#${path}`);
  await settled(page);
}

export async function settled(page: Page) {
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
  await expect(page.locator('.skeleton')).toHaveCount(0);
}

export const toast = (page: Page, text: string | RegExp) => page.locator('.toast').filter({ hasText: text });

/** Changes values of the first record of a list in the server's answer, so that no real record affects other tests. */
export const changed = (page: Page, resource: string, values: object) => page.route(`**/api/v1/${resource}?*`, async (route) => {
  const response = await route.fetch();
  const answer = await response.json() as { items: object[] };
  await route.fulfill({ response, json: { ...answer, items: answer.items.map((item, i) => (i === 0 ? { ...item, ...values } : item)) } });
});

/** Errors in the console that are expected: refusals, and a server that cannot be reached. */
const expected = /Failed to load resource: the server responded with a status of 4\d\d|net::ERR_/;

const provoked = new WeakMap<Page, number[]>();

/** Allows the server to fail with this status, which otherwise fails the test. */
export const provoke = (page: Page, status: number) => void provoked.set(page, [...(provoked.get(page) ?? []), status]);

const isExcused = (page: Page, text: string) => expected.test(text) || provoked.get(page)?.some((status) => text.includes(`with a status of ${status} `));

/** A page on which an owner is signed in. Any error that the browser reports fails the test. */
export const test = base.extend<{ page: Page }>({
  page: async ({ browser, viewport, locale, timezoneId, colorScheme }, use) => {
    const page = await pageOf(browser, 'owner', { viewport, locale, timezoneId, colorScheme });
    const complaints: string[] = [];
    page.on('console', (m) => m.type() === 'error' && !isExcused(page, m.text()) && complaints.push(m.text()));
    page.on('pageerror', (e) => complaints.push(e.message));
    await use(page);
    expect(complaints).toEqual([]);
    await page.context().close();
  },
});

export { expect };
