import type { Page } from '@playwright/test';
import { violations } from './axe';
import { expect, open, pageOf, test, toast } from './test';

const category = (page: Page) => page.getByRole('combobox', { name: 'Category' });
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Add category' });

test('a category that is missing is added from the form of a product, without leaving it', async ({ page }) => {
  const now = Date.now();
  await open(page, '/products/create');
  await page.getByLabel('SKU').fill(`ADD-${now}`);
  await category(page).fill(`Ash chairs ${now}`);
  await expect(page.getByRole('option')).toHaveText([`Add “Ash chairs ${now}”…`]);
  await page.keyboard.press('ArrowDown');
  const again = page.waitForResponse('**/api/v1/categories?*');
  await page.getByRole('button', { name: 'Refresh' }).dispatchEvent('click'); // as after a change by a colleague
  await again;
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByLabel('Name')).toHaveValue(`Ash chairs ${now}`);
  await expect(dialog(page).getByLabel('Name')).toBeFocused();
  await expect(dialog(page).getByLabel('Slug')).toHaveValue(`ash-chairs-${now}`);
  expect(await violations(page)).toEqual([]);
  await dialog(page).getByLabel('Slug').fill('Ash chairs');
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByLabel('Slug')).toHaveAccessibleDescription(/Use lowercase letters/);
  await dialog(page).getByLabel('Slug').fill(`chairs-${now}`);
  await dialog(page).getByRole('combobox', { name: 'Parent' }).fill('nothing of the kind');
  await expect(page.getByText('Nothing found')).toBeVisible(); // a dialog does not open another one
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+s'); // saves the category, not the product
  await expect(toast(page, 'Category added')).toBeVisible();
  await expect(dialog(page)).toHaveCount(0);
  await expect(category(page)).toHaveValue(`Ash chairs ${now}`);
  await expect(category(page)).toBeFocused();
  await expect(page.getByLabel('SKU')).toHaveValue(`ADD-${now}`);
  await expect(page.getByText('Name is required.')).toHaveCount(0);

  await page.route('**/api/v1/categories?*q=*', (route) => route.continue({ url: route.request().url().replace('%C3%81', 'a') })); // the server ignores diacritics
  await category(page).fill(`Ásh chairs ${now}`);
  await expect(page.getByRole('option')).toHaveText([`Ash chairs ${now}`]); // known, so that it is not added again
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: /^Name/ }).fill('Ash chair');
  await page.getByRole('textbox', { name: /^Price/ }).fill('99.00');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(toast(page, 'Product added')).toBeVisible();
  await expect(category(page)).toHaveValue(`Ash chairs ${now}`);
});

test('adding is offered beside what is found, but not twice, and can be thought better of', async ({ page }) => {
  await open(page, '/products');
  await open(page, '/products/3');
  await expect(category(page)).toHaveValue(/\w/); // its name is there
  const before = await category(page).inputValue();
  await category(page).fill(before.toUpperCase());
  await expect(page.getByRole('option').first()).toHaveText(before);
  await expect(page.getByRole('option').filter({ hasText: 'Add “' })).toHaveCount(0);
  await category(page).fill(before.slice(0, 3));
  await page.getByRole('option', { name: `Add “${before.slice(0, 3)}”…` }).click();
  await expect(dialog(page)).toBeVisible();
  await page.goBack(); // is blocked, because something was typed
  await page.getByRole('dialog', { name: 'Leave without saving?' }).getByRole('button', { name: 'Stay' }).click();
  await dialog(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(category(page)).toHaveValue(before);
  await expect(page.getByText('Unsaved changes')).toHaveCount(0);

  // Roles are not offered either, because they need more than a form. A filter only finds existing records.
  await open(page, '/staff/create');
  await page.getByRole('combobox', { name: 'Role' }).fill('no such thing');
  await expect(page.getByText('Nothing found')).toBeVisible();
  await open(page, '/products');
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Category' }).click();
  await page.getByRole('combobox', { name: 'One of' }).fill('no such thing');
  await expect(page.getByText('Nothing found')).toBeVisible();
});

test('who may not add categories is not offered it', async ({ browser }) => {
  const page = await pageOf(browser, 'owner');
  await page.route('**/api/v1/auth/me', async (route) => {
    const response = await route.fetch();
    const me = await response.json() as { permissions: string[] };
    await route.fulfill({ response, json: { ...me, permissions: me.permissions.filter((p) => p !== 'categories:create') } });
  });
  await open(page, '/products/create');
  await category(page).fill('no such thing');
  await expect(page.getByText('Nothing found')).toBeVisible();
  await page.context().close();
});
