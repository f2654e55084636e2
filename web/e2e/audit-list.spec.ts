import { ownProduct } from './own';
import { expect, open, test } from './test';

test('the list of the audit log says from what to what, but not how a record began', async ({ page }) => {
  const { id } = await ownProduct(page, { price: 1_000 });
  await page.request.patch(`/api/v1/products/${id}`, { data: { price: 1_250, low_stock_at: 3, description: 'Long' } });
  await open(page, `/audit-entries?filter={"resource":"products","record_id":"${id}"}`);
  const changed = page.locator('tr[data-id]').first().locator('td[data-label="Changed"]');
  await expect(changed).toContainText('Price €10.00 → €12.50');
  await expect(changed).toContainText('Low stock at 3');
  await expect(changed).not.toContainText('Long');
  await expect(page.locator('tr[data-id]').last()).not.toContainText('€');
  await page.locator('tr[data-id]').last().locator('a').first().click();
  await expect(page.locator('.diff')).toContainText('€10.00');
  await expect(page.locator('.diff')).not.toContainText('→');
});

test('of filters by who and when, those that people ask for come first, each once', async ({ page }) => {
  await open(page, '/audit-entries');
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  const offered = await page.getByRole('menuitem').allInnerTexts();
  expect(offered.slice(0, 4)).toEqual(['When', 'Staff member', 'Record type', 'Action']);
  for (const text of ['Who', 'Staff email', 'Browser']) expect(offered).not.toContain(text);
});

test('what somebody did in the last days is one choice', async ({ page }) => {
  await page.clock.setFixedTime('2026-11-20T12:00:00+01:00');
  await open(page, '/audit-entries');
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('menuitem', { name: 'When' }).click();
  const asked = page.waitForRequest((request) => request.url().includes('created_at_gte='));
  await page.getByRole('button', { name: '7 days' }).click();
  const { searchParams } = new URL((await asked).url());
  expect(searchParams.get('created_at_gte')).toBe('2026-11-13T23:00:00.000Z');
  expect(searchParams.get('created_at_lt')).toBe('2026-11-20T23:00:00.000Z');
  await page.getByRole('button', { name: 'When 14 Nov 2026 to 20 Nov 2026' }).click();
  await page.getByRole('button', { name: 'Yesterday' }).click();
  await expect(page.getByRole('button', { name: 'When: 19 Nov 2026' })).toBeVisible();
});
