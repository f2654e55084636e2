import { expect, demoPassword, open, server, strangerOf, test } from './test';
import { answerOf } from './server/furnish';

// Roles that nobody thought of when the screens were made: each sees what it includes, and is refused nothing that it was offered.
const odd = [
  ['orders:read'], ['orders:read', 'orders:transition'], ['products:read'], ['stock:adjust'], ['reports:read'], ['reports:read', 'categories:read'],
  ['reports:read', 'products:read'], ['orders:read', 'stock:receive'], ['customers:read', 'orders:read'], ['roles:manage'], ['staff:manage'],
];

const shown: Record<string, string> = {
  'stock:adjust': 'Your role shows nothing here', 'reports:read': 'Revenue per day', 'orders:read': 'Waiting longest', 'reports:read, categories:read': 'Revenue per category',
};

test('home and the menu lead a role of few permissions to nothing that it may not see', async ({ page, browser }) => {
  const post = async <T>(path: string, data: object = {}) => answerOf<T>(await page.request.post(`/api/v1${path}`, { data }), path);
  const mark = Date.now() % 1_000_000;
  const role = await post<{ id: number }>('/roles', { name: `odd-${mark}`, label: `Odd ${mark}`, permissions: ['orders:read'] });
  const member = await post<{ id: number; email: string }>('/staff', { email: `odd${mark}@demo.test`, name: 'Otto Odd', role_id: role.id });
  const { url } = await post<{ url: string }>(`/staff/${member.id}/invite`);
  const guest = await strangerOf(browser);
  const chosen = await guest.request.post(`${server().url}/api/v1/auth/setup`, { data: { token: new URLSearchParams(url.split('?')[1]).get('token'), password: demoPassword } });
  expect(chosen.ok(), await chosen.text()).toBe(true);
  const refused: string[] = [];
  let permissions = '';
  guest.on('response', (answer) => answer.status() === 403 && refused.push(`${permissions}: ${answer.url()} on ${guest.url()}`));

  for (const set of odd) {
    permissions = set.join(', ');
    const changed = await page.request.patch(`/api/v1/roles/${role.id}`, { data: { permissions: set } });
    expect(changed.ok(), await changed.text()).toBe(true);
    await guest.goto('about:blank');
    await open(guest, '/');
    if (shown[permissions]) await expect(guest.getByRole('heading', { name: shown[permissions] })).toBeVisible();
    const all = await guest.locator('a[href^="#/"]').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    const kinds = new Map(all.map((href) => [href.replace(/\d+/g, '1'), href]));
    for (const href of kinds.values()) {
      await open(guest, href.slice(1));
      await expect(guest.getByRole('heading', { level: 1 }), `${permissions}: ${href}`).not.toHaveText('Your role may not see this');
    }
  }
  expect(refused).toEqual([]);
  await guest.context().close();
});
