import { demoPassword, emailOf, expect, open, server, settled, strangerOf, test, toast } from './test';
import type { Role } from './server/accounts';
import { answerOf, guard } from './server/furnish';

const signIn = (role: Role) => ({ data: { email: emailOf(role), password: demoPassword } });

test('a tab never shows one member and acts as another', async ({ browser }) => {
  const first = await strangerOf(browser);
  const { request } = first.context();
  await request.post('/api/v1/auth/login', signIn('owner'));
  await open(first, '/');
  const staff = first.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Staff', exact: true });
  await expect(staff).toBeVisible();

  // Somebody else signs in, first in another tab of the admin, then outside of it.
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
  await page.getByRole('button', { name: 'Save name' }).click();
  await expect(page.getByRole('dialog')).toContainText('Your session has ended');
  expect((await (await request.get('/api/v1/auth/me')).json() as { name: string }).name).not.toBe('Somebody else');
  await request.post('/api/v1/auth/login', signIn('owner'));
  await page.reload();
  await expect(name).toHaveValue(before);
  await page.context().close();
});

test('who has lost the second factor gets in again by an owner, who cannot take the own one that way', async ({ page }) => {
  const email = `lost${Date.now() % 100_000}@demo.test`; // no longer than others in the list
  const post = async <T>(path: string, data: object = {}) => answerOf<T>(await page.request.post(`/api/v1${path}`, { data }), path);
  const id = await guard(server().url, post, email, 'Lotte Lost');
  const remove = page.getByRole('button', { name: 'Remove second factor…' });
  await open(page, `/staff/${id}`);
  await remove.click();
  await expect(page.getByRole('dialog')).toContainText('signed out everywhere');
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(toast(page, 'Second factor of Lotte Lost removed')).toBeVisible();
  await expect(remove).toHaveCount(0);
  await expect(page.getByText('No active sessions.')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  const answer = await page.request.fetch('/api/v1/auth/login', { method: 'POST', data: { email, password: demoPassword }, headers: { Cookie: '' } });
  expect(await answer.json()).toMatchObject({ status: 'signed_in' });
});

test('what was searched for is not left in the browser', async ({ browser }) => {
  const page = await strangerOf(browser);
  await page.context().request.post('/api/v1/auth/login', signIn('owner'));
  const left = () => page.evaluate(() => JSON.stringify({ ...localStorage }));
  await open(page, '/');
  await page.evaluate(() => { localStorage.setItem('RaStorestorekeeper.customers.listParams', '{"filter":{"q":"Whoever"}}'); }); // by an earlier version
  await page.reload();
  await open(page, '/customers');
  await page.getByRole('searchbox').fill('Somebody');
  await expect(page).toHaveURL(/Somebody/);
  await settled(page);
  expect(await left()).toContain('RaStorestorekeeper');
  expect(await left()).not.toMatch(/Somebody|Whoever/);
  await page.context().close();
});
