import { expect, open, pageOf, test } from './test';

test('the audit log names who did what to what, and is filtered by a member of staff', async ({ page, browser }) => {
  const manager = await pageOf(browser, 'manager');
  const { name } = await (await manager.request.get('/api/v1/products/90')).json() as { name: string };
  await manager.request.patch('/api/v1/products/90', { data: { price: 4_321 } });
  await page.request.patch('/api/v1/products/91', { data: { price: 5_432 } });

  await open(page, '/audit-entries');
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Member of staff' }).click();
  await expect(page.getByRole('combobox', { name: 'One of' })).toBeFocused();
  await page.keyboard.type('manager');
  await page.getByRole('option', { name: 'Demo Manager' }).click();
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.locator('.filter-chip')).toContainText('Member of staff: Demo Manager');
  const rows = page.locator('tr[data-id]');
  await expect(rows.filter({ hasNotText: 'Demo Manager' })).toHaveCount(0);
  const entry = rows.filter({ hasText: name }).first();
  await expect(entry).toContainText(`Product ${name}`);

  await entry.locator('a').first().click();
  await expect(page.locator('dl.facts').last()).toContainText('Demo Manager');
  await page.getByRole('link', { name: 'All that they did' }).click();
  await expect(page.locator('.filter-chip')).toContainText('Demo Manager');
  await open(page, '/products/90?tab=history');
  await expect(page.getByText('by Demo Manager').first()).toBeVisible();
  await manager.context().close();
});

test('a secret is neither shown nor said to have been nothing', async ({ page }) => {
  await open(page, '/audit-entries?filter={"resource":"staff","action":"create","record_id":"1"}');
  await page.locator('tr[data-id] a').first().click();
  await expect(page.locator('.diff > div', { hasText: 'Password hash' })).toContainText('kept secret');
});

test('who may not know the staff sees addresses, and is offered no names', async ({ browser }) => {
  const page = await pageOf(browser, 'manager');
  await page.request.patch('/api/v1/products/92', { data: { price: 6_543 } });
  await open(page, '/audit-entries');
  await expect(page.locator('tr[data-id]').filter({ hasText: 'manager@demo.test' }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await expect(page.getByRole('menuitem', { name: 'Member of staff' })).toHaveCount(0);
  await page.context().close();
});
