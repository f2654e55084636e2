import { demoPassword, emailOf, expect, open, settled, strangerOf, test } from './test';
import type { Role } from './server/accounts';

const signIn = (role: Role) => ({ data: { email: emailOf(role), password: demoPassword } });

test('a tab never shows one member and acts as another', async ({ browser }) => {
  const first = await strangerOf(browser);
  const { request } = first.context();
  await request.post('/api/v1/auth/login', signIn('owner'));
  await open(first, '/');
  const staff = first.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Staff', exact: true });
  await expect(staff).toBeVisible();

  // In another tab that is the same program, and outside of it.
  await request.post('/api/v1/auth/login', signIn('support'));
  const second = await first.context().newPage();
  await open(second, '/');
  await expect(staff).toHaveCount(0);
  await settled(first);
  await request.post('/api/v1/auth/login', signIn('owner'));
  await first.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(staff).toBeVisible();
  await settled(first);

  await second.getByRole('button', { name: 'Your menu' }).click();
  await second.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(first.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await first.context().close();
});

test('who stays writes nothing in the name of who signed in in another tab', async ({ browser }) => {
  const page = await strangerOf(browser);
  const { request } = page.context();
  await request.post('/api/v1/auth/login', signIn('owner'));
  await open(page, '/profile');
  await request.post('/api/v1/auth/login', signIn('support'));
  const name = page.getByRole('textbox', { name: 'Name' });
  const before = await name.inputValue();
  await name.fill('Somebody else');
  await page.getByRole('button', { name: 'Save the name' }).click();
  await expect(page.getByRole('dialog')).toContainText('Your session is over');
  expect((await (await request.get('/api/v1/auth/me')).json() as { name: string }).name).not.toBe('Somebody else');
  await request.post('/api/v1/auth/login', signIn('owner'));
  await page.reload();
  await expect(name).toHaveValue(before);
  await page.context().close();
});
