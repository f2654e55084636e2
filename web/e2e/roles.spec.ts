import { ownProduct } from './own';
import { demoPassword, emailOf, expect, open, pageOf, server, settled, strangerOf, test, toast } from './test';
import type { Role } from './server/accounts';

/** Menu entries that each built-in role has, and some that it does not have. */
const menus: Record<string, { sees: string[]; not: string[] }> = {
  owner: { sees: ['Orders', 'Products', 'Customers', 'Staff', 'Roles'], not: [] },
  catalog: { sees: ['Products', 'Categories'], not: ['Staff', 'Roles'] },
  fulfilment: { sees: ['Orders'], not: ['Staff', 'Roles'] },
  support: { sees: ['Orders', 'Customers'], not: ['Staff', 'Roles'] },
  'read-only': { sees: ['Orders', 'Products'], not: ['Staff', 'Roles'] },
};

for (const [role, { sees, not }] of Object.entries(menus) as [Role, (typeof menus)[string]][]) {
  test(`${role} sees what the role includes`, async ({ browser }) => {
    const page = await pageOf(browser, role);
    await open(page, '/orders?filter={}');
    const menu = page.getByRole('navigation', { name: 'Main' });
    for (const entry of sees) await expect(menu.getByRole('link', { name: entry, exact: true })).toBeVisible();
    for (const entry of not) await expect(menu.getByRole('link', { name: entry, exact: true })).toHaveCount(0);
    for (const entry of not) {
      await open(page, `/${entry.toLowerCase()}`);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('You do not have access to this page');
    }
    if (role === 'read-only') {
      await open(page, '/products/create');
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('You do not have access to this page');
      await open(page, '/products');
      await expect(page.getByRole('link', { name: 'Add product' })).toHaveCount(0);
      await expect(page.locator('input[type=checkbox]')).toHaveCount(0);
      await expect(page.getByRole('button', { name: 'Export' })).toHaveCount(0);
      await open(page, '/products/3?tab=history'); // somebody else's link
      await expect(page.getByRole('tab', { name: 'Details' })).toHaveAttribute('aria-selected', 'true');
    }
    await page.context().close();
  });
}

test('what it means that there is no value is said in words', async ({ page }) => {
  const made = await page.request.post('/api/v1/roles', { data: { name: `free-${Date.now()}`, label: 'Free', description: '', permissions: ['products:read'], max_stock_adjustment: null } });
  const { id } = await made.json() as { id: number };
  await open(page, '/roles?sort=id&order=DESC');
  await expect(page.getByRole('columnheader', { name: 'Stock adjustment limit' })).toBeVisible();
  await expect(page.locator(`tr[data-id="${id}"]`)).toContainText('No limit');
  await page.request.delete(`/api/v1/roles/${id}`);
});

test('the name of a role is asked for in words, and every permission is offered', async ({ page }) => {
  await open(page, '/roles/create');
  const name = page.getByLabel('Name');
  await name.fill('Weekend Help');
  await expect(name).toHaveAccessibleDescription('Use lowercase letters, digits and single hyphens, such as garden-chairs.');
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
  await expect(page.getByText('move orders to their next state, except to cancelled')).toBeVisible();
  await expect(page.getByRole('checkbox', { name: 'data:export' })).toBeVisible();
  await expect(page.getByRole('checkbox', { name: 'data:import' })).toBeVisible();
});

test('a built-in role is read, and duplicated to be changed', async ({ page }) => {
  await open(page, '/roles/3');
  await expect(page.locator('input, textarea')).toHaveCount(0);
  const products = page.locator('.granted > div').filter({ hasText: 'Products' });
  await expect(products.locator('.chip')).toHaveText(['Read', 'Create', 'Update', 'Delete']);
  await expect(page.getByText('Can adjust stock by any number of units at once.')).toBeVisible();
  await page.getByRole('link', { name: 'Duplicate as a custom role' }).click();
  await settled(page);
  await expect(page.getByLabel('Name')).toHaveValue('catalog-copy');
  await expect(page.getByRole('checkbox', { name: 'products:update' })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: 'orders:cancel' })).not.toBeChecked();
  await page.getByLabel('Name').fill(`catalog-${Date.now()}`);
  await page.getByLabel('Label').fill('Catalog without deletions');
  await page.getByRole('checkbox', { name: 'products:delete' }).uncheck();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(toast(page, 'Role added')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Catalog without deletions');
  await expect(page.getByRole('checkbox', { name: 'products:delete' })).not.toBeChecked();
  await expect(page.getByRole('link', { name: 'Duplicate' })).toBeVisible();
});

test('a role is named by its label, and saved by the keyboard', async ({ page }) => {
  await open(page, '/roles/create');
  const label = `Trainée, ${Date.now()}`;
  const name = label.replace('ée, ', 'ee-').toLowerCase();
  await expect(page.getByLabel('Label')).toBeFocused();
  await page.keyboard.type(label);
  await expect(page.getByLabel('Name')).toHaveValue(name);
  await page.getByLabel('Name').fill(`${name}s`);
  await page.getByLabel('Label').fill(`${label} b`); // the name no longer follows the label
  await expect(page.getByLabel('Name')).toHaveValue(`${name}s`);
  await page.getByRole('checkbox', { name: 'orders:read' }).check();
  await page.keyboard.press('Control+s');
  await expect(toast(page, 'Role added')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${label} b`);
  const seesOrders = page.getByRole('checkbox', { name: 'orders:read' });
  await seesOrders.uncheck();
  await page.getByRole('checkbox', { name: 'orders:note' }).check();
  await expect(seesOrders).toBeChecked(); // what one may change one can see
  await page.getByRole('checkbox', { name: 'orders:note' }).uncheck();
  await page.getByRole('checkbox', { name: 'customers:read' }).check();
  await page.keyboard.press('Control+s');
  await expect(toast(page, 'Saved. The change applies')).toBeVisible();
  const { items: [role] } = await (await page.request.get(`/api/v1/roles?name=${name}s`)).json() as { items: [{ id: number; permissions: string[] }] };
  expect(role.permissions).toEqual(['customers:read', 'orders:read']);
  await page.request.delete(`/api/v1/roles/${role.id}`);
});

test('signing in keeps the address', async ({ browser }) => {
  const context = await browser.newContext({ baseURL: server().url });
  const page = await context.newPage();
  await page.goto('/#/products/3?tab=stock');
  await page.getByLabel('Email').fill(emailOf('owner'));
  await page.getByLabel('Password').fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toHaveText('The email or password is incorrect.');
  await page.getByLabel('Password').fill(demoPassword);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('tab', { name: /Stock/ })).toHaveAttribute('aria-selected', 'true');
  await context.close();
});

test('what is being changed in a role stays when a colleague saves', async ({ page }) => {
  const name = `shelf-${Date.now()}`;
  const made = await page.request.post('/api/v1/roles', { data: { name, label: 'Shelves', description: '', permissions: ['products:read'], max_stock_adjustment: null } });
  const { id } = await made.json() as { id: number };
  await open(page, `/roles/${id}`);
  await page.getByLabel('Description').fill('Half a thought');
  const theirs = await page.request.patch(`/api/v1/roles/${id}`, { data: { label: 'Shelves and bins' } });
  expect(theirs.ok(), await theirs.text()).toBe(true);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert')).toHaveText('A colleague has changed this role. Discard your changes to see theirs.');
  await expect(page.getByLabel('Description')).toHaveValue('Half a thought');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Shelves and bins');
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByLabel('Label')).toHaveValue('Shelves and bins');
  await page.getByLabel('Description').fill('A whole thought');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(toast(page, 'Saved.')).toBeVisible();
  await expect(page.getByLabel('Description')).toHaveValue('A whole thought');
});

test('what a role loses is gone from the screen with the next refusal, and what was typed stays', async ({ page, browser }) => {
  const now = Date.now();
  const made = async (path: string, data: object) => ((await (await page.request.post(`/api/v1${path}`, { data })).json()) as { id: number; url: string });
  const permissions = ['orders:read', 'products:read', 'products:update', 'customers:read', 'customers:update'];
  const role = await made('/roles', { name: `shrinks-${now}`, label: 'Shrinks', description: '', permissions, max_stock_adjustment: null });
  const member = await made('/staff', { email: `shr${now % 100_000}@demo.test`, name: 'Sam Shrinks', role_id: role.id });
  const token = new URLSearchParams((await made(`/staff/${member.id}/invite`, {})).url.split('?')[1]).get('token');
  const theirs = await strangerOf(browser);
  await theirs.context().request.post('/api/v1/auth/setup', { data: { token, password: demoPassword } });
  await open(theirs, '/products/33');
  const menu = theirs.getByRole('navigation', { name: 'Main' });
  await expect(menu.getByRole('link', { name: 'Orders', exact: true })).toBeVisible();
  await theirs.getByLabel('Description').fill('Half a thought');
  const narrow = (left: string[]) => page.request.patch(`/api/v1/roles/${role.id}`, { data: { permissions: left } });

  // Without a refusal: when the page gets the focus again.
  await narrow(permissions.slice(1));
  await theirs.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(menu.getByRole('link', { name: 'Orders', exact: true })).toHaveCount(0);
  await expect(theirs.getByLabel('Description')).toHaveValue('Half a thought');

  await narrow(permissions.slice(1, 3));
  await menu.getByRole('link', { name: 'Customers', exact: true }).click();
  await theirs.getByRole('button', { name: 'Discard changes' }).click();
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('You do not have access to this page');
  await expect(menu.getByRole('link', { name: 'Customers', exact: true })).toHaveCount(0);
  await expect(menu.getByRole('link', { name: 'Products', exact: true })).toBeVisible();
  await theirs.context().close();
});

test('who may receive stock also takes back what a customer sent, corrects nothing, and has no limit of corrections', async ({ page: owner, browser }) => {
  const { items: [role] } = await (await owner.request.get('/api/v1/roles?name=fulfilment')).json() as { items: [{ id: number }] };
  await open(owner, `/roles/${role.id}`);
  await expect(owner.getByText('This role is built in and cannot be changed.')).toBeVisible();
  await expect(owner.getByText('Can adjust stock')).toHaveCount(0);
  const { id } = await ownProduct(owner, { stock: 3 });
  const page = await pageOf(browser, 'fulfilment');
  await open(page, `/products/${id}?tab=stock`);
  await page.getByRole('button', { name: 'Receive…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Receive' });
  await expect(dialog.getByLabel('Units')).toBeFocused();
  await dialog.getByLabel('Reason').click();
  await expect(page.getByRole('option')).toHaveText(['Goods received', 'Customer return']);
  await page.getByRole('option', { name: 'Customer return' }).click();
  await dialog.getByLabel('Units').fill('2');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: 'Stock: 5' })).toBeVisible();
  await page.context().close();
});
