import type { Page } from '@playwright/test';
import { expect, open, test } from './test';

/** Sends a member that the server does not know with what the page sends: no form has a field for its refusal. */
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
  await card.getByRole('button', { name: 'Change the password' }).click();
  await expect(card.getByRole('alert')).toHaveText(/^Colour: /);
  await expect(card.getByLabel('New password')).toHaveAccessibleDescription(/12/);
});

test('the form of a record says what the server refuses and has no field, and keeps what was typed', async ({ page }) => {
  await addMember(page, '/customers');
  await open(page, '/customers/create');
  await page.getByLabel('Email').fill(`nora-${Date.now()}@demo.test`);
  await page.getByLabel('Name').fill('Nora New');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Colour: ' })).toBeVisible();
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nora New');
});
