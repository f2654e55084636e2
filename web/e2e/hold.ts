import type { Page } from '@playwright/test';

/** Holds all writes to an address until release is called, and records their methods. */
export async function hold(page: Page, url: string) {
  let release = () => {};
  const released = new Promise<void>((resolve) => { release = resolve; });
  const sent: string[] = [];
  await page.route(url, async (route) => {
    if (route.request().method() === 'GET') return route.continue();
    sent.push(route.request().method());
    await released;
    return route.continue();
  });
  return { sent, release };
}

/** Whether the browser asks before it closes the page, which stays open. */
export async function asks(page: Page) {
  const asked = page.waitForEvent('dialog');
  await page.close({ runBeforeUnload: true });
  const question = await asked;
  await question.dismiss();
  return question.type() === 'beforeunload';
}
