import { expect, open, test, toast } from './test';

test('what was deleted waits in the trash and can be restored', async ({ page }) => {
  const answer = await page.request.post('/api/v1/products', { data: { sku: `TRASH-${Date.now()}`, name: 'E2E for the trash', price: 100, category_id: 4 } });
  const { id } = (await answer.json()) as { id: number };
  await page.request.delete(`/api/v1/products/${id}`);
  await open(page, '/products');
  await page.getByRole('button', { name: 'Trash' }).click();
  await page.locator('table.grid a', { hasText: 'E2E for the trash' }).first().click();
  await expect(page.getByText('It can be restored.')).toBeVisible();
  await page.reload(); // its address holds, too
  await expect(page.getByText('It can be restored.')).toBeVisible();
  await page.getByRole('button', { name: 'Restore' }).click();
  await expect(toast(page, 'Restored')).toBeVisible();
  await expect(page.getByLabel('Name')).toHaveValue('E2E for the trash');
});
