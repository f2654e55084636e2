import { expect, open, test } from './test';

test('the head of a long list stays in sight, and covers no row that has the focus', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await open(page, '/orders?filter={}&perPage=100');
  const head = page.getByRole('columnheader', { name: 'Total' });
  const rows = page.locator('tr[data-id]');
  await expect(rows).toHaveCount(100);
  await rows.last().scrollIntoViewIfNeeded();
  await expect(head).toBeInViewport({ ratio: 1 });
  const bottom = await head.evaluate((th) => th.getBoundingClientRect().bottom);
  await rows.nth(80).focus();
  for (let row = 79; row >= 55; row--) { // wait for the effect of each key: faster keys are taken for a scan
    await page.keyboard.press('k');
    await expect(rows.nth(row)).toBeFocused();
  }
  expect(await rows.nth(55).evaluate((row) => row.getBoundingClientRect().top)).toBeGreaterThanOrEqual(bottom);
  const at = () => page.evaluate(() => window.scrollY);
  const before = await at();
  await rows.nth(55).getByRole('checkbox').check();
  await page.keyboard.press('b');
  await expect(page.getByRole('toolbar').getByRole('button').first()).toBeFocused();
  expect(await at()).toBe(before); // nor does a bar that is in sight move the rows when it gets the focus
  await page.getByRole('button', { name: 'Your menu' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Your menu' })).toBeFocused();
  expect(await at()).toBe(before);
  await head.getByRole('button').click(); // it can be used there
  await expect(head).toHaveAttribute('aria-sort', 'ascending');
});

test('a list with more columns than fit is scrolled to the side by itself', async ({ page }) => {
  await page.setViewportSize({ width: 760, height: 800 });
  await open(page, '/audit-entries');
  await expect(page.locator('tr[data-id]').first()).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(760);
});
