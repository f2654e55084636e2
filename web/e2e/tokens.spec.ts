import { expect, open, pageOf, test, toast } from './test';

test('the history of an API token tells who revoked it, to who may read the audit log', async ({ page, browser }) => {
  const made = await page.request.post('/api/v1/api-tokens', { data: { name: 'For a till', permissions: ['products:read'] } });
  const { id } = await made.json() as { id: number };
  await open(page, `/api-tokens/${id}`);
  await page.getByRole('button', { name: 'Revoke' }).click();
  await expect(toast(page, 'Token revoked')).toBeVisible();
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

test('whether a token works is in the list, also on a phone, and a colleague who leaves leads to theirs', async ({ page }) => {
  const now = Date.now();
  const { id: role } = ((await (await page.request.get('/api/v1/roles?name=read-only')).json()) as { items: [{ id: number }] }).items[0];
  const { id } = await (await page.request.post('/api/v1/staff', { data: { email: `leaves-${now}@demo.test`, name: 'Lou Leaves', role_id: role } })).json() as { id: number };
  const tokens = [];
  for (const name of ['Till', 'Printer']) {
    tokens.push(await (await page.request.post('/api/v1/api-tokens', { data: { name: `${name} ${now}`, staff_id: id, permissions: ['products:read'], expires_at: new Date(now + 86_400_000).toISOString() } })).json() as { id: number });
  }
  await page.request.delete(`/api/v1/api-tokens/${tokens[0]!.id}`);
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, `/staff/${id}`);
  await page.getByRole('link', { name: 'Their API tokens' }).click();
  const row = (name: string) => page.locator('tr[data-id]').filter({ hasText: `${name} ${now}` });
  await expect(page.locator('tr[data-id]')).toHaveCount(2);
  await expect(row('Till').getByText('Revoked')).toBeVisible();
  await expect(row('Printer').getByText('Active', { exact: true })).toBeVisible();
  await expect(row('Printer').locator('[data-label="Expires"]')).toBeVisible();
  await page.request.patch(`/api/v1/staff/${id}`, { data: { is_active: false } });
  await page.reload();
  await expect(row('Printer').getByText('Owner is inactive')).toBeVisible();
  await expect(row('Till').getByText('Revoked')).toBeVisible();
});
