import { ownProduct, ownProducts } from './own';
import { expect, open, settled, test, toast } from './test';

const rows = 'table.grid tbody tr';

test('search while typing, filter, and share the address', async ({ page }) => {
  await open(page, '/products');
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('oak');
  await expect(page).toHaveURL(/q%22%3A%22oak|"q":"oak/);
  await expect(page.locator(rows).first()).toContainText(/oak/i);

  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Price' }).click();
  await page.getByRole('textbox', { name: 'From', exact: true }).fill('20.00');
  await page.getByRole('textbox', { name: 'Up to', exact: true }).fill('60.00');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.locator('.filter-chip')).toHaveText(/Price €20.00 to €60.00/);
  await settled(page);
  await expect(page.locator('table')).toHaveAttribute('aria-busy', 'false'); // the total is that of the filter
  const total = await page.locator('.page-head .total').innerText();

  // The address contains everything: somebody else sees the same list.
  const other = await page.context().newPage();
  await other.goto(page.url());
  await settled(other);
  await expect(other.locator('.filter-chip')).toHaveText(/Price €20.00 to €60.00/);
  await expect(other.locator('.page-head .total')).toHaveText(total);
});

test('words are found in any order', async ({ page }) => {
  await open(page, '/products?filter={"q":"table oak"}');
  await expect(page.locator(rows).first()).toContainText(/oak.*table/i);
  await expect(page.locator('.page-head .total')).not.toHaveText('0');
  await page.keyboard.press('Control+k');
  await page.locator('[cmdk-input]').fill('table oak');
  await expect(page.getByRole('option', { name: /oak.*table/i }).first()).toBeVisible();
});

test('change a price in the list and take it back', async ({ page }) => {
  await open(page, `/products?filter={"q":"${await ownProducts(page, 'Bench', 2)}"}`);
  const row = page.locator(rows).first();
  const name = await row.locator('td.primary').innerText();
  const price = row.locator('.inline-edit');
  const before = await price.innerText();
  await price.click();
  await page.keyboard.type('123.45');
  await page.keyboard.press('Enter');
  await expect(toast(page, `${before} → €123.45`)).toBeVisible();
  const same = page.locator(rows).filter({ hasText: name }).first();
  await expect(same.locator('.inline-edit')).toHaveText('€123.45');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(same.locator('.inline-edit')).toHaveText(before);
});

test('a price that cannot be kept stays open with the reason', async ({ page }) => {
  const { id } = await ownProduct(page, { price: 5_000 });
  const path = `/api/v1/products/${id}`;
  await open(page, `/products?filter={"id":"${id}"}`);
  await page.locator('button.inline-edit').click();
  const input = page.locator('input.inline-edit');
  await input.fill('12.34x');
  await input.press('Enter');
  await expect(page.getByRole('alert')).toHaveText('“12.34x” is not an amount. The price was not changed.');
  await page.request.patch(path, { data: { price: 4_321 } });
  const meet = async () => {
    await input.fill('321.09');
    await input.press('Enter');
    await expect(page.getByRole('alert')).toHaveText('A colleague has changed the price to €43.21. Press Enter to save yours anyway, or Escape to keep theirs.');
    await expect(input).toHaveValue('321.09');
  };
  await meet();
  await page.getByRole('heading', { level: 1 }).click(); // leaving the input does not answer the question
  await expect(page.locator('button.inline-edit')).toHaveText('€43.21');

  await page.locator('button.inline-edit').click();
  await page.request.patch(path, { data: { price: 4_300 } });
  await page.request.patch(path, { data: { price: 4_321, description: 'Changed by a colleague, the price not' } });
  await input.fill('55.00');
  await input.press('Enter');
  await expect(toast(page, '€43.21 → €55.00')).toBeVisible();
  await page.locator('button.inline-edit').click();
  await page.request.patch(path, { data: { price: 4_321 } });
  await page.route('**/api/v1/products?*', (route) => route.abort()); // Enter works before the list has their price
  await meet();
  await input.press('Enter');
  await expect(toast(page, '€43.21 → €321.09')).toBeVisible();
  await expect(input).toHaveCount(0);
});

test('deactivate several at once, and undo', async ({ page }) => {
  await open(page, `/products?filter={"q":"${await ownProducts(page, 'Teapot', 3)}"}`);
  const [first, second] = [page.locator(rows).nth(0), page.locator(rows).nth(1)];
  await first.getByRole('checkbox').click();
  await second.getByRole('checkbox').click({ modifiers: ['Shift'] });
  await expect(page.getByRole('toolbar')).toContainText('2 selected');
  await page.getByRole('toolbar').getByRole('button', { name: 'Deactivate' }).click();
  await expect(toast(page, '2 changed')).toBeVisible();
  await expect(page.locator(rows).filter({ hasText: 'Inactive' })).not.toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(toast(page, 'Undone for 2 records')).toBeVisible();

  for (const row of [first, second]) await row.getByRole('checkbox').check();
  await page.getByRole('toolbar').getByRole('button', { name: 'Change…' }).click();
  await page.getByRole('combobox', { name: 'Field' }).click();
  await page.getByRole('option', { name: 'Active', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Change', exact: true }).click(); // the switch says No
  await expect(toast(page, '2 changed')).toBeVisible();
});

test('add a product, with refusals at their fields, delete it, and bring it back', async ({ page }) => {
  await open(page, '/products/create');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('SKU is required.')).toBeVisible();
  await page.getByLabel('SKU').fill('KIT-0001'); // taken
  await page.getByLabel('Name').fill('E2E test lamp');
  await page.getByLabel('Price').fill('49,90');
  await page.getByRole('combobox', { name: 'Category' }).fill('kettles');
  await page.getByRole('option', { name: 'Kettles' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByLabel('SKU')).toHaveAccessibleDescription('KIT-0001 is already used by another record.');
  await page.getByLabel('SKU').fill(`E2E-${Date.now()}`);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(toast(page, 'Product added')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('E2E test lamp');
  await expect(page.locator('.facts dd').first()).toHaveText(/^\d{4}$/); // the id, not grouped

  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(toast(page, 'E2E test lamp deleted')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(toast(page, 'E2E test lamp restored')).toBeVisible();
});

test('choose columns and keep a view', async ({ page }) => {
  await open(page, '/products?filter={"is_active":false}');
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Created' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('columnheader', { name: 'Created' })).toBeVisible();
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitem', { name: 'Save this view' }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Inactive');
  await page.getByRole('button', { name: 'Save' }).click();
  await open(page, '/products?filter={}');
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitem', { name: 'Inactive' }).first().click();
  await expect(page.locator('.filter-chip')).toHaveText(/Active: No/);
});

test('prices by percent: what was changed is told from what was not, and taken back', async ({ page }) => {
  await open(page, '/products?filter={"q":"oak","is_active":true}&sort=id&order=ASC');
  const prices = page.locator(`${rows} .inline-edit`);
  const before = await prices.allInnerTexts();
  const chosen = [0, before.findIndex((price) => price !== before[0])];
  for (const row of chosen) await page.locator(rows).nth(row).getByRole('checkbox').check();
  let requests = 0;
  await page.route('**/api/v1/products/bulk', (route) => (++requests === 2
    ? route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify({ detail: 'your role was changed' }) })
    : route.continue()));
  await page.getByRole('button', { name: 'Price…' }).click();
  const percent = page.getByLabel('Percentage');
  for (const typed of ['1e1', '0x10', '10%', '1,5,0', 'ten', '--5', 'Infinity']) {
    await percent.fill(typed);
    await expect(percent).toHaveAccessibleDescription('Enter a number, such as 2.5.');
    await expect(page.getByRole('button', { name: 'Change', exact: true })).toBeDisabled();
  }
  await percent.fill('-100');
  await expect(percent).toHaveAccessibleDescription('Enter a number above -100 and up to 1000.');
  await percent.fill('2,5');
  await expect(page.getByText('€100.00 becomes €102.50')).toBeVisible();
  await percent.fill('10');
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('1 was not changed');
  await expect(dialog.locator('tr').first()).toContainText('Your role was changed.');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(toast(page, '1 changed')).toBeVisible();
  await expect(page.getByRole('toolbar')).toContainText('1 selected');
  const selected = page.locator(rows).filter({ has: page.getByRole('checkbox', { checked: true }) });
  const [refused] = await selected.locator('.inline-edit').allInnerTexts();
  await expect.poll(async () => (await prices.allInnerTexts()).filter((price, i) => price !== before[i]).length).toBe(1);
  expect(chosen.map((row) => before[row])).toContain(refused);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(toast(page, 'Undone for 1 record')).toBeVisible();
  await expect(prices).toHaveText(before);
});

test('more are changed at once than one request may name', async ({ page }) => {
  await open(page, '/products?filter={"is_active":true}&sort=id&order=ASC');
  await settled(page);
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
  await page.getByRole('toolbar').getByRole('button', { name: 'Select the first 1,000' }).click();
  await expect(page.getByRole('toolbar')).toContainText('1,000 selected');
  await page.getByRole('toolbar').getByRole('button', { name: 'Activate', exact: true }).click();
  await expect(toast(page, '1,000 changed')).toBeVisible();
});

test('a page too deep to go to is said to be, and is reached row by row', async ({ page }) => {
  await open(page, '/inventory-movements?page=600&perPage=25');
  await expect(toast(page, 'Page 600 cannot be opened directly, because it starts after 10,000 rows.')).toBeVisible();
  await expect(page.locator('.pager .range')).toContainText('1–25');
  await open(page, '/inventory-movements?page=401&perPage=25');
  for (const next of ['10,026–10,050', '10,051–10,075']) {
    await page.getByRole('button', { name: 'Next page' }).click();
    await expect(page.locator('.pager .range')).toContainText(next);
    await page.waitForLoadState('networkidle');
  }
});

test('a new page begins at its top, and Back leads to where one was', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 400 });
  await open(page, '/customers');
  await open(page, '/products?perPage=100&sort=id&order=ASC'); // other journeys add products at the end
  const scrolled = () => page.evaluate(() => window.scrollY);
  await page.locator(rows).nth(70).scrollIntoViewIfNeeded();
  const before = await scrolled();
  await page.getByRole('link', { name: 'Customers', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Customers');
  await settled(page);
  expect(await scrolled()).toBe(0);
  await page.goBack();
  await expect(page.locator(rows).nth(70)).toBeVisible();
  await expect.poll(scrolled).toBe(before);
});

test('undoing a change of many leaves alone what a colleague changed since', async ({ page }) => {
  const name = `Stacking stool ${Date.now()}`;
  const ids: number[] = [];
  for (const [i, price] of [1_000, 2_000, 3_000].entries()) {
    ids.push((await ownProduct(page, { name: `${name} ${i}`, price })).id);
  }
  await open(page, `/products?filter={"q":"${name}"}&sort=id&order=ASC`);
  const prices = page.locator(`${rows} .inline-edit`);
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
  await page.getByRole('button', { name: 'Price…' }).click();
  await page.getByLabel('Percentage').fill('10');
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await expect(toast(page, '3 changed')).toBeVisible();
  await expect(prices).toHaveText(['€11.00', '€22.00', '€33.00']);

  await page.request.patch(`/api/v1/products/${ids[1]}`, { data: { price: 4_567 } });
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(toast(page, 'Undone for 2 records')).toBeVisible();
  const refused = page.getByRole('dialog').locator('tr').first();
  await expect(refused).toContainText(`${name} 1`);
  await expect(refused).toContainText('Changed again later: Price.');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await expect(prices).toHaveText(['€10.00', '€45.67', '€30.00']);
});
