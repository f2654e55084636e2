import type { Browser, Page } from '@playwright/test';
import { expect, demoPassword, open, server, strangerOf, test } from './test';
import { ownProduct } from './own';
import { answerOf } from './server/furnish';

// Unusual roles: each sees what it includes, and nothing that it is offered is refused.
const odd = [
  ['orders:read'], ['orders:read', 'orders:transition'], ['products:read'], ['stock:adjust'], ['reports:read'], ['reports:read', 'categories:read'],
  ['reports:read', 'products:read'], ['orders:read', 'stock:receive'], ['customers:read', 'orders:read'], ['roles:manage'], ['staff:manage'],
];

const shown: Record<string, string> = {
  'stock:adjust': 'Your role has nothing to show here', 'reports:read': 'Revenue per day', 'orders:read': 'Waiting longest', 'reports:read, categories:read': 'Revenue per category',
};

/** A page of a new member of staff, how to change what they may do, and what they were refused. */
async function oddOne(page: Page, browser: Browser) {
  const post = async <T>(path: string, data: object = {}) => answerOf<T>(await page.request.post(`/api/v1${path}`, { data }), path);
  const mark = Date.now() % 1_000_000;
  const role = await post<{ id: number }>('/roles', { name: `odd-${mark}`, label: `Odd ${mark}`, permissions: ['orders:read'] });
  const member = await post<{ id: number; email: string }>('/staff', { email: `odd${mark}@demo.test`, name: 'Otto Odd', role_id: role.id });
  const { url } = await post<{ url: string }>(`/staff/${member.id}/invite`);
  const guest = await strangerOf(browser);
  const chosen = await guest.request.post(`${server().url}/api/v1/auth/setup`, { data: { token: new URLSearchParams(url.split('?')[1]).get('token'), password: demoPassword } });
  expect(chosen.ok(), await chosen.text()).toBe(true);
  const refused: string[] = [];
  guest.on('response', (answer) => answer.status() === 403 && refused.push(`${answer.url()} on ${guest.url()}`));
  const become = async (permissions: string[]) => {
    const changed = await page.request.patch(`/api/v1/roles/${role.id}`, { data: { permissions } });
    expect(changed.ok(), await changed.text()).toBe(true);
    await guest.goto('about:blank');
  };
  return { guest, become, refused, member };
}

test('home and the menu lead a role of few permissions to nothing that it may not see', async ({ page, browser }) => {
  const { guest, become, refused } = await oddOne(page, browser);
  for (const set of odd) {
    const permissions = set.join(', ');
    await become(set);
    await open(guest, '/');
    if (shown[permissions]) await expect(guest.getByRole('heading', { name: shown[permissions] })).toBeVisible();
    const all = await guest.locator('a[href^="#/"]').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    const kinds = new Map(all.map((href) => [href.replace(/\d+/g, '1'), href]));
    for (const href of kinds.values()) {
      await open(guest, href.slice(1));
      await expect(guest.getByRole('heading', { level: 1 }), `${permissions}: ${href}`).not.toHaveText('You do not have access to this page');
    }
    expect(refused, permissions).toEqual([]);
  }
  await guest.context().close();
});

test('a form asks for no records that the role may not see, and says so', async ({ page, browser }) => {
  const { id, category_id } = await ownProduct(page);
  const { guest, become, refused, member } = await oddOne(page, browser);
  await become(['products:read', 'products:create', 'products:update']);
  for (const path of ['/products/create', `/products/${id}`]) {
    await open(guest, path);
    const category = guest.getByLabel('Category');
    await expect(category).toBeDisabled();
    await expect(category).toHaveAccessibleDescription('Your role does not include categories, so you cannot choose any.');
    await expect(category).toHaveValue(path.endsWith('create') ? '' : String(category_id));
  }
  await guest.getByLabel('Name').fill('Ash bowl, renamed by the odd one');
  await guest.getByRole('button', { name: 'Save' }).click();
  await expect(guest.getByRole('heading', { level: 1 })).toHaveText('Ash bowl, renamed by the odd one');
  await open(guest, `/products?filter={"category_id":"${category_id}"}`);
  await expect(guest.getByRole('button', { name: `Category: ${category_id}` })).toBeVisible();
  await guest.getByRole('button', { name: 'Filter', exact: true }).click();
  await expect(guest.getByRole('menuitem', { name: 'Price' })).toBeVisible();
  await expect(guest.getByRole('menuitem', { name: 'Category' })).toHaveCount(0);

  await become(['staff:manage']);
  for (const path of ['/staff/create', `/staff/${member.id}`]) {
    await open(guest, path);
    await expect(guest.getByLabel('Role')).toBeDisabled();
  }
  await guest.waitForLoadState('networkidle');
  expect(refused).toEqual([]);
  await guest.context().close();
});
