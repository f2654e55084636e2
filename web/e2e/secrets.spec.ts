import type { Page } from '@playwright/test';
import { expect, open, test } from './test';

const asked = (page: Page) => page.getByRole('dialog', { name: 'Leave without saving this?' });

/** Goes back and expects a question, while the secret stays on screen. */
async function hold(page: Page, secret: string) {
  const field = page.getByRole('textbox', { name: secret, includeHidden: true });
  const shown = await field.inputValue();
  await page.goBack();
  await expect(asked(page)).toBeVisible();
  await page.getByRole('button', { name: 'Stay' }).click();
  await expect(asked(page)).toHaveCount(0);
  await expect(field).toHaveValue(shown);
}

test('a new token is not lost by going back', async ({ page }) => {
  await open(page, '/api-tokens');
  for (const way of ['leave', 'copy', 'done'] as const) {
    await page.getByRole('main').getByRole('link', { name: 'Add API token' }).click();
    await page.getByLabel('Name').fill(`Till ${way} ${Date.now()}`);
    await page.getByRole('button', { name: 'Add token' }).click();
    await expect(page.getByRole('dialog', { name: 'Your new token' })).toBeVisible();
    await hold(page, 'Your new token');
    if (way === 'leave') {
      await page.goBack();
      await page.getByRole('button', { name: 'Leave', exact: true }).click();
    } else if (way === 'copy') {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.getByRole('button', { name: 'Copy' }).click();
      await expect(page.locator('.toast', { hasText: 'Copied' })).toBeVisible();
      await page.goBack();
    } else await page.getByRole('button', { name: 'Done' }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^API tokens/);
  }
});

test('an invitation is not lost by going back, nor by a typed address', async ({ page }) => {
  const { id } = await (await page.request.post('/api/v1/staff', { data: { email: `held-${Date.now()}@demo.test`, name: 'Hedda Held', role_id: 5 } })).json() as { id: number };
  await open(page, '/staff');
  await open(page, `/staff/${id}`);
  await page.getByRole('button', { name: 'Create invitation link' }).click();
  await expect(page.getByRole('dialog', { name: 'Link for Hedda Held' })).toBeVisible();
  await hold(page, 'Link for Hedda Held');
  await page.evaluate(() => { location.hash = '#/orders'; });
  await expect(asked(page)).toBeVisible();
  await page.getByRole('button', { name: 'Stay' }).click();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Staff/);
});
