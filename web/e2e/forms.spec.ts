import type { Page } from '@playwright/test';
import { ownOrder } from './own';
import { expect, open, strangerOf, test } from './test';

interface Form {
  name: string;
  stranger?: true; // the page of somebody who is not signed in
  sends: string; // the address of the request
  button: string;
  fill: (page: Page) => Promise<void>;
}

const forms: Form[] = [
  {
    name: 'a note', sends: '**/orders/7/notes', button: 'Add note',
    fill: async (page) => {
      await open(page, '/orders/7');
      await page.getByLabel('Note', { exact: true }).fill('Refused');
    },
  },
  {
    name: 'a delivery address', sends: '**/orders/*/delivery-address', button: 'Save',
    fill: async (page) => {
      await open(page, `/orders/${(await ownOrder(page)).id}`);
      await page.keyboard.press('d');
      await page.getByRole('textbox', { name: 'Delivery address' }).fill('Refused');
    },
  },
  {
    name: 'a record beside another', sends: '**/categories', button: 'Add',
    fill: async (page) => {
      await open(page, '/products/create');
      await page.getByRole('combobox', { name: 'Category' }).fill(`Refused ${Date.now()}`);
      await page.getByRole('option', { name: /^Add/ }).click();
    },
  },
  {
    name: 'a token', sends: '**/api-tokens', button: 'Add token',
    fill: async (page) => {
      await open(page, '/api-tokens/create');
      await page.getByLabel('Name').fill('Refused');
    },
  },
  {
    name: 'a second factor', sends: '**/totp/enrol', button: 'Set up',
    fill: async (page) => {
      await open(page, '/profile');
      await page.getByLabel('Your password').fill('Refused');
    },
  },
  {
    name: 'a correction of the stock', sends: '**/products/12/stock-movements', button: 'Book',
    fill: async (page) => {
      await open(page, '/products/12?tab=stock');
      await page.keyboard.press('a');
      await page.getByLabel('Units').fill('1');
    },
  },
  {
    name: 'a count', sends: '**/products/12/stocktake', button: 'Book the count',
    fill: async (page) => {
      await open(page, '/products/12?tab=stock');
      await page.keyboard.press('t');
      await page.getByLabel('Units on the shelf').fill('1');
    },
  },
  {
    name: 'email and password', stranger: true, sends: '**/auth/login', button: 'Sign in',
    fill: async (page) => {
      await page.goto('/');
      await page.getByLabel('Email').fill('refused@demo.test');
      await page.getByLabel('Password').fill('Refused');
    },
  },
  {
    name: 'a first password', stranger: true, sends: '**/auth/setup', button: 'Continue',
    fill: async (page) => {
      await page.goto('/#/setup?token=refused&email=refused@demo.test');
      await page.getByLabel(/^Password/).fill('Refused, refused');
      await page.getByLabel('Confirm password').fill('Refused, refused');
    },
  },
];

for (const form of forms) {
  test(`${form.name} is sent once, and its button keeps the focus`, async ({ page: signedIn, browser }) => {
    const page = form.stranger ? await strangerOf(browser) : signedIn;
    await form.fill(page);
    let sent = 0;
    let answer: () => void = () => undefined;
    const answered = new Promise<void>((resolve) => { answer = resolve; });
    await page.route(form.sends, async (route) => {
      if (route.request().method() !== 'POST') return route.fallback();
      sent++;
      await answered;
      return route.fulfill({ status: 422, contentType: 'application/problem+json', json: { status: 422, code: 'invalid', detail: 'Refused by the test' } });
    });
    const button = page.locator('button[type=submit]', { hasText: new RegExp(`^(${form.button}|Saving…)$`) });
    await button.focus();
    await page.keyboard.press('Enter');
    await expect(button).toBeDisabled();
    await expect(button).toBeFocused();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Space');
    await button.evaluate((b: HTMLButtonElement) => b.form?.querySelector('input')?.focus());
    await page.keyboard.press('Enter');
    await button.focus();
    answer();
    await expect(page.getByText('Refused by the test').first()).toBeVisible();
    await expect(button).toBeEnabled();
    await expect(button).toBeFocused();
    expect(sent).toBe(1);
    if (form.stranger) await page.context().close();
  });
}

test('what is pasted as a whole value loses the white space around it, and a part keeps it', async ({ page }) => {
  await open(page, '/products/create');
  await page.getByLabel('Description').fill('  SKU-77 ');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('ControlOrMeta+c');
  const [sku, name] = [page.getByLabel('SKU'), page.getByRole('textbox', { name: /^Name/ })];
  await sku.focus();
  await page.keyboard.press('ControlOrMeta+v');
  await expect(sku).toHaveValue('SKU-77');
  await name.fill('Lamp');
  await page.keyboard.press('ControlOrMeta+v');
  await expect(name).toHaveValue('Lamp  SKU-77 ');
  await sku.focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('ControlOrMeta+v');
  await expect(sku).toHaveValue('SKU-77');
});
