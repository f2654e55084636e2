import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { movementsOf, productOf, products, stockOf, type Product } from './counting';
import { sessionFile } from './server/accounts';
import { expect, open, test as base, toast } from './test';

const search = (page: Page) => page.getByLabel('What came in?');
const units = (page: Page, { name }: Product) => page.getByLabel(`Units of ${name}`);
const rowOf = (page: Page, { sku }: Product) => page.getByRole('table', { name: 'Products in the delivery' }).locator('tbody tr').filter({ hasText: sku });
const book = (page: Page, lines: number) => page.getByRole('button', { name: lines === 1 ? 'Book 1 line' : `Book ${lines} lines` });
const nothing = (page: Page) => page.getByText('Nothing in this delivery yet');

async function receive(page: Page, product: Product, came: string) {
  await search(page).fill(product.sku);
  await page.keyboard.press('Enter');
  await expect(units(page, product)).toBeFocused();
  await page.keyboard.type(came);
  await page.keyboard.press('Enter');
}

/** Starts with an empty delivery, and deletes its products afterwards, so that they are not in the lists of other journeys. */
const test = base.extend<{ delivery: void }>({
  delivery: [async ({ page }, use) => {
    await open(page, '/receiving');
    await use();
    for (const { id } of products.splice(0)) await page.request.delete(`/api/v1/products/${id}`);
  }, { auto: true }],
});

test('a delivery is kept until it is booked or thrown away', async ({ page }) => {
  const [one, other] = [await productOf(page, 5), await productOf(page, 6)];
  await receive(page, one, '12');
  await receive(page, other, '3 pcs');
  await page.getByLabel('Note').fill('DN 12');
  await page.getByRole('link', { name: 'Home', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible();
  await page.goBack();
  await expect(units(page, one)).toHaveValue('12');
  await page.reload();
  await expect(units(page, one)).toHaveValue('12');
  await expect(units(page, other)).toHaveValue('3 pcs');
  await expect(page.getByLabel('Note')).toHaveValue('DN 12');

  // The same person continues in another tab.
  const tab = await page.context().newPage();
  await open(tab, '/receiving');
  const both = (of: Page) => of.getByText('This is open in another tab of yours, too');
  for (const one of [page, tab]) await expect(both(one)).toBeVisible();
  await units(tab, other).fill('3');
  await expect(units(page, other)).toHaveValue('3');
  const told = (of: Page) => of.getByText('This was changed in another tab of yours');
  await expect(told(page)).toBeVisible();
  await expect(told(tab)).toHaveCount(0);
  await units(page, one).fill('13');
  await expect(told(page)).toHaveCount(0); // one goes on here
  await expect(told(tab)).toBeVisible();
  await units(page, one).fill('12');
  await expect(both(page)).toBeVisible();
  await tab.close({ runBeforeUnload: true });
  await expect(both(page)).toHaveCount(0);

  await page.getByRole('button', { name: `Remove ${other.name}` }).click();
  await expect(rowOf(page, other)).toHaveCount(0);
  await toast(page, 'is out of the delivery').getByRole('button', { name: 'Undo' }).click();
  await expect(units(page, other)).toHaveValue('3');

  // Somebody else who signs in on the same computer starts a delivery of their own.
  const cookies = await page.context().cookies();
  const { cookies: others } = JSON.parse(readFileSync(sessionFile('manager'), 'utf8')) as { cookies: typeof cookies };
  await page.context().addCookies(others);
  await page.reload();
  await expect(nothing(page)).toBeVisible();
  await page.context().addCookies(cookies);
  await page.reload();
  await expect(units(page, one)).toHaveValue('12');

  await book(page, 2).click();
  await expect(rowOf(page, other)).toContainText('Booked');
  await page.reload();
  await expect(rowOf(page, one)).toContainText('Booked');
  await expect(units(page, one)).toHaveCount(0);
  await page.getByRole('button', { name: 'Next delivery' }).click();
  await expect(nothing(page)).toBeVisible();

  await receive(page, one, '1');
  await page.getByRole('button', { name: 'Start over…' }).click();
  await expect(page.getByRole('dialog')).toContainText('1 row that is not booked will be gone.');
  await page.getByRole('button', { name: 'Keep the delivery' }).click();
  await expect(units(page, one)).toHaveValue('1');
  await page.getByRole('button', { name: 'Start over…' }).click();
  await page.getByRole('button', { name: 'Start over', exact: true }).click();
  await page.reload();
  await expect(nothing(page)).toBeVisible();
  expect(await stockOf(page, one)).toBe(17);
  expect(await stockOf(page, other)).toBe(9);
});

test('a receipt whose answer was lost is booked once, also after the page was loaded again', async ({ page }) => {
  const product = await productOf(page, 10);
  let losses = 2;
  await page.route('**/api/v1/products/*/stock-movements', async (route) => {
    const answer = await route.fetch();
    return losses-- > 0 ? route.abort() : route.fulfill({ response: answer });
  });
  await receive(page, product, '4');
  await book(page, 1).click();
  await expect(rowOf(page, product)).toContainText('it is not done twice');
  await page.reload();
  await expect(rowOf(page, product)).toContainText('You can safely book it again');
  await expect(units(page, product)).not.toBeEditable();
  await page.getByLabel('Note').fill('written since');
  await book(page, 1).click();
  await expect(rowOf(page, product)).toContainText('Booked');
  expect(await movementsOf(page, product)).toHaveLength(2);
  expect(await stockOf(page, product)).toBe(14);
});

const placeOf = (page: Page) =>
  page.evaluate(async () => `storekeeper.delivery.${(await (await fetch('/api/v1/auth/me')).json() as { id: number }).id}`);

test('a line is booked once, though a tab that was asleep has it open still', async ({ page }) => {
  const product = await productOf(page, 10);
  await receive(page, product, '4');
  const place = await placeOf(page);
  const before = await page.evaluate((key) => localStorage.getItem(key) ?? '', place);
  await book(page, 1).click();
  await expect(rowOf(page, product)).toContainText('Booked');
  const wake = async () => {
    await page.evaluate(([key, value]) => localStorage.setItem(key as string, value as string), [place, before]);
    await page.reload();
    await expect(units(page, product)).toHaveValue('4');
  };
  await wake();
  await book(page, 1).click();
  await expect(rowOf(page, product)).toContainText('Booked');
  await wake();
  await units(page, product).fill('5');
  await book(page, 1).click();
  await expect(rowOf(page, product)).toContainText('Refused');
  expect(await stockOf(page, product)).toBe(14);
});

test('what was sent longer ago than the server remembers is not sent again', async ({ page }) => {
  const product = await productOf(page, 10);
  let sent = 0;
  await page.route('**/api/v1/products/*/stock-movements', (route) => (sent++, route.abort()));
  await receive(page, product, '4');
  await book(page, 1).click();
  await expect(rowOf(page, product)).toContainText('Unknown');
  expect(sent).toBe(2);
  const place = await placeOf(page);
  await page.evaluate((key) => {
    const kept = JSON.parse(localStorage.getItem(key) ?? '') as { rows: { sent: { at: number } }[] };
    for (const row of kept.rows) row.sent.at -= 24 * 60 * 60 * 1000;
    localStorage.setItem(key, JSON.stringify(kept));
  }, place);
  await page.reload();
  await expect(rowOf(page, product)).toContainText('It was sent more than a day ago');
  await expect(page.getByRole('button', { name: 'Book', exact: false }).last()).toBeDisabled();
  await page.getByRole('button', { name: `Remove ${product.name}` }).click();
  await expect(nothing(page)).toBeVisible();
  expect(sent).toBe(2);
});

test('a SKU that no product has is told of until somebody has seen to it, as the lines are', async ({ page }) => {
  for (const [path, label] of [['/receiving', 'What came in?'], ['/stocktake', 'Scan or find a product']] as const) {
    const sku = `NONE-${path.length}-${Date.now()}`;
    await open(page, path);
    const field = page.getByLabel(label);
    await field.focus();
    await page.keyboard.insertText(sku);
    await page.keyboard.press('Enter');
    const notice = page.getByText(`No product has the SKU “${sku}”.`);
    await expect(notice).toBeVisible();
    await page.reload();
    await expect(notice).toBeVisible();
    await page.getByRole('button', { name: `Dismiss ${sku}` }).click();
    await page.reload();
    await expect(field).toBeVisible();
    await expect(notice).toHaveCount(0);
  }
});

test('a delivery is not at its end while a SKU has no product', async ({ page }) => {
  const product = await productOf(page, 10);
  const sku = `NONE-${Date.now()}`;
  await receive(page, product, '4');
  await search(page).fill(sku);
  await page.keyboard.press('Enter');
  const told = page.getByText('1 SKU has no product yet: find it, or dismiss it.');
  await expect(told).toBeVisible();
  await book(page, 1).click();
  await expect(rowOf(page, product)).toContainText('Booked');
  await expect(page.locator('.sheet-booking .facts')).toHaveText('Lines booked1Units booked4');
  await expect(page.getByRole('button', { name: 'Next delivery' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Start over…' }).click();
  await expect(page.getByRole('dialog')).toContainText('1 row that is not booked will be gone. What is booked stays booked.');
  await page.getByRole('button', { name: 'Keep the delivery' }).click();
  await page.getByRole('button', { name: `Dismiss ${sku}` }).click();
  await expect(told).toHaveCount(0);
  await page.getByRole('button', { name: 'Next delivery' }).click();
  await expect(nothing(page)).toBeVisible();
});
