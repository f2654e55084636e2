import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { looks, nameOf, optionsOf } from './looks';
import { frontDoor, oneOf, screens, type Show } from './screens';
import { expect, open, pageOf, strangerOf, test } from './test';

const folder = fileURLToPath(new URL('../../docs/screenshots', import.meta.url));
const quality = 82;

// Screens that only axe checks, because another picture shows the same.
const notPictured = new Set(['login-refused', 'nobody-yet', 'sold', 'returned', 'nothing-here', 'products-columns', 'products-filter', 'add-role', 'product-deleted', 'staff-member']);

test.describe.configure({ mode: 'parallel', timeout: 900_000 });
test.use({ trace: 'off' });
test.beforeAll(() => mkdirSync(folder, { recursive: true }));

for (const look of looks) {
  test(`pictures of every screen: ${nameOf(look)}`, async ({ browser }) => {
    const page = await pageOf(browser, 'owner', optionsOf(look));
    await takeAll(page, screens, nameOf(look));
    await page.context().close();
    const stranger = await strangerOf(browser, optionsOf(look));
    await takeAll(stranger, frontDoor, nameOf(look));
    await stranger.context().close();
  });
}

test('a picture of the packing slip', async ({ browser }) => {
  const page = await pageOf(browser, 'owner', { ...optionsOf({ colorScheme: 'light', device: 'desktop' }), viewport: { width: 794, height: 760 } });
  // Keeps a copy of what would be printed, because the page removes it after printing.
  await page.addInitScript(() => {
    window.print = () => {
      const slips = document.querySelector('.slips')?.cloneNode(true);
      setTimeout(() => {
        if (slips) document.body.append(slips);
        document.body.classList.add('printing-slips', 'kept');
      }, 200);
    };
  });
  await open(page, `/orders/${await oneOf(page, '/orders?status=processing&sort=-total_amount')}`);
  await page.keyboard.press('p');
  await page.locator('body.kept').waitFor();
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => document.body.style.setProperty('padding', '40px')); // the margin of the paper
  await take(page, 'packing-slip');
  await page.context().close();
});

async function takeAll(page: Page, all: Record<string, Show>, look: string) {
  for (const [name, show] of Object.entries(all)) {
    if (notPictured.has(name)) continue;
    await show(page);
    await page.waitForLoadState('networkidle');
    await expect(page.locator('.chart:not(:has(svg)), .home-chart:not(:has(svg))')).toHaveCount(0); // on a busy machine they are drawn late
    await page.evaluate(() => document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(done))));
    await take(page, `${name}-${look}`);
    await page.goto('about:blank');
  }
}

/** Takes a picture as WebP, which is a third of the size of a PNG. */
async function take(page: Page, name: string) {
  const devtools = await page.context().newCDPSession(page);
  const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality });
  await devtools.detach();
  writeFileSync(`${folder}/${name}.webp`, Buffer.from(data, 'base64'));
}
