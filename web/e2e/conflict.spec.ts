import { ownProduct } from './own';
import { expect, open, pageOf, test, toast } from './test';

test('two people change the same product: neither loses anything', async ({ page, browser }) => {
  const other = await pageOf(browser, 'catalog');
  const { id } = await ownProduct(page);
  await open(page, `/products/${id}`);
  await open(other, `/products/${id}`);

  await other.getByLabel('Name').fill('Renamed by a colleague');
  await other.getByLabel('Price').fill('11.00');
  await other.getByRole('button', { name: 'Save' }).click();
  await expect(toast(other, 'Saved')).toBeVisible();

  await page.getByLabel('Price').fill('12.00');
  await page.getByLabel('Description').fill('My new description');
  await page.getByRole('button', { name: 'Save' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Somebody else changed this record');
  // Both changed the price; of the others each changed one.
  await expect(dialog.getByRole('button', { name: '1 left to choose' })).toBeDisabled();
  await expect(dialog.getByLabel('Name: theirs')).toBeChecked();
  await expect(dialog.getByLabel('Description: yours')).toBeChecked();
  await dialog.getByLabel('Price: yours').check();
  await dialog.getByRole('button', { name: 'Save this' }).click();
  await expect(toast(page, 'Saved')).toBeVisible();

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Renamed by a colleague');
  await expect(page.getByLabel('Price')).toHaveValue('12.00');
  await expect(page.getByLabel('Description')).toHaveValue('My new description');
  await other.context().close();
});
