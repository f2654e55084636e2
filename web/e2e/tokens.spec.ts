import { expect, open, pageOf, test, toast } from './test';

test('the history of an API token tells who revoked it, to who may read the audit log', async ({ page, browser }) => {
  const made = await page.request.post('/api/v1/api-tokens', { data: { name: 'For a till', permissions: ['products:read'] } });
  const { id } = await made.json() as { id: number };
  await open(page, `/api-tokens/${id}`);
  await page.getByRole('button', { name: 'Revoke' }).click();
  await expect(toast(page, 'The token is revoked')).toBeVisible();
  await page.getByRole('tab', { name: 'History' }).click();
  await expect(page.locator('.history-entry')).toHaveCount(2);
  await expect(page.locator('.history-entry').first()).toContainText(/Revoked.*Demo Owner|Demo Owner.*Revoked/);

  const other = await pageOf(browser, 'owner');
  await other.route('**/api/v1/auth/me', async (route) => {
    const response = await route.fetch();
    const me = await response.json() as { permissions: string[] };
    await route.fulfill({ response, json: { ...me, permissions: me.permissions.filter((p) => p !== 'audit:read') } });
  });
  await open(other, `/api-tokens/${id}?tab=history`);
  await expect(other.getByRole('heading', { name: 'Permissions' })).toBeVisible();
  await expect(other.getByRole('tab')).toHaveCount(0);
  await other.context().close();
});
