import type { Locator } from '@playwright/test';
import { demoPassword, expect, open, settled, strangerOf, test, toast } from './test';

test('what is ended before the next frame leaves the keyboard beside it, too', async ({ page }) => {
  const { id } = await (await page.request.post('/api/v1/api-tokens', { data: { name: 'Shorter-lived', permissions: ['products:read'] } })).json() as { id: number };
  await page.addInitScript(() => { // the answer arrives as soon as the button has lost the focus
    const send = window.fetch.bind(window);
    window.fetch = async (request, init) => {
      if ((request as Request).method !== 'DELETE') return send(request, init);
      await new Promise((left) => { addEventListener('focusout', left, { once: true }); });
      return new Response(null, { status: 204 });
    };
  });
  await open(page, `/api-tokens/${id}`);
  await page.request.delete(`/api/v1/api-tokens/${id}`);
  await page.getByRole('button', { name: 'Revoke' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.page-head')).toContainText('Revoked');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
});

test('what is ended leaves the keyboard beside it, and what is refused at the button', async ({ page, browser }) => {
  const press = async (target: Locator) => {
    await target.focus();
    await page.keyboard.press('Enter');
  };
  const heading = page.getByRole('heading', { level: 1 });
  const { id } = await (await page.request.post('/api/v1/api-tokens', { data: { name: 'Short-lived', permissions: ['products:read'] } })).json() as { id: number };
  await page.addInitScript(() => { // the answer arrives while the button loses the focus, and its effect some frames later
    document.addEventListener('focusout', ({ target }) => {
      if (target instanceof HTMLButtonElement) target.disabled = false;
    }, true);
  });
  await open(page, `/api-tokens/${id}`);
  await page.route('**/api/v1/api-tokens/*', async (route) => {
    await new Promise((later) => { setTimeout(later, 100); });
    await route.continue();
  });
  await press(page.getByRole('button', { name: 'Revoke' }));
  await expect(page.locator('.page-head')).toContainText('Revoked');
  await expect(heading).toBeFocused();

  // Not one of the demo accounts, whose sessions other journeys need.
  const made = async <T>(path: string, data = {}) => (await (await page.request.post(`/api/v1/staff${path}`, { data })).json()) as T;
  const member = await made<{ id: number }>('', { email: `foc${Date.now() % 100_000}@demo.test`, name: 'Fay Focus', role_id: 5 });
  const { url } = await made<{ url: string }>(`/${member.id}/invite`);
  const theirs = await strangerOf(browser);
  await theirs.request.post('/api/v1/auth/setup', { data: { token: new URLSearchParams(url.split('?')[1]).get('token'), password: demoPassword } });
  await theirs.context().close();
  await open(page, `/staff/${member.id}`);
  await expect(heading).toHaveText('Fay Focus');
  await press(page.getByRole('button', { name: 'End', exact: true }).first());
  await expect(toast(page, 'Session ended')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Where they are signed in' })).toBeFocused();

  await press(page.getByRole('button', { name: /^(Create invitation link|Create password link)$/ }));
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('button', { name: /^(Create invitation link|Create password link)$/ })).toBeFocused();

  // On the next page the heading gets the focus, unless there is a field to type into.
  await page.getByRole('link', { name: 'Staff', exact: true }).first().focus();
  await press(page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Staff', exact: true }));
  await expect(heading).toHaveText('Staff');
  await expect(heading).toBeFocused();

  // A value of a filter is replaced by what is typed, and a saved view is renamed and removed with the arrow keys.
  await open(page, '/products?filter={"price_gte":1000}');
  await press(page.getByRole('button', { name: 'Price from €10.00' }));
  await expect(page.getByRole('textbox', { name: 'From' })).toBeFocused();
  await page.keyboard.type('20');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Price from €20.00' })).toBeFocused();
  const views = page.getByRole('button', { name: 'Views' });
  await press(views);
  await page.getByRole('menuitem', { name: 'Save this view…' }).click();
  await page.keyboard.type('Dear');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Enter'); // on the button, from which the menu opens again at once
  await expect(page.getByRole('menuitem', { name: 'Dear', exact: true })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Dear');
  await page.keyboard.type('Dearest');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Dearest', exact: true })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(toast(page, 'View “Dearest” removed')).toBeVisible();
  await expect(views).toBeFocused();
});

test('a palette that is opened by mouse leaves the keyboard where it was', async ({ page }) => {
  await open(page, '/products');
  await page.keyboard.press('j');
  const row = page.locator('tr[data-id]').first();
  await expect(row).toBeFocused();
  const search = page.getByRole('button', { name: 'Search or jump to' });
  await search.click();
  await expect(page.locator('[cmdk-input]')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(row).toBeFocused();

  await search.click();
  await page.locator('[cmdk-item]').filter({ hasText: 'Customers' }).first().click();
  await expect(page).toHaveURL(/#\/customers/);
  await settled(page);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/customers\/\d+/);
});
