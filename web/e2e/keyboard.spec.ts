import { expect, open, settled, test } from './test';

test('go anywhere by g and a letter, move by j and k, open by Enter', async ({ page }) => {
  await open(page, '/');
  await page.keyboard.press('g');
  await page.keyboard.press('p');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Products');
  await settled(page);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await expect(page.getByRole('toolbar')).toContainText('1 selected');
  const name = await page.locator('tr.selected td.primary').innerText();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText('Keyboard shortcuts');
});

test('the first Tab leads past the menu', async ({ page }) => {
  await open(page, '/products');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await expect(page).toHaveURL(/#\/products/);
});

test('the palette goes to pages and finds records', async ({ page }) => {
  await open(page, '/');
  const input = page.locator('[cmdk-input]');
  await page.keyboard.press('Control+k');
  await input.fill('categ');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Categories');

  await page.keyboard.press('Control+k');
  await input.fill('KIT-0001');
  await expect(page.locator('[cmdk-item]').first()).toContainText('KIT-0001');
  await page.keyboard.press('Enter');
  await expect(page.locator('.page-head')).toContainText('KIT-0001');
});

test('categories move by keyboard', async ({ page }) => {
  await open(page, '/categories');
  const item = page.getByRole('treeitem', { name: 'Kettles' });
  await item.focus();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(item).toHaveAttribute('aria-level', '2');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(item).toHaveAttribute('aria-level', '3');
});
