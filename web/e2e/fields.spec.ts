import { ownProduct } from './own';
import { withSchema } from './schema';
import { changed, expect, open, test } from './test';

test('a field of each kind that the schema got is shown as it is', async ({ page }) => {
  await withSchema(page, (fieldsOf) => {
    const fields = fieldsOf('customers');
    const like = fields.find(({ name }) => name === 'phone');
    for (const [name, type] of [['weight', 'number'], ['tags', 'json'], ['season', 'enum'], ['grade', 'enum']] as const) {
      fields.push({ ...like, name, label: name[0]!.toUpperCase() + name.slice(1), type, ...(type === 'enum' && { enum: ['first', 'second'] }) });
    }
  });
  await changed(page, 'customers', { weight: 1234.5678, tags: [], season: 'first', grade: 'second' });
  await open(page, '/customers');
  await page.getByRole('button', { name: 'Columns' }).click();
  for (const name of ['Weight', 'Tags', 'Season', 'Grade']) {
    const column = page.getByRole('menuitemcheckbox', { name, exact: true });
    if (await column.getAttribute('aria-checked') === 'false') await column.click();
  }
  await page.keyboard.press('Escape');
  const cell = (label: string) => page.locator('tr[data-id]').first().locator(`td[data-label="${label}"]`);
  await expect(cell('Weight')).toHaveText('1,234.5678');
  await expect(cell('Tags')).toHaveText('–');
  await expect(cell('Grade')).toHaveText('Second');

  await page.setViewportSize({ width: 390, height: 844 });
  await expect(cell('Tags')).toBeHidden();
  for (const label of ['Season', 'Grade']) { // with two chips, each must show its label
    await expect.poll(() => cell(label).evaluate((td) => getComputedStyle(td, '::before').content)).toContain(label);
  }
});

test('what a field is for fits a record that is still to be added', async ({ page }) => {
  await open(page, '/products/create');
  await expect(page.getByRole('textbox', { name: /^Stock/ })).toHaveAccessibleDescription(/Set when the product is created/);
});

test('a field for a slug, whatever it is called, is proposed from the title and asked for in words', async ({ page }) => {
  await withSchema(page, (fieldsOf) => {
    const slug = fieldsOf('categories').find(({ format }) => format === 'slug');
    fieldsOf('products').push({ ...slug, name: 'handle', label: 'Handle' });
  });
  await open(page, '/products/create');
  const handle = page.getByLabel('Handle');
  await page.getByRole('textbox', { name: /^Name/ }).fill('Oak desk');
  await expect(handle).toHaveValue('oak-desk');
  await handle.fill('Oak desk');
  await handle.blur();
  await expect(handle).toHaveAccessibleDescription('Use lowercase letters, digits and single hyphens, such as garden-chairs.');
});

test('a text that does not match its pattern says what the schema asks for', async ({ page }) => {
  await withSchema(page, (fieldsOf) => {
    const like = fieldsOf('customers').find(({ name }) => name === 'phone');
    for (const [label, description] of [['Day', 'A day, such as 2026-12-31.'], ['Pin', '']]) {
      fieldsOf('customers').push({ ...like, name: label!.toLowerCase(), label, description, pattern: '^[0-9-]+$', format: '' });
    }
  });
  await open(page, '/customers/create');
  for (const [label, said] of [['Day', 'This does not have the right format. A day, such as 2026-12-31.'], ['Pin', 'This does not have the right format.']]) {
    const input = page.getByLabel(label!, { exact: true });
    await input.fill('Friday');
    await input.blur();
    await expect(input).toHaveAccessibleDescription(said!);
  }
});

test('a yes or no that may be left open can be opened again', async ({ page }) => {
  await withSchema(page, (fieldsOf) => {
    const fields = fieldsOf('customers');
    fields.push({ ...fields.find(({ name }) => name === 'phone'), name: 'newsletter', label: 'Newsletter', type: 'boolean' });
  });
  const sent: unknown[] = [];
  const record = await (await page.request.get('/api/v1/customers/31')).json() as object;
  await page.route(/\/api\/v1\/customers\/31(\?|$)/, (route) => {
    if (route.request().method() === 'PATCH') sent.push(route.request().postDataJSON());
    return route.fulfill({ json: { ...record, newsletter: true, ...sent.at(-1) as object } });
  });
  await open(page, '/customers/31');
  const choice = page.getByRole('combobox', { name: 'Newsletter' });
  for (const [was, next, value] of [['Yes', 'Not set', null], ['', 'No', false]] as const) {
    await expect(choice).toContainText(was);
    await choice.click();
    await page.getByRole('option', { name: next, exact: true }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => sent.at(-1)).toMatchObject({ newsletter: value });
  }
});

test('what is wrong within a field of JSON is said with its place', async ({ page }) => {
  await withSchema(page, (fieldsOf) => {
    const fields = fieldsOf('categories');
    fields.push({ ...fields.find(({ name }) => name === 'position'), name: 'size', label: 'Size', type: 'json', nullable: true, required: false });
  });
  await page.route('**/api/v1/categories', (route) => (route.request().method() !== 'POST' ? route.fallback() : route.fulfill({
    status: 422, contentType: 'application/problem+json',
    json: { code: 'invalid', detail: 'validation failed', errors: [{ location: 'body.size.unit', message: 'is required' }] },
  })));
  await open(page, '/categories/create');
  await page.getByRole('textbox', { name: /^Name/ }).fill('Sized');
  await page.getByLabel('Size').fill('{"width": 3}');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByLabel('Size')).toHaveAccessibleDescription('unit: Is required.');
});

test('a record leads to what an added entity has about it, and the group of that comes before administration', async ({ page }) => {
  await withSchema(page, (fieldsOf, resources) => {
    const reference = fieldsOf('products').find(({ name }) => name === 'category_id');
    for (const name of ['product', 'customer', 'order']) {
      fieldsOf('categories').push({ ...reference, name: `${name}_id`, label: name, reference: `${name}s`, filters: [`${name}_id`] });
    }
    fieldsOf('products').push({ ...reference, name: 'parent_id', label: 'Parent', reference: 'products', filters: ['parent_id'] });
    Object.assign(resources.find(({ name }) => name === 'categories')!, { group: 'Purchasing' });
  });
  for (const name of ['product', 'customer', 'order']) {
    await open(page, `/${name}s/1`);
    const added = page.getByRole('main').getByRole('link', { name: 'Categories', exact: true });
    await expect(added).toHaveAttribute('href', new RegExp(`#/categories\\?filter=.*${name}_id`));
    await expect(page.getByRole('main').getByRole('link', { name: /^(Inventory movements|Order items)$/ })).toHaveCount(0);
  }
  await open(page, '/products/1');
  await expect(page.getByRole('main').getByRole('link', { name: 'Products (Parent)' })).toHaveAttribute('href', /#\/products\?filter=.*parent_id/);
  await expect(page.getByRole('navigation').getByText(/^(Purchasing|Administration)$/)).toHaveText(['Purchasing', 'Administration']);
});

test('the x of a code is shown as it is stored, not as ×', async ({ page }) => {
  const { id } = await ownProduct(page, { sku: `2x4-${Date.now()}` });
  await open(page, `/products/${id}`);
  const sku = page.locator('.page-head').getByText(/^2x4-/);
  const widthWith = (ligatures: string) => sku.evaluate((shown, kind) => {
    shown.style.fontVariantLigatures = kind;
    return document.fonts.ready.then(() => shown.getBoundingClientRect().width);
  }, ligatures);
  const width = await widthWith('');
  expect(width).toBe(await widthWith('no-contextual'));
  expect(width).not.toBe(await widthWith('normal'));
});
