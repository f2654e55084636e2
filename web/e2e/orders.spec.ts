import type { Page } from '@playwright/test';
import { ownCustomer, ownOrder, type Customer } from './own';
import { expect, open, settled, test, toast } from './test';

const number = (page: Page) => page.getByRole('heading', { level: 1, name: /^#\d+$/ });
const state = (page: Page) => page.locator('.page-head .chip');
const rows = (page: Page) => page.locator('tr[data-id]');

const listOf = (status: string, customer?: Customer) =>
  `/orders?filter=${encodeURIComponent(JSON.stringify({ status, customer_id: customer && String(customer.id) }))}&sort=id&order=ASC`;

/** A customer with this many orders in these states. No other journey moves these orders. */
async function buyerOf(page: Page, n: number, states: string[] = []) {
  const customer = await ownCustomer(page);
  for (let i = 0; i < n; i++) await ownOrder(page, states, customer);
  return customer;
}

test('pack, print, next: without a mouse', async ({ page }) => {
  await page.addInitScript(() => {
    window.print = () => {
      document.documentElement.dataset.printed = document.querySelector('.slips')?.textContent ?? '';
    };
  });
  await open(page, listOf('pending', await buyerOf(page, 2)));
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(number(page)).toBeVisible();
  const first = await number(page).innerText();
  await settled(page);
  await expect(page.getByRole('button', { name: 'Start processing', exact: true })).toHaveAttribute('aria-keyshortcuts', 'a');

  await page.keyboard.press('a');
  await expect(state(page)).toHaveText('Processing');
  await page.keyboard.press('m');
  await expect(page.getByLabel('Note', { exact: true })).toBeFocused();
  await page.keyboard.type('Leave it at the bakery');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('.timeline')).toContainText('Leave it at the bakery');
  await expect(toast(page, 'Note added')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('p');
  await expect(page.locator('html')).toHaveAttribute('data-printed', new RegExp(`${first}.*Leave it at the bakery`, 's'));
  await expect(page.locator('html')).not.toHaveAttribute('data-printed', /€/);
  await page.keyboard.press('n');
  await expect(number(page)).not.toHaveText(first);
  await expect(state(page)).toHaveText('Pending');
});

test('many orders move on at once, and a refused one is named', async ({ page }) => {
  await open(page, listOf('processing', await buyerOf(page, 3, ['processing'])));
  const ids = await rows(page).evaluateAll((all) => all.slice(1, 3).map((row) => row.getAttribute('data-id')));
  for (const id of ids) await page.locator(`tr[data-id="${id}"] input[type=checkbox]`).check();
  const other = await page.request.post(`/api/v1/orders/${ids[0]}/transitions`, { data: { to: 'cancelled' } });
  expect(other.ok(), await other.text()).toBe(true);
  await expect(page.getByRole('button', { name: 'Cancel 2 orders…' })).toBeVisible();
  await page.getByRole('button', { name: 'Mark as shipped (2)' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Mark as shipped' }).click();
  await expect(dialog).toContainText('1 order could not be moved');
  await expect(dialog.getByRole('row')).toHaveText([/^#\d+Refused Somebody else changed this order first: it is now cancelled and cannot become shipped/, '1 otherShipped']);
  await expect(toast(page, '1 order is now shipped')).toBeVisible();
  await dialog.getByRole('link', { name: /^#/ }).click();
  await expect(state(page)).toHaveText('Cancelled');
  await expect(dialog).toHaveCount(0);
});

test('a key does what the first button says, asks when the selection is mixed, and reaches other pages', async ({ page }) => {
  await page.addInitScript(() => {
    window.print = () => {
      document.documentElement.dataset.printed = document.querySelector('.slips')?.textContent ?? '';
    };
  });
  const [{ id: pending }, { id: shipped }] = [await ownOrder(page), await ownOrder(page, ['processing'])]; // the newest, on the first page
  await open(page, listOf('pending,processing').replace('ASC', 'DESC'));
  const bar = page.getByRole('toolbar', { name: 'Selected rows' });
  await page.locator(`tr[data-id="${shipped}"] input`).check();
  await page.keyboard.press('Escape');
  await expect(bar).toHaveCount(0);
  await page.locator(`tr[data-id="${shipped}"] input`).check();
  await page.locator(`tr[data-id="${pending}"] input`).check();
  await page.keyboard.press('n');
  await expect(page.locator('.range')).toContainText('26–');
  await expect(page.locator('table')).toHaveAttribute('aria-busy', 'false');
  await expect(bar.getByRole('button', { name: 'Start processing (1)' })).toBeEnabled();

  await page.keyboard.press('P');
  await expect(page.locator('html')).toHaveAttribute('data-printed', new RegExp(`#${pending + 1000}`));
  await page.keyboard.press('a');
  await expect(page.getByRole('dialog')).toContainText(`#${pending + 1000}`);
  await expect(page.getByRole('dialog')).toContainText('1 other order stays selected');
  await page.keyboard.press('Enter');
  await expect(toast(page, '1 order is now processing')).toBeVisible();
  await expect(bar).toContainText('1 selected');
  const { status } = await (await page.request.get(`/api/v1/orders/${shipped}`)).json() as { status: string };
  expect(status).toBe('processing');
});

test('a row that moves on leaves its place to the next one', async ({ page }) => {
  await open(page, listOf('pending', await buyerOf(page, 2)));
  const [first, second] = await rows(page).evaluateAll((all) => all.slice(0, 2).map((row) => row.getAttribute('data-id')));
  await page.keyboard.press('j');
  await page.keyboard.press('a');
  await expect(page.locator(`tr[data-id="${first}"]`)).toHaveCount(0);
  await expect(page.locator(`tr[data-id="${second}"]`)).toBeFocused();
});

test('nothing is cut or covered', async ({ page }) => {
  const sideways = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  await open(page, '/orders');
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
  const bar = page.getByRole('toolbar', { name: 'Selected rows' });
  await bar.getByRole('button', { name: /^Select all/ }).click();
  const [below, above] = [await bar.boundingBox(), await page.locator('.toasts').boundingBox()];
  expect(below?.height).toBeLessThan(60);
  expect((above?.y ?? 0) + (above?.height ?? 0)).toBeLessThan(below?.y ?? 0);
  const tabs = page.getByRole('navigation', { name: 'Orders by status' });
  await page.setViewportSize({ width: 1280, height: 800 });
  expect(await tabs.evaluate((nav) => nav.scrollWidth - nav.clientWidth)).toBe(0);
  await page.setViewportSize({ width: 820, height: 800 });
  expect(await sideways()).toBe(0);

  await page.route('**/api/v1/orders/5', async (route) => {
    const answer = await route.fetch();
    const order = await answer.json() as { items: object[] };
    const long = { sku: 'X'.repeat(64), product_name: 'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(4) };
    await route.fulfill({ response: answer, json: { ...order, items: [{ ...order.items[0], ...long }] } });
  });
  await open(page, '/orders/5');
  expect(await sideways()).toBe(0);
  await page.setViewportSize({ width: 1024, height: 800 });
  await expect(page.locator('.order-lines td').last()).toBeInViewport({ ratio: 1 });
});

test('the whole list is selected', async ({ page }) => {
  await open(page, '/orders');
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
  const bar = page.getByRole('toolbar', { name: 'Selected rows' });
  const shown = await page.getByRole('checkbox', { name: /^Select / }).count();
  await bar.getByRole('button', { name: /^Select all/ }).click();
  await expect(toast(page, /are selected: the whole list/)).toBeVisible();
  const selected = Number(/(\d+) selected/.exec(await bar.innerText())?.[1]);
  expect(selected).toBeGreaterThan(shown); // the exact number changes, because other journeys place and move orders
  await expect(toast(page, `${selected} are selected: the whole list`)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(bar).toHaveCount(0);
  await expect(page.locator('.toast')).toHaveText(new RegExp(`Selection of ${selected} rows cleared`));
  await page.keyboard.press('z');
  await expect(bar).toContainText(`${selected} selected`);
});

test('an order that a colleague moved meanwhile says so', async ({ page }) => {
  const { id } = await ownOrder(page);
  await open(page, `/orders/${id}`);
  await page.waitForLoadState('networkidle');
  await page.request.post(`/api/v1/orders/${id}/transitions`, { data: { to: 'cancelled' } });
  await page.getByRole('button', { name: /Start processing/ }).click();
  await expect(page.getByRole('alert')).toContainText('Somebody else changed this order first: it is now cancelled and cannot become processing');
  await page.getByRole('button', { name: 'Show the order as it is now' }).click();
  await expect(state(page)).toHaveText('Cancelled');
  await expect(page.getByRole('button', { name: /Start processing|Cancel order/ })).toHaveCount(0);
});

test('cancelling shows what goes back to stock, and the reason is kept', async ({ page }) => {
  await open(page, `/orders/${(await ownOrder(page)).id}`);
  await page.getByRole('button', { name: 'Cancel order…' }).click();
  const dialog = page.getByRole('dialog');
  const cells = dialog.locator('tbody tr').first().locator('td.end');
  await expect(cells.nth(1)).toHaveText(/^[\d,]+$/);
  const [back, now, after] = (await cells.allInnerTexts()).map((text) => Number(text.replace(/[+,]/g, '')));
  expect(after).toBe((back ?? 0) + (now ?? 0));
  await dialog.getByLabel('Reason').fill('The customer called');
  await dialog.getByRole('button', { name: 'Cancel order' }).click();
  await expect(page.locator('.timeline')).toContainText('The customer called');
  await expect(state(page)).toHaveText('Cancelled');
});

test('orders are found by number and by customer', async ({ page }) => {
  await open(page, '/orders');
  await page.keyboard.press('/');
  await page.keyboard.type('#1005');
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText('#1005');
  await page.keyboard.press('Enter');
  await expect(number(page)).toHaveText('#1005');
  await page.goBack();
  const box = page.getByRole('searchbox', { name: 'Search orders by number or customer' });
  await expect(box).toHaveValue('#1005');

  // All orders of a customer are in a tab that is not open.
  const { email } = await buyerOf(page, 1, ['processing', 'shipped', 'delivered']);
  await open(page, listOf('processing'));
  await box.fill(email);
  const delivered = page.getByRole('link', { name: /orders? in Delivered/ });
  const [link, button] = [await delivered.boundingBox(), await page.getByRole('button', { name: 'Remove all filters' }).boundingBox()];
  expect(link!.y, 'the link is in the middle of the button, which is higher').toBeGreaterThan(button!.y + 2);
  await delivered.click();
  await expect(rows(page).first()).toBeVisible();
  await expect(box).toHaveValue(email);
  await rows(page).first().getByRole('link', { name: /^#/ }).click();
  await expect(number(page)).toBeVisible();
  await page.goBack();
  await expect(box).toHaveValue(email);
  await page.reload();
  await expect(rows(page).first()).toBeVisible();
  await expect(box).toHaveValue(email);
  await box.fill('nobody has this name');
  await expect(page.getByText('No customer has that name or address.')).toBeVisible();
  await page.reload();
  await expect(page.getByText('No customer has that name or address.')).toBeVisible();
  await expect(box).toHaveValue('nobody has this name');
  await expect(page.locator('.filter-chip')).toHaveCount(0);
  await page.getByRole('button', { name: 'Remove all filters' }).click();
  await expect(rows(page)).toHaveCount(25);
  await expect(box).toHaveValue('');

  await box.fill('example');
  await expect(page.getByText('Only orders of the first 200 matching customers')).toBeVisible();
});

test('an order leads on through the list it was opened from, and back to it', async ({ page }) => {
  const list = '/orders?filter=%7B%22status%22%3A%22delivered%22%7D&sort=id&order=DESC&page=2&perPage=25';
  await open(page, list);
  const [third, fourth] = await rows(page).evaluateAll((all) => all.slice(2, 4).map((row) => Number(row.getAttribute('data-id'))));
  await page.locator(`tr[data-id="${third}"]`).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('group', { name: 'Queue' })).toContainText(/Delivered: 28 of [\d,]+/);
  await page.keyboard.press('n');
  await expect(number(page)).toHaveText(`#${Number(fourth) + 1000}`);
  await page.keyboard.press('u');
  await expect(page.locator('.range')).toContainText('26–50');
  await expect(page.locator(`tr[data-id="${fourth}"]`)).toBeFocused(); // it was shown last
  await page.locator('.grid').getByRole('button', { name: 'Total' }).click();
  await expect(page.locator('th[aria-sort]')).toContainText('Total');
  await expect(page.locator('table')).toHaveAttribute('aria-busy', 'false');
  const [first, second] = await rows(page).evaluateAll((all) => all.slice(0, 2).map((row) => Number(row.getAttribute('data-id'))));
  await page.locator(`tr[data-id="${first}"]`).focus();
  await page.keyboard.press('Enter');
  await expect(number(page)).toHaveText(`#${Number(first) + 1000}`);
  await page.keyboard.press('n');
  await expect(number(page)).toHaveText(`#${Number(second) + 1000}`);
});
