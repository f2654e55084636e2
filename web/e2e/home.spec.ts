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

test('figures whose report fails say so, and are asked for again', async ({ page }) => {
  const reports = '**/api/v1/reports/summary?*';
  await page.route(reports, (route) => route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify({ detail: 'the report failed' }) }));
  await open(page, '/');
  const figures = page.getByRole('region', { name: 'Today' });
  await expect(figures.getByRole('alert')).toContainText('The report failed.');
  await page.unroute(reports);
  await figures.getByRole('button', { name: 'Try again' }).click();
  await expect(figures.getByRole('link', { name: /^Revenue/ })).toBeVisible();
});

test('each figure of the stock leads to the products that it counts', async ({ page }) => {
  await open(page, '/');
  const stock = page.getByRole('region', { name: 'Running out' });
  const low = /\d+/.exec(await stock.getByRole('link', { name: /low$/ }).innerText())?.[0];
  const out = /\d+/.exec(await stock.getByRole('link', { name: /out$/ }).innerText())?.[0];
  await stock.getByRole('link', { name: /low$/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Running low');
  await expect(page.locator('tbody tr')).toHaveCount(Number(low));
  await page.goBack();
  await stock.getByRole('link', { name: /out$/ }).click();
  await expect(page.locator('.page-head .total')).toHaveText(out ?? '');
});
