import { expect, strangerOf, test } from './test';

test('a new shop says who can sign in', async ({ browser }) => {
  const stranger = await strangerOf(browser);
  let vacant = true;
  await stranger.route('**/api/v1/auth/setup', (route) => route.fulfill({ json: { vacant } }));
  await stranger.goto('/');
  await expect(stranger.getByRole('heading', { level: 1 })).toHaveText('Nobody can sign in yet');
  await expect(stranger.getByLabel('Password')).toHaveCount(0);
  vacant = false;
  await stranger.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(stranger.getByLabel('Password')).toBeVisible();
  await stranger.context().close();
});
