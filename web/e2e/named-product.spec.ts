import { ownCustomer, ownProduct } from './own';
import { expect, open, test, toast } from './test';

test('Enter adds what was named and nothing that was guessed', async ({ page }) => {
  const made = Date.now().toString(36).toUpperCase();
  const add = (letter: string, name: string) => ownProduct(page, { sku: `ENT-${made}-${letter}`, name: `${name} ${made}` });
  const all = [await add('A', 'Entered lamp'), await add('B', 'Entered lantern')];
  const customer = await ownCustomer(page);
  await open(page, `/carts/${customer.id}`);
  const box = page.getByRole('combobox', { name: 'Add a product' });
  const option = page.getByRole('option');
  const lines = page.getByRole('region', { name: 'Cart' }).locator('tbody tr');

  // A partly read code, which one product or several match.
  for (const [part, matches] of [[`ENT-${made}-`, 2], [`NT-${made}-A`, 1]] as const) {
    await box.fill(part);
    await expect(option).toHaveCount(matches);
    await page.keyboard.press('Enter');
    await expect(toast(page, matches > 1 ? `Several products match “${part}”` : `“${part}” is not a SKU`)).toHaveClass(/info/); // a hint, not a failure
    await expect(box).toHaveValue(part);
  }
  await page.keyboard.insertText('NO-SUCH-CODE'); // a scanner, whatever is in the field
  await page.keyboard.press('Enter');
  await expect(toast(page, 'No product on sale matches: NO-SUCH-CODE')).toBeVisible();
  await box.fill('Entered LA');
  await expect(option).toHaveCount(2);
  await page.keyboard.press('Enter');
  await expect(toast(page, 'Several products match “Entered LA”')).toBeVisible();
  await expect(lines).toHaveCount(0);

  // If only one product has that name, it is highlighted and taken.
  await box.fill(`entered lamp ${made}`);
  await expect(page.locator('[role=option].Mui-focused')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(lines).toHaveCount(1);
  await expect(lines).toContainText(`Entered lamp ${made}`);
  await box.fill(`ent-${made}-b`);
  await page.keyboard.press('Enter');
  await expect(lines).toHaveCount(2);

  // One of several, by its whole name, which is highlighted though another comes before it.
  all.push(await add('C', 'An entered lamp'));
  await box.fill(`ENTERED lamp ${made}`);
  await expect(option).toHaveCount(2);
  await expect(page.locator('[role=option].Mui-focused')).toHaveText(new RegExp(`^Entered lamp ${made}`));
  await page.keyboard.press('Enter');
  await expect(lines).toHaveCount(2);
  await expect(lines.filter({ hasText: `ENT-${made}-A` }).getByRole('textbox')).toHaveValue('2');

  // Without its diacritics, as the server finds it.
  all.push(await add('D', 'Světlo Łódź'));
  await page.route('**/api/v1/products?*q=*', (route) => route.continue({ url: route.request().url().replace('svetlo', encodeURIComponent('Světlo')).replace('lodz', encodeURIComponent('Łódź')) }));
  await box.fill(`svetlo lodz ${made}`);
  await expect(page.locator('[role=option].Mui-focused')).toHaveText(new RegExp(`^Světlo Łódź ${made}`));
  await page.keyboard.press('Enter');
  await expect(lines.filter({ hasText: `ENT-${made}-D` })).toHaveCount(1);

  for (const { id } of all) await page.request.delete(`/api/v1/products/${id}`);
});
