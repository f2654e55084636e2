import { ownProduct } from './own';
import { expect, open, test, toast } from './test';

test('what was deleted waits in the trash and can be restored', async ({ page }) => {
  const { id } = await ownProduct(page, { name: 'E2E for the trash' });
  await page.request.delete(`/api/v1/products/${id}`);
  await open(page, '/products');
  await page.getByRole('button', { name: 'Trash', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Deleted products');
  await expect(page.getByRole('link', { name: 'Add product' })).toHaveCount(0);
  await page.locator('table.grid a', { hasText: 'E2E for the trash' }).first().click();
  await expect(page.getByText('It can be restored.')).toBeVisible();
  await page.reload(); // the address keeps the trash open
  await expect(page.getByText('It can be restored.')).toBeVisible();
  await page.getByRole('button', { name: 'Restore' }).click();
  await expect(toast(page, 'Restored')).toBeVisible();
  await expect(page.getByLabel('Name')).toHaveValue('E2E for the trash');
});

test('what was deleted is counted as such, and as restored', async ({ page }) => {
  const sku = `GONE-${Date.now()}`;
  for (const n of [1, 2]) await ownProduct(page, { sku: `${sku}-${n}` });
  await open(page, `/products?filter={"q":"${sku}"}`);
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
  await page.getByRole('toolbar').getByRole('button', { name: 'Delete' }).click();
  await expect(toast(page, '2 deleted')).toBeVisible();
  await open(page, `/products?filter={"q":"${sku}","include_deleted":true,"deleted_at_null":false}`);
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
  await page.getByRole('toolbar').getByRole('button', { name: 'Restore' }).click();
  await expect(toast(page, '2 restored')).toBeVisible();
  expect(await toast(page, '2 deleted').count()).toBe(0); // checked at once: the message is gone, because nothing is left to undo
});

test('what is restored by hand is not offered to be undone any more', async ({ page }) => {
  const [one, other] = [await ownProduct(page), await ownProduct(page)];
  for (const { id, name } of [one, other]) {
    await open(page, `/products/${id}`);
    await page.getByRole('button', { name: 'Delete' }).click();
    await expect(toast(page, `${name} deleted`)).toBeVisible();
  }
  await open(page, `/products/${one.id}`);
  await page.getByRole('button', { name: 'Restore' }).click();
  await expect(toast(page, 'Restored')).toBeVisible();
  expect(await toast(page, `${one.name} deleted`).count()).toBe(0); // checked at once, because messages disappear by themselves
  await toast(page, `${other.name} deleted`).getByRole('button', { name: 'Undo' }).click();
  await expect(toast(page, `${other.name} restored`)).toBeVisible();
  for (const { id } of [one, other]) await page.request.delete(`/api/v1/products/${id}`);
});

test('what is pressed twice is deleted once', async ({ page }) => {
  const sku = `TWICE-${Date.now()}`;
  await ownProduct(page, { sku });
  let sent = 0;
  await page.route('**/api/v1/products/bulk', async (route) => {
    sent++;
    await page.waitForTimeout(300);
    return route.continue();
  });
  await open(page, `/products?filter={"q":"${sku}"}`);
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
  await page.getByRole('toolbar').getByRole('button', { name: 'Delete' }).dblclick();
  await expect(toast(page, '1 deleted')).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(sent).toBe(1);
});

test('the trash says when what was deleted, the last on top, and offers what can be done there', async ({ page }) => {
  const mark = `Bin ${Date.now()}`;
  const [older, newer] = [await ownProduct(page, { name: `${mark} made first` }), await ownProduct(page, { name: `${mark} made last` })];
  for (const { id } of [newer, older]) await page.request.delete(`/api/v1/products/${id}`);
  await open(page, '/products');
  await page.getByRole('button', { name: 'Trash', exact: true }).click();
  await expect(page.getByRole('columnheader', { name: 'Deleted' })).toHaveAttribute('aria-sort', 'descending');
  await expect(page.getByRole('columnheader', { name: 'Updated' })).toHaveCount(0);
  const rows = page.locator('tr[data-id]').filter({ hasText: mark });
  await expect(rows).toHaveText([/made first/, /made last/]);
  await rows.first().getByRole('checkbox').check();
  const bar = page.getByRole('toolbar');
  await expect(bar.getByRole('button', { name: 'Restore' })).toBeVisible();
  await expect(bar.getByRole('button', { name: 'Price…' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Leave the trash' }).click();
  await expect(page.getByRole('columnheader', { name: 'Updated' })).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Deleted' })).toHaveCount(0);
});
