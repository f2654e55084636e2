import type { Page } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';
import { expect, open, server, strangerOf, test } from './test';

const password = 'a long way down the garden';

test('a new colleague: invited, signed in, and guarded by a second factor', async ({ page, browser }) => {
  const email = `kim-${Date.now()}@demo.test`;
  const link = await invite(page, email);

  const kim = await strangerOf(browser);
  await kim.goto('/');
  await expect(kim.getByRole('heading', { level: 1 })).toHaveText('Sign in');
  await kim.goto(link.replace(/^https?:\/\/[^/]+/, server().url)); // pasted over that page
  await expect(kim.getByRole('heading', { level: 1 })).toHaveText('Choose your password');
  await kim.getByLabel(/^Password/).fill(password);
  await kim.getByLabel('Confirm password').fill(password);
  await kim.getByRole('button', { name: 'Continue' }).click();
  await expect(kim.getByRole('navigation', { name: 'Main' })).toBeVisible();
  await expect(kim.getByRole('link', { name: 'Staff', exact: true })).toHaveCount(0);

  const [recovery] = await guard(kim);
  await kim.getByRole('link', { name: 'Orders', exact: true }).click();
  await expect(kim.getByRole('heading', { level: 1 })).toContainText('Orders');
  await kim.goBack();
  await expect(kim.getByRole('button', { name: 'Turn off' })).toBeVisible();
  await kim.getByRole('button', { name: 'Your menu' }).click();
  await kim.getByRole('menuitem', { name: 'Sign out' }).click();
  await kim.getByLabel('Email').fill(email);
  await kim.getByLabel('Password').fill(password);
  await kim.getByRole('button', { name: 'Sign in' }).click();
  await kim.getByLabel('Code').fill('000000');
  await kim.getByRole('button', { name: 'Continue' }).click();
  await expect(kim.getByRole('alert')).toHaveText('The code is incorrect or has expired.');
  await kim.getByLabel('Code').fill(recovery ?? '');
  await kim.getByRole('button', { name: 'Continue' }).click();
  await expect(kim.getByRole('navigation', { name: 'Main' })).toBeVisible();
  await kim.context().close();

  // The link works once.
  const late = await strangerOf(browser);
  await late.goto(link.replace(/^https?:\/\/[^/]+/, server().url));
  await late.getByLabel(/^Password/).fill(password);
  await late.getByLabel('Confirm password').fill(password);
  await late.getByRole('button', { name: 'Continue' }).click();
  await expect(late.getByRole('alert')).toBeVisible();
  await late.context().close();
});

/** Adds a member of staff in the form, and returns the link that the owner passes on. */
async function invite(page: Page, email: string): Promise<string> {
  await open(page, '/staff/create');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Name').fill('Kim Invited');
  await page.getByRole('combobox', { name: 'Role' }).fill('fulfil');
  await expect(page.getByRole('option', { name: /fulfil/i })).toHaveClass(/Mui-focused/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Role' })).toHaveValue('Fulfilment');
  await page.getByRole('button', { name: 'Save' }).click();
  const link = await page.getByRole('textbox', { name: 'Link for Kim Invited' }).inputValue();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Kim Invited');
  return link;
}

/** Turns the second factor on as an authenticator app would, and returns the recovery codes. */
async function guard(page: Page): Promise<string[]> {
  await open(page, '/profile');
  const card = page.locator('section', { has: page.getByRole('heading', { name: 'Second factor' }) });
  await card.getByLabel('Your password').fill(password);
  await card.getByRole('button', { name: 'Set up' }).click();
  await expect(card.getByRole('img', { name: /QR code/ })).toBeVisible();
  const secret = (await card.locator('code').innerText()).replace(/\s/g, '');
  const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate();
  await card.getByLabel('Code').fill(`${code.slice(0, 3)} ${code.slice(3)}`); // as the apps show it
  await card.getByRole('button', { name: 'Confirm' }).click();
  await expect(card.locator('li code')).toHaveCount(10);
  const codes = await card.locator('li code').allInnerTexts();
  await page.goBack();
  await expect(page.getByRole('dialog')).toContainText('Leave without saving this?');
  await page.getByRole('button', { name: 'Stay' }).click();
  await card.getByRole('button', { name: 'I have saved them' }).click();
  return codes;
}

test('a token for a program allows what it was given, and ends', async ({ page, playwright }) => {
  const name = `Scanner ${Date.now()}`;
  await open(page, '/api-tokens/create');
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Limit the permissions').check();
  await expect(page.getByRole('button', { name: 'Add token' })).toBeDisabled(); // it could do nothing
  await page.getByRole('checkbox', { name: 'products:read' }).check();
  await page.getByLabel('Expires').fill('2040-01-01T00:00');
  await page.getByRole('button', { name: 'Add token' }).click();
  const token = await page.getByRole('textbox', { name: 'Your new token' }).inputValue();
  const program = await playwright.request.newContext({ baseURL: server().url, extraHTTPHeaders: { Authorization: `Bearer ${token}` } });
  expect((await program.get('/api/v1/products?limit=1')).status()).toBe(200);
  expect((await program.get('/api/v1/customers?limit=1')).status()).toBe(403);

  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('link', { name }).click();
  await expect(page.locator('.page-head .chip', { hasText: 'Active' })).toBeVisible();
  await page.clock.setFixedTime('2040-01-02');
  await page.reload();
  await expect(page.locator('.page-head .chip', { hasText: 'Expired' })).toBeVisible();
  await page.getByRole('button', { name: 'Revoke' }).click();
  await expect(page.locator('.page-head .chip', { hasText: 'Revoked' })).toBeVisible(); // stays on the page, unlike the toast
  expect((await program.get('/api/v1/products?limit=1')).status()).toBe(401);
  await program.dispose();
});
