import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { violations } from './axe';
import { expect, open, pageOf, test, toast } from './test';

const choose = (page: Page, text: string | Buffer, name = 'products.csv') =>
  page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.isBuffer(text) ? text : Buffer.from(text) });

const tab = (page: Page, name: RegExp) => page.getByRole('tab', { name });
const row = (page: Page, key: string) => page.locator('.import-rows tbody tr').filter({ hasText: key });

/** Products that belong to this run. */
async function makeProducts(page: Page, mark: string) {
  for (const i of [1, 2]) {
    await page.request.post('/api/v1/products', { data: { sku: `${mark}-${i}`, name: `Lamp ${mark} ${i}`, price: 1_000 * i, category_id: 4 } });
  }
}

async function found(page: Page, mark: string): Promise<{ sku: string; name: string; price: number; stock: number }[]> {
  const answer = await page.request.get(`/api/v1/products?q=${mark}&sort=sku`);
  return ((await answer.json()) as { items: { sku: string; name: string; price: number; stock: number }[] }).items;
}

test('a file is looked at, imported and undone', async ({ page }) => {
  const mark = `IMP${Date.now()}`;
  await makeProducts(page, mark);
  await open(page, '/products');
  await page.getByRole('link', { name: 'Import' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Import products');
  expect(await violations(page)).toEqual([]);

  const text = `sku;name;price;category;stock\r\n${mark}-1;Lamp ${mark} 1;12.50;kitchen;99\r\n\r\n${mark}-3;"Lamp ""${mark}""\r\nin two lines";7.00;kitchen;5\r\n`;
  await choose(page, text);
  await expect(tab(page, /^Will change 1$/)).toHaveAttribute('aria-selected', 'true');
  await expect(row(page, `${mark}-1`)).toContainText('€10.00 → became €12.50');
  await expect(page.getByText('Only new rows take it, known ones keep what they have: stock')).toBeVisible();
  await expect(page.getByText(/^Left out/)).toHaveCount(0);
  expect(await violations(page)).toEqual([]);
  await tab(page, /^New 1$/).click();
  await expect(row(page, `${mark}-3`)).toContainText(`Lamp "${mark}" in two lines`);
  await expect(row(page, `${mark}-3`).locator('td').first()).toHaveText('4');
  expect(await found(page, mark)).toHaveLength(2); // nothing is written yet

  await page.getByRole('button', { name: 'Import 2 rows' }).click();
  await expect(page.getByText('1 added, 1 changed.')).toBeVisible();
  expect((await found(page, mark)).map(({ price, stock }) => [price, stock])).toEqual([[1_250, 0], [2_000, 0], [700, 5]]);
  await page.getByRole('button', { name: 'Undo this import' }).click();
  await expect(toast(page, 'Undone for 2 records')).toBeVisible();
  await expect(page.getByText('The import was undone.')).toBeVisible();
  await expect(tab(page, /^Undone 2$/)).toBeFocused();
  await expect(tab(page, /^(Added|Changed)/)).toHaveCount(0);
  await expect(row(page, `${mark}-3`)).toContainText('Undone');
  expect((await found(page, mark)).map(({ price }) => price)).toEqual([1_000, 2_000]);

  await page.getByRole('link', { name: 'Show the products' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Products');
});

test('what was changed since an import is not undone, and its row says so', async ({ page }) => {
  const mark = `KEPT${Date.now()}`;
  await open(page, '/products/import');
  await choose(page, `sku,name,price,category\n${mark}-1,Lamp,1.00,kitchen\n${mark}-2,Lamp,2.00,kitchen\n`);
  await page.getByRole('button', { name: 'Import 2 rows' }).click();
  await expect(tab(page, /^Added 2$/)).toBeFocused();
  const id = Number((await row(page, `${mark}-2`).getByRole('link').getAttribute('href'))?.split('/').pop());
  await page.request.patch(`/api/v1/products/${id}`, { data: { price: 300 } });
  await page.getByRole('button', { name: 'Undo this import' }).click();
  await expect(page.getByText('Undone, except for 1 record.')).toBeVisible();
  await expect(tab(page, /^Not undone 1$/)).toHaveAttribute('aria-selected', 'true');
  await expect(row(page, `${mark}-2`)).toContainText(/Changed again later/);
  await expect(tab(page, /^Undone 1$/)).toBeVisible();
  expect(await violations(page)).toEqual([]);
  expect((await found(page, mark)).map(({ price }) => price)).toEqual([300]);
  await page.request.delete(`/api/v1/products/${id}`);
});

test('a tree of categories comes in pieces, whatever the order of its lines', async ({ page }) => {
  const mark = `tree-${Date.now()}`;
  const rooms = Array.from({ length: 1_020 }, (_, i) => `${mark}-${i},Shelf ${i},${mark}-${i < 600 ? 'late' : i % 2 === 0 ? i - 600 : 'early'}`);
  const lines = [`${mark}-early,Early,`, ...rooms, `${mark}-lost,Lost,${mark}-nowhere`, `${mark}-late,Late,`, `${mark}-5,Again,`];
  await open(page, '/categories');
  await page.getByRole('link', { name: 'Import' }).click();
  await choose(page, `slug,name,parent\n${lines.join('\n')}\n`, 'categories.csv');
  await expect(tab(page, /^Refused 2$/)).toHaveAttribute('aria-selected', 'true');
  await expect(tab(page, /^New 1,022$/)).toBeVisible();
  await expect(row(page, `${mark}-lost`)).toContainText('Parent: ');
  await expect(row(page, `${mark}-5`)).toContainText('is in line 8 already');
  const answers: string[] = [];
  page.on('response', (response) => response.url().includes('skip_refused') && answers.push(String(response.status())));
  await page.getByRole('button', { name: 'Import the 1,022 good rows' }).click();
  await expect(page.getByText('1,022 added, 0 changed.')).toBeVisible();
  expect(answers).toEqual(['200', '200']);
  const idOf = async (slug: string) => (await (await page.request.get(`/api/v1/categories?slug=${mark}-${slug}`)).json() as { items: { id: number; parent_id: number }[] }).items[0];
  expect((await idOf('1018'))?.parent_id).toBe((await idOf('418'))?.id);
  expect((await idOf('418'))?.parent_id).toBe((await idOf('late'))?.id);
  await expect(row(page, `${mark}-5`)).toContainText('is in line 8 already'); // what was not sent is told of still
  await page.getByRole('button', { name: 'Undo this import' }).click();
  await expect(page.getByText('The import was undone.')).toBeVisible();
  await expect(tab(page, /^Refused 2$/)).toBeVisible();
});

test('an export names categories as an import of another shop finds them', async ({ page }) => {
  const mark = `EXP${Date.now()}`;
  await makeProducts(page, mark);
  await open(page, `/products?filter=${encodeURIComponent(JSON.stringify({ q: mark }))}`);
  await expect(page.locator('tbody tr')).toHaveCount(2);
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  const file = readFileSync(await (await saving).path(), 'utf8');
  const [heading = '', ...rows] = file.slice(1).trim().split('\r\n').map((line) => line.split(','));
  const { slug } = (await (await page.request.get('/api/v1/categories/4')).json()) as { slug: string };
  expect(rows.map((cells) => cells[heading.indexOf('category')])).toEqual([slug, slug]);
  expect(heading).not.toContain('category_id');
  const again = await page.request.post('/api/v1/products/import', { headers: { 'Content-Type': 'text/csv' }, data: file });
  expect(await again.json()).toMatchObject({ unchanged: 2 });
});

test('refused rows say why, are left out, and come back mended', async ({ page }) => {
  const mark = `REF${Date.now()}`;
  await open(page, '/products/import');
  const header = 'sku,name,price,category';
  await choose(page, `${header}\n${mark}-1,First,1.00,kitchen\n${mark}-2,Second,"1,00",kitchen\n${mark}-1,Third,3.00,kitchen\n`);
  await expect(tab(page, /^Refused 2$/)).toHaveAttribute('aria-selected', 'true');
  await expect(row(page, `${mark}-2`)).toContainText(/Price: expected an amount .*; it has “1,00”$/);
  await expect(row(page, `${mark}-1`)).toContainText(/SKU: is in line 2 already$/); // the SKU stands beside it
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download the refused rows' }).click();
  const download = await saving;
  expect(download.suggestedFilename()).toBe('products-refused.csv');
  const refused = readFileSync(await download.path(), 'utf8');
  expect(refused).toContain(`${header},why_refused`);
  expect(refused.split('\r\n')).toHaveLength(4);
  expect(refused).toMatch(/Price: expected an amount/); // as on screen

  await page.getByRole('button', { name: 'Import the good row' }).click();
  await expect(page.getByText('1 added, 0 changed.')).toBeVisible();
  expect(await found(page, mark)).toHaveLength(1);

  // The column of reasons can stay in the file.
  await page.getByRole('button', { name: 'Choose another file' }).click();
  await choose(page, refused.replace('"1,00"', '1.00').replace(`${mark}-1`, `${mark}-3`), 'products-refused.csv');
  await page.getByRole('button', { name: 'Import 2 rows' }).click();
  await expect(page.getByText('2 added, 0 changed.')).toBeVisible();
  expect((await found(page, mark)).map(({ name }) => name)).toEqual(['First', 'Second', 'Third']);
});

test('a long file goes in pieces, which keep its lines', async ({ page }) => {
  const mark = `BIG${Date.now()}`;
  const lines = Array.from({ length: 1_050 }, (_, i) => `${mark}-${i},"A lamp\nof two lines",${i === 1_020 ? 'x' : '1.00'},kitchen`);
  lines.push(`${mark}-7,Again,1.00,kitchen`); // known from another piece
  const pieces: string[] = [];
  await page.route(/\/products\/import\?/, async (route) => {
    pieces.push(route.request().url());
    await route.continue();
  });
  await open(page, '/products/import');
  await choose(page, `sep=,\nsku,name,price,category\n${lines.join('\n')}\n`);
  await expect(tab(page, /^New 1,049$/)).toBeVisible({ timeout: 120_000 });
  expect(pieces).toHaveLength(2);
  await expect(row(page, `${mark}-1020`).locator('td').first()).toHaveText(String(3 + 1_020 * 2));
  await expect(row(page, `${mark}-7`)).toContainText('is in line 17 already');
  await expect(page.getByRole('button', { name: 'Import the 1,049 good rows' })).toBeVisible();
});

test('a quotation that does not end in a long file is found', async ({ page }) => {
  await open(page, '/products/import');
  await choose(page, `sku,name,price,category\nA-1,Lamp,1.00,kitchen\nA-2,"Lamp,1.00,kitchen\n${'A-3,Lamp,1.00,kitchen\n'.repeat(300_000)}`);
  await expect(page.getByRole('alert')).toContainText('The row in line 3 is longer than 1 MB.');
});

test('what is no file for it is said in words, and the template is one', async ({ page }) => {
  await open(page, '/products/import');
  const alert = page.getByRole('alert');
  await expect(page.getByText('separated by semicolons or tabs a comma')).toBeVisible();
  await choose(page, Buffer.from([0x73, 0x6b, 0x75, 0x0a, 0xe4, 0xff]));
  await expect(alert).toContainText('products.csv is not a CSV file in UTF-8.');
  await choose(page, 'sku,colour\nA-1,red\n');
  await expect(alert).toContainText('Line 1, Colour: ');
  await choose(page, 'name,price\nLamp,1.00\n');
  await expect(alert).toContainText('SKU: is required');

  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download a template' }).click();
  const template = readFileSync(await (await saving).path(), 'utf8').replace('ABC-0001', `TPL${Date.now()}`).replace('garden-chairs', 'kitchen');
  await choose(page, template);
  await expect(tab(page, /^New 1$/)).toHaveAttribute('aria-selected', 'true');
});

test('who may not import is not offered it', async ({ browser }) => {
  const page = await pageOf(browser, 'catalog');
  await open(page, '/products');
  await expect(page.getByRole('link', { name: 'Add product' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Import' })).toHaveCount(0);
  await open(page, '/products/import');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You do not have access to this page');
  await page.context().close();
});

test('an import whose answer is lost is not done twice, and can be undone', async ({ page }) => {
  const mark = `LOST${Date.now()}`;
  let losses = 2; // after one lost answer, the request is repeated automatically
  await page.route(/\/products\/import\?.*skip_refused/, async (route) => {
    const answer = await route.fetch();
    return losses-- > 0 ? route.abort() : route.fulfill({ response: answer });
  });
  await open(page, '/products/import');
  await choose(page, `sku,name,price,category,stock\n${mark}-1,Lamp,1.00,kitchen,3\n`);
  const go = page.getByRole('button', { name: 'Import 1 row' });
  await go.click();
  await expect(page.getByRole('alert')).toContainText('it is not done twice');
  await go.click();
  await expect(page.getByText('1 added, 0 changed.')).toBeVisible();
  expect((await found(page, mark)).map(({ stock }) => stock)).toEqual([3]);
  await page.getByRole('button', { name: 'Undo this import' }).click();
  await expect(toast(page, 'Undone for 1 record')).toBeVisible();
  expect(await found(page, mark)).toEqual([]);
});

test('headings as a spreadsheet has them are taken for the fields that they name', async ({ page }) => {
  const mark = `HEAD${Date.now()}`;
  await open(page, '/products/import');
  await choose(page, `"SKU";Name ;PRICE;Category;Low stock at;is_active\n${mark}-1;Lamp;12,50;kitchen;3;false\n`);
  await expect(tab(page, /^New 1$/)).toBeVisible();
  await page.getByRole('button', { name: /^Import/ }).click();
  await expect.poll(() => found(page, mark)).toMatchObject([{ sku: `${mark}-1`, price: 1250, low_stock_at: 3, is_active: false }]);

  await page.reload();
  await choose(page, Buffer.from(`\ufeffSKU\tName\tPrice\tCategory\r\n${mark}-2\tČajník\t12,50\tkitchen\r\n`, 'utf16le'), 'unicode-text.txt');
  await page.getByRole('button', { name: /^Import/ }).click();
  await expect.poll(() => found(page, mark)).toMatchObject([{ sku: `${mark}-1` }, { sku: `${mark}-2`, name: 'Čajník', price: 1250 }]);

  await page.reload();
  await choose(page, 'SKU;Colour\nX;red\n');
  await expect(page.getByRole('alert')).toContainText('Line 1, Colour: expected the name of a field');
  await expect(page.getByRole('alert')).not.toContainText('SKU:');
});

test('a name with a comma that moves all cells is named before what that does to them', async ({ page }) => {
  const mark = `LONG${Date.now()}`;
  await open(page, '/products/import');
  await choose(page, `sku,name,price,category\n${mark}-1,Lamp, red,12.00,\n${mark}-2,"Lamp, red",x,kitchen\n${mark}-3,Lamp, red,12.00,kitchen\n`);
  const reasons = (key: string) => row(page, key).locator('.import-why > div');
  const tooMany = 'It has 5 cells, but there are 4 columns. A text that contains “,” has to be in quotation marks.';
  await expect(reasons(`${mark}-1`).first()).toHaveText(tooMany);
  await expect(reasons(`${mark}-1`).nth(1)).toContainText('Price:');
  await expect(reasons(`${mark}-2`)).toHaveText(/^Price:/);
  await expect(reasons(`${mark}-3`)).toHaveText(tooMany);
});
