import { readFileSync } from 'node:fs';
import { book, counted, movementsOf, productOf, rowOf, scan, stockOf, test } from './counting';
import { sessionFile } from './server/accounts';
import { expect, open, toast } from './test';

test('a count whose answer was lost is booked once, also after the page was loaded again', async ({ page }) => {
  const product = await productOf(page, 10);
  let losses = 2;
  const keys = new Set<string | undefined>();
  await page.route('**/api/v1/products/*/stocktake', async (route) => {
    keys.add(route.request().headers()['idempotency-key']);
    const answer = await route.fetch();
    return losses-- > 0 ? route.abort() : route.fulfill({ response: answer });
  });
  await scan(page, product.sku);
  await counted(page, product).fill('4');
  await book(page, 1).click();
  await expect(rowOf(page, product)).toContainText('it is not done twice');
  await expect(counted(page, product)).not.toBeEditable();
  await page.reload();
  await expect(rowOf(page, product)).toContainText('You can safely book it again');
  await page.getByLabel('Note').fill('written since');
  await book(page, 1).click();
  await expect(rowOf(page, product)).toContainText('Booked');
  expect(keys.size).toBe(1);
  expect(await movementsOf(page, product)).toHaveLength(2);
  expect(await stockOf(page, product)).toBe(4);
});

test('a count is kept until it is booked or thrown away', async ({ page }) => {
  const [one, other] = [await productOf(page, 5), await productOf(page, 6)];
  await open(page, '/products');
  await open(page, '/stocktake');
  await scan(page, one.sku, one.sku, other.sku);
  await page.getByLabel('Note').fill('Shelf 9');
  await expect(counted(page, other)).toHaveValue('1');
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Products');
  await page.goForward();
  await expect(counted(page, one)).toHaveValue('2');
  await page.reload();
  await expect(counted(page, one)).toHaveValue('2');
  await expect(counted(page, other)).toHaveValue('1');
  await expect(page.getByLabel('Note')).toHaveValue('Shelf 9');

  // The same person continues in another tab.
  const tab = await page.context().newPage();
  await open(tab, '/stocktake');
  await scan(tab, one.sku);
  await expect(counted(page, one)).toHaveValue('3');
  await tab.close();

  await page.getByRole('button', { name: `Remove ${other.name}` }).click();
  await expect(rowOf(page, other)).toHaveCount(0);
  await toast(page, 'was removed from the count').getByRole('button', { name: 'Undo' }).click();
  await expect(counted(page, other)).toHaveValue('1');

  // Somebody else who signs in on the same computer starts a count of their own.
  const cookies = await page.context().cookies();
  const { cookies: others } = JSON.parse(readFileSync(sessionFile('manager'), 'utf8')) as { cookies: typeof cookies };
  await page.context().addCookies(others);
  await page.reload();
  await expect(page.getByText('Nothing counted yet')).toBeVisible();
  await page.context().addCookies(cookies);
  await page.reload();
  await expect(counted(page, one)).toHaveValue('3');

  await page.getByRole('button', { name: 'Start over…' }).click();
  await expect(page.getByRole('dialog')).toContainText('2 rows that are not booked will be gone.');
  await page.getByRole('button', { name: 'Keep the count' }).click();
  await expect(counted(page, one)).toHaveValue('3');
  await page.getByRole('button', { name: 'Start over…' }).click();
  await page.getByRole('button', { name: 'Start over', exact: true }).click();
  await expect(page.getByText('Nothing counted yet')).toBeVisible();
  await page.reload();
  await expect(page.getByText('Nothing counted yet')).toBeVisible();
});

test('what is kept and cannot be understood is left out', async ({ page }) => {
  const place = await page.evaluate(async () => `storekeeper.stocktake.${(await (await fetch('/api/v1/auth/me')).json() as { id: number }).id}`);
  const good = { key: 'k', product: { id: 1, sku: 'S', name: 'Kept one' }, expected: 3, text: '4', state: 'refused', why: 'so' };
  const kept = [
    'garbage', '[]', 'null', '{"version":1}', JSON.stringify({ version: 2, note: '', rows: [good] }),
    JSON.stringify({ version: 1, note: 7, rows: [null, 5, { ...good, expected: -1 }, { ...good, product: null }, { ...good, text: 3 }] }),
  ];
  for (const text of kept) {
    await page.evaluate(([key, value]) => localStorage.setItem(key as string, value as string), [place, text]);
    await page.reload();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Count stock');
    await expect(page.getByRole('table')).toHaveCount(0);
  }
  const rows = [good, { ...good, key: 'l', state: 'nonsense', sent: { key: 5 } }, { ...good, key: 'm', state: 'busy' }];
  await page.evaluate(([key, value]) => localStorage.setItem(key as string, value as string), [place, JSON.stringify({ version: 1, note: 'n', rows })]);
  await page.reload();
  await expect(page.getByRole('table').locator('tbody tr')).toHaveCount(3);
  await expect(book(page, 3)).toBeEnabled();
});
