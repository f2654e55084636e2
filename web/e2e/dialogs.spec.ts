import { ownOrder, ownProduct } from './own';
import { expect, open, test, toast } from './test';

test('a click beside a dialog does not take away what was typed there', async ({ page }) => {
  const beside = async () => {
    await page.mouse.click(4, 400);
    await page.waitForTimeout(500); // a closing dialog is still there while it fades
  };
  const dialog = page.getByRole('dialog');
  const [product, order] = [await ownProduct(page), await ownOrder(page, ['processing'])];
  await open(page, `/products/${product.id}?tab=stock`);
  await page.getByRole('button', { name: 'Receive or adjust…' }).click();
  await beside();
  await expect(dialog).toHaveCount(0);
  for (const [button, field] of [['Receive or adjust…', 'Note'], ['Count…', 'Note']] as const) {
    await page.getByRole('button', { name: button }).click();
    await dialog.getByLabel(field).fill('Typed with care');
    await beside();
    await expect(dialog.getByLabel(field)).toHaveValue('Typed with care');
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  }
  await open(page, `/orders/${order.id}`);
  for (const [button, field] of [['Change', 'Delivery address'], ['Cancel order…', 'Reason']] as const) {
    await page.getByRole('button', { name: button }).click();
    await dialog.getByLabel(field).fill('Typed with care');
    await beside();
    await expect(dialog.getByLabel(field)).toHaveValue('Typed with care');
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  }

  await open(page, `/products?filter={"q":"${product.sku}"}`);
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
  const saveView = async () => {
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: 'Save this view…' }).click();
  };
  const change = async () => {
    await page.getByRole('toolbar').getByRole('button', { name: 'Change…' }).click();
    await expect(dialog.getByRole('combobox', { name: 'Field' })).toBeFocused();
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: 'Name' }).click();
  };
  const changePrice = () => page.getByRole('toolbar').getByRole('button', { name: 'Price…' }).click();
  for (const [show, field] of [[saveView, 'Name'], [change, 'Name'], [changePrice, 'Percentage']] as const) {
    await show();
    await dialog.getByLabel(field, { exact: field !== 'Name' }).fill('12');
    await beside();
    await expect(dialog.getByLabel(field, { exact: field !== 'Name' })).toHaveValue('12');
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  }
});

test('messages do not cover which of many orders were refused', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.route('**/api/v1/orders/*/transitions', (route) => route.fulfill({
    status: Number(route.request().url().match(/orders\/(\d+)/)?.[1]) % 2 ? 409 : 200, contentType: 'application/json', body: JSON.stringify({ detail: 'it is cancelled now', code: 'conflict' }),
  }));
  await open(page, `/orders?filter=${encodeURIComponent('{"status":"processing"}')}&sort=id&order=ASC`);
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
  await page.getByRole('toolbar').getByRole('button', { name: /^Mark as shipped/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Mark as shipped' }).click();
  const results = page.getByRole('dialog', { name: /could not be moved/ });
  await expect(results).toBeVisible();
  const message = toast(page, /now shipped/);
  await expect.poll(async () => {
    const [dialog, said] = [await results.boundingBox(), await message.boundingBox()];
    return (dialog?.y ?? 0) + (dialog?.height ?? 0) <= (said?.y ?? 0);
  }).toBe(true);
});
