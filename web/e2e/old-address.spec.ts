import { ownProducts } from './own';
import { expect, open, test, toast } from './test';

test('an address that sorts by a field of earlier shows the list in its usual order', async ({ page }) => {
  const mark = await ownProducts(page, 'Slate tray', 2);
  const filter = encodeURIComponent(JSON.stringify({ q: mark }));
  await open(page, `/products?filter=${filter}&sort=shelf_mark&order=ASC`);
  await expect(toast(page, 'This list can no longer be sorted by “Shelf mark”. It is in its usual order.')).toBeVisible();
  await expect(page.locator('tr[data-id] .primary')).toHaveText([`${mark}, 2 l`, `${mark}, 1 l`]); // the newest first
  await page.locator('.grid').getByRole('button', { name: 'Name' }).click();
  await expect(page.locator('tr[data-id] .primary')).toHaveText([`${mark}, 1 l`, `${mark}, 2 l`]);
});

test('an address that filters by a field of earlier says which', async ({ page }) => {
  await open(page, '/products?filter={"shelf_mark":"B7","is_active":"true"}');
  await expect(page.getByText('The address has a filter that this list does not know or cannot read: shelf_mark.')).toBeVisible();
  await page.getByRole('button', { name: 'Remove all filters' }).click();
  await expect(page.locator('tr[data-id]').first()).toBeVisible();
});
