import { expect, open, test, toast } from './test';

test('the stock explains itself; receive, adjust and count', async ({ page }) => {
  await open(page, '/products/12?tab=stock');
  const figure = page.locator('.stock-figure');
  const before = Number(await figure.innerText());
  await expect(page.locator('.movements tbody tr').first().locator('td').nth(3)).toHaveText(String(before));

  await page.keyboard.press('a');
  await page.getByLabel('Units').fill('7');
  await expect(page.getByText(`${before} → ${before + 7}`)).toBeVisible();
  await page.getByLabel('Note').fill('delivery 4711');
  await page.getByRole('button', { name: 'Book' }).click();
  await expect(figure).toHaveText(String(before + 7));
  await expect(page.locator('.movements tbody tr').first()).toContainText('delivery 4711');

  await page.keyboard.press('t');
  await page.getByLabel('Units on the shelf').fill(String(before));
  await expect(page.getByText('7 units are missing.')).toBeVisible();
  await page.getByRole('button', { name: 'Book the count' }).click();
  await expect(toast(page, `stock is ${before} now`)).toBeVisible();
  await expect(page.locator('.movements tbody tr').first()).toContainText('Stocktake');

  await page.getByRole('button', { name: 'Receive or adjust' }).click();
  await page.getByLabel('Why').click();
  await page.getByRole('option', { name: 'Broken' }).click();
  await page.getByLabel('Units').fill('999999');
  await expect(page.getByText(`There are only ${before}.`)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Book' })).toBeDisabled();
});

test('a movement leads to the order that caused it', async ({ page }) => {
  await open(page, '/products/12?tab=stock');
  const link = page.locator('.movements a').first();
  const number = await link.innerText();
  await link.click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(number);
});

test('stock whose answer was lost is booked once', async ({ page }) => {
  let losses = 2;
  await page.route('**/api/v1/products/14/stock-movements', async (route) => {
    if (route.request().method() === 'GET') return route.continue();
    const answer = await route.fetch();
    return losses-- > 0 ? route.abort() : route.fulfill({ response: answer });
  });
  await open(page, '/products/14?tab=stock');
  const figure = page.locator('.stock-figure');
  const before = Number(await figure.innerText());
  await page.keyboard.press('a');
  await page.getByLabel('Units').fill('3');
  await page.getByRole('button', { name: 'Book' }).click();
  await expect(page.getByRole('alert')).toContainText('doing it again does not do it twice');
  await page.getByRole('button', { name: 'Book' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(figure).toHaveText(String(before + 3));
});
