import { inflateSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { intoCart, ownCustomer, ownOrder, ownProduct } from './own';
import { expect, open, provoke, test, toast } from './test';

/** Keeps printed slips in the page instead of printing them. */
const printIntoPage = (page: Page) => page.addInitScript(() => {
  window.print = () => {
    document.documentElement.dataset.printed = JSON.stringify([...document.querySelectorAll('.slip')].map((slip) => slip.textContent));
  };
});

/** Selects the newest orders. */
async function select(page: Page, n: number) {
  await printIntoPage(page);
  await open(page, `/orders?filter={}&sort=id&order=DESC&perPage=${n}`);
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
  await page.waitForLoadState('networkidle'); // the customers of the rows are here
  return page.locator('tr[data-id]').evaluateAll((all) => all.map((row) => Number((row as HTMLElement).dataset.id)));
}

const printed = async (page: Page) => {
  await expect(page.locator('html')).toHaveAttribute('data-printed');
  return JSON.parse(await page.locator('html').getAttribute('data-printed') ?? '') as string[];
};

test('a hundred slips need a handful of requests', async ({ page }) => {
  const ids = await select(page, 100);
  expect(ids).toHaveLength(100);
  const noted = ids.slice(40, 43);
  const mark = Date.now();
  for (const [i, id] of [...noted, noted[1]].entries()) {
    expect((await page.request.post(`/api/v1/orders/${id}/notes`, { data: { note: `Slip ${mark} note ${i}` } })).status()).toBe(201);
  }
  const asked: string[] = [];
  await page.route(/\/api\/v1\/(orders|order-events|customers)\b/, async (route) => {
    asked.push(route.request().url());
    await new Promise((done) => { setTimeout(done, 400); });
    await route.continue();
  });
  await page.keyboard.press('P');
  await expect(page.getByRole('button', { name: 'Preparing slips…' })).toBeDisabled();
  const slips = await printed(page);
  await expect(page.getByRole('button', { name: 'Print slips' })).toBeEnabled();
  expect(asked.length, asked.join('\n')).toBeLessThan(6);

  expect(slips.map((slip) => Number(/#(\d+)/.exec(slip)?.[1]) - 1000)).toEqual(ids);
  const notes = (i: number) => slips[i]?.match(new RegExp(`(?<=Slip ${mark} )note \\d`, 'g'));
  expect([notes(39), notes(40), notes(41), notes(42), notes(43)])
    .toEqual([null, ['note 0'], ['note 1', 'note 3'], ['note 2'], null]);
});

/** How many bars of barcodes are on each page of a PDF. */
function barsOf(pdf: Buffer): number[] {
  const text = pdf.toString('latin1');
  return [...text.matchAll(/\/Type \/Page\n[^]*?\/Contents (\d+) 0 R/g)].map(([, id]) => {
    const start = text.indexOf('stream\n', text.indexOf(`\n${id} 0 obj`)) + 'stream\n'.length;
    return inflateSync(pdf.subarray(start, text.indexOf('endstream', start))).toString('latin1').match(/ 44 re\n/g)?.length ?? 0;
  });
}

test('every page of a slip says whose it is', async ({ page }) => {
  const buyer = await ownCustomer(page);
  const orders = [await ownOrder(page, [], buyer), await ownOrder(page, [], buyer)];
  await page.request.post(`/api/v1/orders/${orders[1]?.id}/notes`, { data: { note: 'A card for each parcel\n'.repeat(60) } });
  await page.addInitScript(() => {
    window.print = () => {
      const slips = document.querySelector('.slips')?.cloneNode(true);
      setTimeout(() => { // when they are gone, as after printing
        document.body.classList.add('printing-slips');
        if (slips) document.body.append(slips);
        document.documentElement.dataset.printed = '[]';
      });
    };
  });
  await open(page, `/orders?filter={"customer_id":"${buyer.id}"}&sort=id&order=DESC`);
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
  await page.keyboard.press('P');
  await printed(page);
  const bars = await page.locator('.barcode').evaluateAll((all) => all.map((one) => one.querySelectorAll('rect').length));
  expect(bars).toHaveLength(2);
  expect(barsOf(await page.pdf({ format: 'A4' }))).toEqual([bars[0], bars[0], bars[1]]);
});

for (const part of ['order-events', 'orders', 'customers']) {
  test(`nothing is printed without the ${part}`, async ({ page }) => {
    provoke(page, 500);
    const [id] = await select(page, 25);
    await page.route(`**/api/v1/${part}?*`, (route) => route.fulfill({ status: 500, json: { detail: 'The disk is full' } }));
    await open(page, `/orders/${id}`);
    await page.keyboard.press('p');
    await expect(toast(page, 'The disk is full').first()).toBeVisible();
    await expect(page.locator('.slips')).toHaveCount(0);
    await expect(page.locator('html')).not.toHaveAttribute('data-printed');
    await page.unroute(`**/api/v1/${part}?*`);
    await page.keyboard.press('p');
    expect(await printed(page)).toHaveLength(1);
  });
}

test('the slip of an order that a colleague has cancelled meanwhile says so', async ({ page }) => {
  const order = await ownOrder(page);
  await printIntoPage(page);
  await open(page, `/orders/${order.id}`);
  await page.request.post(`/api/v1/orders/${order.id}/transitions`, { data: { to: 'cancelled' } });
  await page.keyboard.press('p');
  expect((await printed(page))[0]).toContain('Cancelled: do not pack');

  // However long a SKU is, the name beside it keeps its room on the sheet.
  const [buyer, long] = [await ownCustomer(page), await ownProduct(page, { sku: `${'X'.repeat(50)}${Date.now()}`, name: 'Ash bowl for soups and salads, '.repeat(5) })];
  await intoCart(page, buyer, long);
  const { id } = await (await page.request.post(`/api/v1/customers/${buyer.id}/checkout`)).json() as { id: number };
  await open(page, `/orders/${id}`);
  await page.setViewportSize({ width: 720, height: 1020 }); // A4
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => {
    window.print = () => { document.documentElement.dataset.width = String(document.querySelector('.slip td td:last-child')?.clientWidth); };
  });
  await page.keyboard.press('p');
  await expect(page.locator('html')).toHaveAttribute('data-width', /^[345]\d\d$/);
  await page.request.delete(`/api/v1/products/${long.id}`); // other journeys must not find a name as long as this
});

test('on label paper nothing is cut off, and names have the width of the sheet', async ({ page }) => {
  const long = await ownProduct(page, { sku: `${'LABEL'.repeat(10)}${Date.now()}`, name: 'Ash bowl for soups and salads, '.repeat(5) });
  const buyer = await ownCustomer(page, { name: 'Wilhelmina van der Bosch-Featherstonehaugh', address: `${'Llanfair'.repeat(8)}\nMarket Ashby` });
  await intoCart(page, buyer, long, 1_000);
  await page.request.post(`/api/v1/products/${long.id}/stock-movements`, { data: { quantity_change: 1_000, reason: 'receipt' } });
  const order = await (await page.request.post(`/api/v1/customers/${buyer.id}/checkout`)).json() as { id: number; number: number };
  await page.addInitScript(() => {
    window.print = () => {
      const slip = document.querySelector('.slip');
      const parts = [...slip?.querySelectorAll('td, address *, header *') ?? []];
      const { width = 0 } = slip?.querySelector('td td:last-child')?.getBoundingClientRect() ?? {};
      document.documentElement.dataset.printed = JSON.stringify({
        width, header: slip?.querySelector('thead header')?.textContent,
        cut: parts.filter((one) => one.scrollWidth > one.clientWidth && getComputedStyle(one).display !== 'inline' || one.getBoundingClientRect().right > innerWidth + 1).map((one) => one.outerHTML),
      });
    };
  });
  await page.setViewportSize({ width: 340, height: 530 }); // 100 × 150 mm, less its margins
  await open(page, `/orders/${order.id}`);
  await page.emulateMedia({ media: 'print' });
  await page.keyboard.press('p');
  await expect(page.locator('html')).toHaveAttribute('data-printed');
  const { width, header, cut } = JSON.parse(await page.locator('html').getAttribute('data-printed') ?? '') as { width: number; header: string; cut: string[] };
  expect(cut).toEqual([]);
  expect(width).toBeGreaterThan(220);
  expect(header).toContain(`#${order.number}`); // the header is repeated on each page
  expect(header).toContain(buyer.name);
  await page.request.delete(`/api/v1/products/${long.id}`);
});

test('a pick list adds up what many orders need, without those that are cancelled meanwhile', async ({ page }) => {
  const buyer = await ownCustomer(page);
  const [shared, single, gone] = [await ownProduct(page), await ownProduct(page), await ownProduct(page)];
  const place = async (...lines: [{ id: number }, number][]) => {
    for (const [product, quantity] of lines) await intoCart(page, buyer, product, quantity);
    return (await (await page.request.post(`/api/v1/customers/${buyer.id}/checkout`)).json()) as { id: number; number: number };
  };
  const orders = [await place([shared, 3]), await place([shared, 1], [single, 2]), await place([shared, 40], [gone, 5])];
  const [first, second, cancelled] = orders.map((order) => order.number);
  await printIntoPage(page);
  await open(page, `/orders?filter={"customer_id":"${buyer.id}"}&sort=id&order=DESC`);
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
  await expect(page.getByRole('toolbar')).toContainText('3 selected');
  await page.request.post(`/api/v1/orders/${orders[2]?.id}/transitions`, { data: { to: 'cancelled' } });
  await page.keyboard.press('L');
  const [list = ''] = await printed(page);
  expect(list).toContain('2 orders, 2 products, 6 units');
  expect(list).toContain(`no longer need packing: #${cancelled}`);
  expect(list).toContain(`4${shared.sku}${shared.name}#${first}\u00a0×\u00a03, #${second}`);
  expect(list).toContain(`2${single.sku}${single.name}#${second}\u00a0×\u00a02`);
  expect(list).not.toContain(gone.sku);

  await page.request.post(`/api/v1/orders/${orders[0]?.id}/transitions`, { data: { to: 'processing' } });
  await page.request.post(`/api/v1/orders/${orders[0]?.id}/transitions`, { data: { to: 'shipped' } });
  await page.getByRole('button', { name: 'Clear' }).click();
  await page.getByRole('button', { name: 'Refresh' }).click();
  for (const number of [first, cancelled]) await page.getByRole('checkbox', { name: `Select #${number}` }).check();
  await expect(page.getByRole('button', { name: 'Print slips' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Pick list' })).toHaveCount(0);

  await page.getByRole('checkbox', { name: `Select #${second}` }).check();
  await page.evaluate(() => delete document.documentElement.dataset.printed);
  await page.request.post(`/api/v1/orders/${orders[1]?.id}/transitions`, { data: { to: 'cancelled' } });
  await page.getByRole('button', { name: 'Pick list' }).click();
  await expect(toast(page, 'None of these orders need packing any more.')).toBeVisible();
  await expect(page.locator('html')).not.toHaveAttribute('data-printed');
});
