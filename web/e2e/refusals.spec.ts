import type { Page } from '@playwright/test';
import { ownCustomer } from './own';
import { expect, open, pageOf, test, toast } from './test';

/** Adds a member that the server does not know to the requests of the page. No form has a field for this refusal. */
async function addMember(page: Page, path: string) {
  await page.route(`**/api/v1${path}`, async (route) => {
    const request = route.request();
    if (request.method() === 'GET') return route.continue();
    return route.continue({ postData: JSON.stringify({ ...(request.postDataJSON() as object), colour: 'red' }) });
  });
}

test('a small form says what the server refuses, at its field or above', async ({ page }) => {
  await addMember(page, '/auth/password');
  await open(page, '/profile');
  const card = page.locator('section', { has: page.getByRole('heading', { name: 'Password', exact: true }) });
  await card.getByLabel('Current password').fill('something');
  await card.getByLabel('New password').fill('short');
  await card.getByRole('button', { name: 'Change password' }).click();
  await expect(card.getByRole('alert')).toHaveText(/^Colour: /);
  await expect(card.getByLabel('New password')).toHaveAccessibleDescription(/expected at least 12/i);
});

test('the form of a record says what the server refuses and has no field, and keeps what was typed', async ({ page }) => {
  await addMember(page, '/customers');
  await open(page, '/customers/create');
  await page.getByLabel('Email').fill(`nora-${Date.now()}@demo.test`);
  await page.getByLabel('Name').fill('Nora New');
  await page.getByRole('button', { name: 'Save' }).click();
  const refusal = page.getByRole('alert').filter({ hasText: 'Colour: ' });
  await expect(refusal).toBeVisible();
  await page.getByLabel('Name').fill('Nora Newer');
  await expect(refusal).toHaveCount(0);
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nora Newer');
});

test('an address that leads nowhere says so in plain words, and a filter that is none can be removed', async ({ page }) => {
  await open(page, '/staff/99999');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This staff member does not exist');
  await expect(page.getByText('Staff member 99999 does not exist.')).toBeVisible();
  await open(page, '/products/abc');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This product does not exist');
  await expect(page.getByText('Check the address for typing errors.')).toBeVisible();
  for (const path of ['/products/1.5', '/products/-3', '/products/99999999999999999', '/carts/abc', '/carts/0x10', '/carts/0', '/orders/1e3', '/staff/NaN']) {
    await open(page, path);
    await expect(page.getByText('Check the address for typing errors.'), path).toBeVisible();
    await expect(page.getByRole('button', { name: 'Try again' })).toHaveCount(0);
  }
  await open(page, '/carts/99999');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This customer does not exist');
  await open(page, '/customers?filter={"colour":"red"}');
  await page.getByRole('button', { name: 'Remove all filters' }).click();
  await expect(page.locator('tr[data-id]').first()).toBeVisible();
});

test('what begins with what is typed is offered before what only has it in it', async ({ page }) => {
  const word = `Zq${Date.now()}`;
  for (const name of [`Aa un${word}`, `Bb ${word} left`, `${word} right`, word]) {
    await page.request.post('/api/v1/categories', { data: { name, slug: `${name.toLowerCase().replaceAll(' ', '-')}` } });
  }
  await open(page, '/products/create');
  await page.getByRole('combobox', { name: 'Category' }).fill(word.toLowerCase());
  await expect(page.getByRole('option')).toHaveText([word, `${word} right`, `Bb ${word} left`, `Aa un${word}`]);
});

test('a refusal names what people know, not numbers and names for programs', async ({ page }) => {
  const made = async (path: string, data: object) => ((await (await page.request.post(`/api/v1${path}`, { data })).json()) as { id: number }).id;
  const now = Date.now();
  const role = await made('/roles', { name: `held-${now}`, label: 'Held by one', permissions: ['orders:read'] });
  await made('/staff', { email: `holder-${now}@demo.test`, name: 'Hanna Holder', role_id: role });
  await open(page, `/roles/${role}`);
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(toast(page, 'The role Held by one is that of 1 of the staff: give them another one first.')).toBeVisible();

  const above = await made('/categories', { name: `Above ${now}`, slug: `above-${now}` });
  await made('/categories', { name: `Below ${now}`, slug: `below-${now}`, parent_id: above });
  await open(page, `/categories/${above}`);
  await page.getByRole('combobox', { name: 'Parent' }).fill(`Below ${now}`);
  await page.getByRole('option').click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('combobox', { name: 'Parent' })).toHaveAccessibleDescription('Is the category itself, or lies below it: choose another one.');
});

test('what a colleague did meanwhile is told in plain words: a change, and a permission that is gone', async ({ page, browser }) => {
  const { id } = await ownCustomer(page);
  await open(page, `/customers/${id}`);
  await page.request.patch(`/api/v1/customers/${id}`, { data: { note: 'changed' } });
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(toast(page, 'Somebody else has changed this in the meantime.')).toBeVisible();

  const support = await pageOf(browser, 'support');
  await open(support, '/');
  await support.route('**/api/v1/orders?*', (route) => route.fulfill({
    status: 403, contentType: 'application/problem+json', body: JSON.stringify({ detail: 'this needs the permission orders:read', code: 'forbidden' }),
  }));
  await support.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Orders', exact: true }).click();
  await expect(support.getByText('Your role does not include “Orders: Read”.')).toBeVisible();
  await support.context().close();
});
