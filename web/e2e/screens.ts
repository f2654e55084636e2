import type { Page } from '@playwright/test';
import { demoPassword, emailOf } from './server/accounts';
import { furniture } from './server/furnish';
import { expect, open, settled } from './test';

/** Shows a screen, whatever the page shows before. */
export type Show = (page: Page) => Promise<void>;

const at = (path: string): Show => (page) => open(page, path);

/** Opens a page, then does something there. */
const then = (path: string, act: Show): Show => async (page) => {
  await open(page, path);
  await act(page);
};

const dialog = (page: Page) => expect(page.getByRole('dialog')).toBeVisible();

/** Waits for the heading of this page, because the page before has a heading, too. */
const titled = (name: string): Show => (page) => expect(page.getByRole('heading', { level: 1, name })).toBeVisible();

/** Removes the rows that an earlier visit has left on the sheet. */
const beginEmpty = async (page: Page, sheet: string) => {
  await page.evaluate((name) => Object.keys(localStorage).filter((key) => key.includes(name)).forEach((key) => localStorage.removeItem(key)), sheet);
  await page.reload();
  await settled(page);
};

const press = (path: string, key: string) => then(path, async (page) => {
  await page.keyboard.press(key);
  await dialog(page);
});

const pending = `/orders?filter=${encodeURIComponent('{"status":"pending"}')}&sort=id&order=ASC`;

/** Every screen of a person who is signed in and may do everything. */
export const screens: Record<string, Show> = {
  home: at('/'),
  'running-low': at('/running-low'),
  sold: at('/sold?period=last-month'),
  returned: at('/returned?period=year'),
  orders: at('/orders'),
  order: async (page) => open(page, `/orders/${await oneOf(page, '/orders?status=processing&sort=-total_amount')}`),
  'order-cancel': then(pending, async (page) => {
    await page.locator('tr[data-id] a').first().click();
    await settled(page);
    await page.getByRole('button', { name: 'Cancel order…' }).click();
    await dialog(page);
    await expect(page.getByRole('dialog').locator('td.end', { hasText: '…' })).toHaveCount(0);
  }),
  'order-return': async (page) => {
    await open(page, `/orders/${await oneOf(page, '/orders?status=shipped&sort=-total_amount')}`);
    await page.keyboard.press('r');
    await dialog(page);
  },
  'orders-selected': then(pending, async (page) => {
    for (const row of [0, 1, 2]) await page.locator('tr[data-id] input[type=checkbox]').nth(row).check();
    await expect(page.getByRole('toolbar')).toContainText('3 selected');
  }),
  'phone-order': at('/carts'),
  cart: at(`/carts/${furniture.customer}`),
  customers: at('/customers'),
  customer: at(`/customers/${furniture.customer}`),
  products: at('/products'),
  receiving: then('/receiving', async (page) => {
    await beginEmpty(page, 'delivery.');
    const lines = page.getByLabel(/^Units of/);
    for (const [i, [sku, units]] of [['JAR-0001', '12'], ['DSK-0020', '3'], ['UTN-0023', '']].entries()) {
      await page.getByLabel('What came in?').fill(sku ?? '');
      await page.keyboard.press('Enter');
      await expect(lines).toHaveCount(i + 1);
      await lines.first().fill(units ?? '');
    }
    await page.getByLabel('What came in?').fill('JAR-9999');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toBeVisible();
  }),
  'count-stock': then('/stocktake', async (page) => {
    await beginEmpty(page, 'stocktake.');
    const counted = page.getByLabel(/^Counted of/);
    for (const [i, [sku, units]] of [['JAR-0001', '12'], ['DSK-0020', '3'], ['UTN-0023', '1e3']].entries()) {
      await page.getByLabel('Scan or find a product').fill(sku ?? '');
      await page.keyboard.press('Enter');
      await expect(counted).toHaveCount(i + 1);
      await counted.first().fill(units ?? '');
    }
    await page.getByLabel('Scan or find a product').fill('JAR-9999');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toBeVisible();
  }),
  'products-filter': then('/products', async (page) => {
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Price' }).click();
    await dialog(page);
  }),
  'products-columns': then('/products', async (page) => {
    await page.getByRole('button', { name: 'Columns' }).click();
    await expect(page.getByRole('menu')).toBeVisible();
  }),
  import: at('/products/import'),
  'import-checked': then('/products/import', async (page) => {
    const rows = ['KIT-0001,,39.90,kitchen', 'KIT-0002,Bamboo steamer basket,"24,90",kitchen', 'KIT-9001,Rice cooker,79.00,kitchen', 'KIT-9002,Rice bowl,8.50,nowhere'];
    const buffer = Buffer.from(['sku,name,price,category', ...rows, ''].join('\n'));
    await page.locator('input[type=file]').setInputFiles({ name: 'spring prices.csv', mimeType: 'text/csv', buffer });
    await expect(page.getByRole('tab', { name: /^Refused/ })).toBeVisible();
  }),
  product: at('/products/3'),
  // A product that was counted has several kinds of movements.
  stock: async (page) => open(page, `/products/${await oneOf(page, '/inventory-movements?reason=stocktake&sort=-id', 'product_id')}?tab=stock`),
  'stock-adjust': press('/products/3?tab=stock', 'a'),
  stocktake: press('/products/3?tab=stock', 't'),
  history: at(`/products/${furniture.changed}?tab=history`),
  'add-product': at('/products/create'),
  'products-trash': at('/products?filter={"include_deleted":true,"deleted_at_null":false}'),
  'product-deleted': async (page) => open(page, `/products/${await oneOf(page, '/products?include_deleted=true&deleted_at_null=false')}`),
  conflict: showConflict,
  categories: at('/categories'),
  movements: at('/inventory-movements'),
  staff: at('/staff'),
  'staff-member': at('/staff/1'),
  roles: at('/roles'),
  role: at('/roles/3'),
  'add-role': at('/roles/create'),
  'api-tokens': at('/api-tokens'),
  'add-api-token': then('/api-tokens/create', async (page) => {
    await page.getByLabel('Limit the permissions').check();
    await expect(page.getByRole('region', { name: 'Permissions' })).toBeVisible();
  }),
  audit: at('/audit-entries'),
  'audit-entry': async (page) => open(page, `/audit-entries/${await oneOf(page, '/audit-entries?resource=products&action=update')}`),
  profile: at('/profile'),
  palette: then('/', async (page) => {
    await page.keyboard.press('Control+k');
    await page.locator('[cmdk-input]').fill('oak');
    await expect(page.locator('[cmdk-item]').first()).toContainText(/oak/i);
  }),
  shortcuts: press('/orders', '?'),
  menu: then('/', async (page) => {
    await page.getByRole('button', { name: 'Your menu' }).click();
    await expect(page.getByRole('menu')).toBeVisible();
  }),
  'nothing-here': at('/nowhere'),
  // This must come last: after it the page has no session.
  relogin: then('/products', async (page) => {
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Refresh' }).click();
    await expect(page.getByRole('dialog')).toContainText('Your session has ended');
    await page.mouse.move(0, 0); // so that the button's tooltip is gone
    await expect(page.getByRole('tooltip')).toHaveCount(0);
  }),
};

/** Every screen of a person who is not signed in. */
export const frontDoor: Record<string, Show> = {
  login: at('/'),
  'login-refused': then('/', async (page) => {
    await signIn(page, emailOf('read-only'), 'not-the-password');
    await expect(page.getByRole('alert')).toBeVisible();
  }),
  'second-factor': then('/', async (page) => {
    await signIn(page, furniture.guarded, demoPassword);
    await expect(page.getByLabel('Code')).toBeVisible();
  }),
  setup: then('/setup?token=of-the-first-run', titled('Set up your shop')),
  invitation: then('/setup?token=of-an-invitation&email=kim@example.com', titled('Choose your password')),
  'nobody-yet': async (page) => {
    await page.goto('about:blank'); // so that the page asks the server again
    await page.route('**/api/v1/auth/setup', (route) => route.fulfill({ json: { vacant: true } }));
    await open(page, '/');
    await titled('Nobody can sign in yet')(page);
  },
};

async function signIn(page: Page, email: string, password: string) {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Somebody else saves the product after we have opened it and before we save it. */
async function showConflict(page: Page) {
  const { width } = page.viewportSize() ?? { width: 0 };
  const path = `/products/${width < 700 ? furniture.contestedOnPhone : furniture.contested}`;
  await open(page, path);
  await page.request.patch(`/api/v1${path}`, { data: { name: 'Renamed by a colleague', price: 1_000 + (Date.now() % 9_000) } });
  await page.getByLabel('Price').fill('12.00');
  await page.getByLabel('Description').fill('What we know about it since the last delivery.');
  await page.getByRole('button', { name: 'Save' }).click();
  await dialog(page);
}

/** The id of the first record of a list, or one that it refers to. */
export async function oneOf(page: Page, list: string, field = 'id'): Promise<number> {
  const answer = await page.request.get(`/api/v1${list}&limit=1`);
  const { items: [first] } = (await answer.json()) as { items: Record<string, number>[] };
  if (first?.[field] === undefined) throw new Error(`there is nothing in ${list}`);
  return first[field];
}
