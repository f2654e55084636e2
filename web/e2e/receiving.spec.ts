import type { Page } from '@playwright/test';
import { ownProduct, type Product } from './own';
import { expect, open, pageOf, test, toast } from './test';

const search = (page: Page) => page.getByLabel('What came in?');
const rowOf = (page: Page, sku: string) => page.getByRole('table', { name: 'Products in the delivery' }).locator('tbody tr').filter({ hasText: sku });

/** As a scanner does: it does not wait for anything. */
async function scan(page: Page, sku: string) {
  await search(page).focus();
  await page.keyboard.insertText(sku);
  await page.keyboard.press('Enter');
}

const paste = (page: Page, rows: string) => search(page).evaluate((input, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
}, rows);

const stockOf = async (page: Page, id: number) => ((await (await page.request.get(`/api/v1/products/${id}`)).json()) as Product).stock;

const movementOf = async (page: Page, id: number) => {
  const answer = await page.request.get(`/api/v1/products/${id}/stock-movements?limit=1`);
  return ((await answer.json()) as { items: { reason: string; note: string; quantity_change: number }[] }).items[0];
};

test('a delivery is typed without a mouse and booked at once; what is refused stays and is booked again', async ({ page: owner, browser }) => {
  const page = await pageOf(browser, 'fulfilment');
  const [first, second, third] = [await ownProduct(owner), await ownProduct(owner), await ownProduct(owner)];
  const keys: (string | undefined)[] = [];
  let refusals = 1;
  await page.route('**/api/v1/products/*/stock-movements', async (route) => {
    keys.push(route.request().headers()['idempotency-key']);
    if (!route.request().url().includes(`/${second.id}/`) || refusals-- <= 0) return route.continue();
    return route.fulfill({ status: 409, contentType: 'application/problem+json', body: JSON.stringify({ detail: 'somebody counts this shelf', code: 'conflict' }) });
  });
  await open(page, '/products');
  await page.getByRole('link', { name: 'Receive goods' }).first().click();
  await expect(search(page)).toBeFocused();
  for (const [product, units] of [[first, '12'], [second, '1e3'], [third, '4']] as const) {
    await page.keyboard.type(product.sku.toLowerCase());
    await page.keyboard.press('Enter');
    await expect(page.getByLabel(`Units of ${product.name}`)).toBeFocused();
    await page.keyboard.type(units);
    await page.keyboard.press('Enter');
    await expect(search(page)).toBeFocused();
  }
  await expect(rowOf(page, first.sku)).toContainText(`${first.stock} → ${first.stock + 12}`);
  await expect(rowOf(page, second.sku)).toContainText('Enter a whole number');
  await expect(page.getByRole('button', { name: /^Book 3 lines/ })).toBeDisabled();
  await page.keyboard.press('Escape');
  await page.keyboard.press('b'); // which goes to the line that lacks units
  await expect(page.getByLabel(`Units of ${second.name}`)).toBeFocused();
  await page.keyboard.type('1,000');
  for (const [key, there] of [['ArrowUp', page.getByLabel(`Units of ${third.name}`)], ['ArrowUp', search(page)], ['ArrowDown', page.getByLabel(`Units of ${third.name}`)]] as const) {
    await page.keyboard.press(key);
    await expect(there).toBeFocused();
  }
  const height = (await rowOf(page, first.sku).boundingBox())?.height;
  await page.getByLabel('Note').fill('DN 4711');
  await page.getByLabel('Note').blur();
  await page.keyboard.press('b');

  await expect(toast(page, '2 receipts booked')).toBeVisible();
  await expect(rowOf(page, first.sku).getByRole('cell').last()).toHaveText('Booked');
  expect((await rowOf(page, first.sku).boundingBox())?.height).toBe(height); // the rows below stay where they are
  await expect(rowOf(page, second.sku)).toContainText('Somebody counts this shelf.');
  await page.getByRole('button', { name: /^Book 1 line/ }).click();
  await expect(rowOf(page, second.sku)).toContainText('Booked');
  expect(keys).toHaveLength(4);
  expect(new Set(keys).size).toBe(3); // each line has its own key, and keeps it when it is booked again
  expect(keys).not.toContain(undefined);
  expect(await stockOf(page, second.id)).toBe(second.stock + 1_000);
  expect(await stockOf(page, third.id)).toBe(third.stock + 4);
  expect(await movementOf(page, first.id)).toMatchObject({ reason: 'receipt', quantity_change: 12, note: 'DN 4711' });

  await page.getByRole('button', { name: 'Next delivery' }).click();
  await expect(page.getByText('Nothing in this delivery yet')).toBeVisible();
  await expect(search(page)).toBeFocused();
  await expect(page.getByLabel('Note')).toHaveValue('');
  await page.context().close();
});

test('a scanner is not waited for: each scan is one unit, and what nobody knows is said', async ({ page }) => {
  const [one, other] = [await ownProduct(page), await ownProduct(page)];
  await open(page, '/receiving');
  await page.getByLabel('With a scanner').check();
  for (const sku of [one.sku, one.sku, other.sku, 'NO-SUCH-1', one.sku]) await scan(page, sku);
  await expect(page.getByLabel(`Units of ${one.name}`)).toHaveValue('3');
  await expect(page.getByLabel(`Units of ${other.name}`)).toHaveValue('1');
  await page.getByLabel(`Units of ${one.name}`).focus();
  await page.keyboard.insertText(other.sku); // into the units of another line
  await page.keyboard.press('Enter');
  await expect(page.getByLabel(`Units of ${other.name}`)).toHaveValue('2');
  await expect(page.getByLabel(`Units of ${one.name}`)).toHaveValue('3');
  await expect(page.getByRole('alert')).toContainText('“NO-SUCH-1”');
  await page.getByRole('button', { name: 'Dismiss NO-SUCH-1' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);

  await page.getByRole('button', { name: `Remove ${other.name}` }).click();
  await page.getByRole('button', { name: /^Book 1 line/ }).click();
  await expect(rowOf(page, one.sku)).toContainText('Booked');
  expect(await stockOf(page, one.id)).toBe(one.stock + 3);
});

test('a scan that cannot be looked up is told by its SKU, and is no part of the next', async ({ page }) => {
  const known = await ownProduct(page);
  await open(page, '/receiving');
  await page.getByLabel('With a scanner: each scan is one unit').check();
  await page.context().setOffline(true);
  for (const sku of ['AWAY-1', 'AWAY-2']) {
    await scan(page, sku);
    await expect(page.getByRole('alert').filter({ hasText: `“${sku}” could not be looked up: The server could not be reached.` })).toBeVisible();
  }
  await page.context().setOffline(false);
  await scan(page, known.sku);
  await expect(rowOf(page, known.sku)).toBeVisible();
});

test('a pasted line whose SKU nobody knows keeps its units until its product is found', async ({ page }) => {
  const [one, other] = [await ownProduct(page), await ownProduct(page)];
  await open(page, '/receiving');
  await paste(page, `SUPPLIER-1\t24\r\n\nSUPPLIER-2;12 pcs\n${other.sku}\t3\nSUPPLIER-1\t6`);
  const missed = page.locator('.unknown-sku');
  await expect(missed).toHaveCount(2);
  await expect(missed.first()).toContainText('No product has the SKU “SUPPLIER-1”.Line 1 · Units: 30');
  await expect(missed.last()).toContainText('Line 3 · Units: 12 pcs');
  await page.reload();
  await page.getByRole('button', { name: 'Find the product of SUPPLIER-1' }).click();
  const field = page.getByLabel('Product of SUPPLIER-1');
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('SUPPLIER-1');
  await field.fill('SUPPLIER-X');
  await page.keyboard.press('Enter');
  await expect(missed.first()).toContainText('No product has the SKU “SUPPLIER-X”.Line 1 · Units: 30');
  await expect(field).toHaveValue('SUPPLIER-X');
  await field.fill(one.sku.toLowerCase());
  await page.keyboard.press('Enter');
  await expect(page.getByLabel(`Units of ${one.name}`)).toHaveValue('30');
  await expect(page.getByLabel(`Units of ${one.name}`)).toBeFocused();
  await expect(missed).toHaveCount(1);
  await page.getByRole('button', { name: 'Find the product of SUPPLIER-2' }).click();
  await page.getByLabel('Product of SUPPLIER-2').fill(other.sku);
  await page.keyboard.press('Enter');
  await expect(page.getByLabel(`Units of ${other.name}`)).toHaveValue('3 + 12 pcs');
  await expect(missed).toHaveCount(0);
});

test('units that cannot be read are no fault of the SKU: its line waits for them', async ({ page }) => {
  const [one, other] = [await ownProduct(page), await ownProduct(page)];
  await open(page, '/receiving');
  await paste(page, `${one.sku}\t12 pcs\n${other.sku}\t3\n${other.sku}\t1.5\nNO-SUCH-3\tmany\n`);
  await expect(page.getByLabel(`Units of ${one.name}`)).toHaveValue('12 pcs');
  await expect(page.getByLabel(`Units of ${other.name}`)).toHaveValue('3 + 1.5');
  await expect(rowOf(page, one.sku)).toContainText('Enter a whole number');
  await expect(page.getByRole('alert')).toHaveCount(1);
  await expect(page.getByRole('alert')).toContainText('“NO-SUCH-3”');
  await expect(page.getByRole('button', { name: /^Book 2 lines/ })).toBeDisabled();
});

test('a receipt whose answer was lost is booked once, whatever is changed meanwhile', async ({ page }) => {
  const product = await ownProduct(page);
  let losses = 2;
  await page.route(`**/api/v1/products/${product.id}/stock-movements`, async (route) => {
    const answer = await route.fetch();
    return losses-- > 0 ? route.abort() : route.fulfill({ response: answer });
  });
  await open(page, '/receiving');
  await scan(page, product.sku);
  await page.getByLabel(`Units of ${product.name}`).fill('5');
  await page.getByRole('button', { name: /^Book 1 line/ }).click();
  await expect(rowOf(page, product.sku)).toContainText('it is not done twice');
  await expect(page.getByLabel(`Units of ${product.name}`)).not.toBeEditable();
  await page.getByLabel('Note').fill('written since');
  await page.getByRole('button', { name: /^Book 1 line/ }).click();
  await expect(rowOf(page, product.sku)).toContainText('Booked');
  expect(await stockOf(page, product.id)).toBe(product.stock + 5);
});

test('who may not receive is not offered it', async ({ browser }) => {
  const page = await pageOf(browser, 'read-only');
  await open(page, '/products');
  await expect(page.getByRole('link', { name: 'Receive goods' })).toHaveCount(0);
  await open(page, '/receiving');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You do not have access to this page');
  await page.context().close();
});

test('a row that cannot be looked up has its own verdict, and the others are taken', async ({ page }) => {
  const product = await ownProduct(page);
  await open(page, '/receiving');
  await search(page).evaluate((input, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, `${'X'.repeat(201)}\t3\nNO-SUCH-3,\n${product.sku}\t24\n`);
  await expect(page.getByLabel(`Units of ${product.name}`)).toHaveValue('24');
  await expect(page.getByRole('alert').filter({ hasText: 'XXX' })).toContainText('could not be looked up');
  await expect(page.getByRole('alert').filter({ hasText: '“NO-SUCH-3,”' })).toContainText('No product has');
});

test('a code that was read in part is no product', async ({ page }) => {
  const product = await ownProduct(page);
  await open(page, '/receiving');
  const part = product.sku.slice(0, -1);
  await search(page).fill(part);
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(toast(page, `“${part}” is not a SKU: choose with the arrow keys.`)).toBeVisible();
  await expect(page.getByText('Nothing in this delivery yet')).toBeVisible();
  await page.keyboard.insertText(product.sku);
  await page.keyboard.press('Enter');
  await expect(rowOf(page, product.sku)).toBeVisible();
});

test('on a narrow screen what is booked stands below the lines, in their whole width', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  for (const path of ['/receiving', '/stocktake']) {
    await open(page, path);
    const [lines, booking] = await Promise.all([page.locator('.sheet > section'), page.locator('.sheet-booking > section')].map((part) => part.boundingBox()));
    expect(booking!.x).toBe(lines!.x);
    expect(booking!.y).toBeGreaterThan(lines!.y + lines!.height);
  }
});

/** Fills a delivery that is longer than the window, scrolls, and looks for the button. */
async function staysInReach(page: Page) {
  const { items } = await (await page.request.get('/api/v1/products?limit=25&sort=id')).json() as { items: Product[] };
  await open(page, '/receiving');
  await paste(page, items.map(({ sku }) => `${sku}\t1`).join('\n'));
  const book = page.getByRole('button', { name: `Book ${items.length} lines` });
  await expect(book).toBeInViewport({ ratio: 1 });
  await page.mouse.wheel(0, 700);
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(400);
  await expect(book).toBeInViewport({ ratio: 1 });
}

test('booking stays in reach, however long the delivery is', async ({ page }) => staysInReach(page));

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 800 } });

  test('booking stays in reach, however long the delivery is', async ({ page }) => {
    await staysInReach(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await page.getByLabel(/^Units of/).first().evaluate((field) => getComputedStyle(field.closest('td')!).overflow)).toBe('visible'); // its outline is whole
  });
});
