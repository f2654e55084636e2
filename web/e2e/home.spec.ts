import { expect, open, test } from './test';

test('home leads to the orders that wait, and keeps the period in the address', async ({ page }) => {
  await open(page, '/');
  await expect(page.getByRole('region', { name: 'Waiting longest' }).getByRole('listitem').first()).toBeVisible();
  await page.getByRole('button', { name: '7 days' }).click();
  await expect(page).toHaveURL(/period=7d/);
  await expect(page.getByRole('region', { name: 'Revenue per day' }).locator('svg').first()).toBeVisible();
  await page.getByRole('link', { name: 'Pack them' }).click();
  await expect(page).toHaveURL(/orders\?filter=/);
  await expect(page.locator('tr[data-id]').first()).toBeVisible();
});
