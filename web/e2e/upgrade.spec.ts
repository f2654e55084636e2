import { expect, open, pageOf, test } from './test';

test('a tab from before an upgrade loads the page again, and mixes no builds', async ({ browser }) => {
  const page = await pageOf(browser, 'owner');
  await open(page, '/');
  const app = await page.locator('script[type=module]').getAttribute('src');
  expect(app).toMatch(/^\/ui\/[0-9a-f]{16}\/app\.js$/);
  expect((await page.request.get('/ui/app.js')).status()).toBe(404);
  expect((await page.request.get('/ui/0123456789abcdef/app.js')).status()).toBe(404);

  for (const file of ['LowPage.js', 'app.js']) {
    await page.route(`**/ui/*/${file}`, (route) => route.fulfill({ status: 404 }), { times: 1 });
  }
  await page.evaluate(() => { Object.assign(window, { before: true }); });
  await page.evaluate(() => { location.hash = '#/running-low'; });
  await expect.poll(() => page.evaluate(() => 'before' in window).catch(() => true)).toBe(false);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByText('This page could not be shown')).toHaveCount(0);
  expect(page.url()).toContain('#/running-low');
  await page.context().close();
});
