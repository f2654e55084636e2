import type { Page } from '@playwright/test';
import { violations } from './axe';
import { withSchema } from './schema';
import { expect, open, test, toast } from './test';

/** The form of a new product, as if the schema had a list of strings. Its value is removed before the request reaches the server. */
async function withTags(page: Page, more: object = {}) {
  const sent: unknown[] = [];
  await withSchema(page, (fieldsOf) => {
    const like = fieldsOf('customers').find(({ name }) => name === 'phone');
    fieldsOf('products').push({ ...like, name: 'tags', label: 'Tags', type: 'strings', max_length: null, max_items: 4, ...more });
  });
  await page.route('**/api/v1/products', async (route) => {
    if (route.request().method() !== 'POST') return route.fallback();
    const { tags, ...rest } = route.request().postDataJSON() as { tags: unknown };
    sent.push(tags);
    return route.continue({ postData: JSON.stringify(rest) });
  });
  await open(page, '/products/create');
  const input = page.getByLabel('Tags', { exact: true });
  await expect(input).toBeVisible();
  return { sent, input, values: page.getByRole('list', { name: 'Values of Tags' }).getByRole('listitem'), told: page.locator('.strings [role=status]') };
}

async function fillRest(page: Page) {
  const sku = `TAG-${Date.now()}`;
  await page.getByLabel('SKU').fill(sku);
  await page.getByRole('textbox', { name: /^Name/ }).fill('Oak desk');
  await page.getByRole('textbox', { name: /^Price/ }).fill('1.00');
  await page.getByRole('combobox', { name: /Category/ }).click();
  await page.getByRole('option').first().click();
}

const paste = (page: Page, text: string) => page.evaluate((pasted) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text', pasted);
  document.activeElement!.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
}, text);

test('a list of words is typed, pasted and taken out again, by keyboard and by mouse', async ({ page }) => {
  const { sent, input, values, told } = await withTags(page);
  await input.fill('oak');
  await input.press('Enter');
  await expect(values).toHaveText(['oak']);
  await expect(told).toHaveText('Added: oak');
  await input.pressSequentially('ash wood,', { delay: 60 });
  await expect(values).toHaveText(['oak', 'ash wood']);
  await expect(input).toHaveValue('');
  await input.fill('oak');
  await input.press('Enter');
  await expect(values).toHaveCount(2);
  await expect(told).toHaveText('Already in the list.');
  await paste(page, 'elm\nash wood\r\n\n pine , fir');
  await expect(values).toHaveText(['oak', 'ash wood', 'elm', 'pine', 'fir']);
  await input.blur();
  await expect(input).toHaveAccessibleDescription('At most 4 values; you entered 5.');
  expect(await violations(page)).toEqual([]);

  await input.press('Backspace');
  await expect(values).toHaveText(['oak', 'ash wood', 'elm', 'pine']);
  await expect(told).toHaveText('Removed: fir');
  await page.getByRole('button', { name: 'Remove ash wood' }).click();
  await expect(values).toHaveText(['oak', 'elm', 'pine']);
  await page.getByRole('button', { name: 'Remove oak' }).focus();
  await page.keyboard.press('Delete');
  await expect(values).toHaveText(['elm', 'pine']);
  await expect(page.getByRole('button', { name: 'Remove elm' })).toBeFocused(); // the value that moved into its place
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(values).toHaveText(['elm']);
  await expect(input).toBeFocused();

  await fillRest(page);
  await input.fill('larch'); // counts without Enter
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(toast(page, 'Product added')).toBeVisible();
  expect(sent).toEqual([['elm', 'larch']]);
});

test('a value with a comma goes in quotation marks, typed and pasted', async ({ page }) => {
  const { sent, input, values } = await withTags(page);
  await expect(input).toHaveAccessibleDescription(/Put a value that contains a comma in quotation marks/);
  await input.pressSequentially('"Oak, solid",ash,', { delay: 60 });
  await expect(values).toHaveText(['Oak, solid', 'ash']);
  await input.pressSequentially('"Salt, iod', { delay: 60 });
  await input.press('Enter'); // the closing mark may be missing
  await expect(values).toHaveText(['Oak, solid', 'ash', 'Salt, iod']);
  await page.getByRole('button', { name: 'Remove Salt, iod' }).click();
  await paste(page, '"Elm, old"\n12" wide, "Best"');
  await expect(values).toHaveText(['Oak, solid', 'ash', 'Elm, old', '12" wide', '"Best"']);
  await page.getByRole('button', { name: 'Remove ash' }).click();
  await page.getByRole('button', { name: 'Remove "Best"' }).click();
  await fillRest(page);
  await input.fill('"Fir, wet"'); // is in it without Enter
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(toast(page, 'Product added')).toBeVisible();
  expect(sent).toEqual([['Oak, solid', 'Elm, old', '12" wide', 'Fir, wet']]);
});

test('a list that is left empty is null where that may be, and is asked for where it is needed', async ({ page }) => {
  const optional = await withTags(page);
  await optional.input.fill('oak,');
  await page.getByRole('button', { name: 'Remove oak' }).click();
  await fillRest(page);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(toast(page, 'Product added')).toBeVisible();
  expect(optional.sent).toEqual([null]);
  await page.unrouteAll();

  const needed = await withTags(page, { nullable: false, required: true });
  await page.reload();
  await fillRest(page);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Tags is required.')).toBeVisible();
  expect(needed.sent).toEqual([]);
});
