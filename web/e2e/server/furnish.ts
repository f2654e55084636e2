import { request, type APIRequestContext } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';
import { demoPassword, sessionFile } from './accounts';

/** Records of the demo shop that get more data, so that no screen is empty. */
export const furniture = {
  customer: 7, // has a cart, with a line that the stock cannot fill
  changed: 5, // a product with a history
  contested: 60, // products that two people change at once
  contestedOnPhone: 61,
  guarded: 'guarded@demo.test', // a member of staff with a second factor
};

export async function furnish(url: string) {
  const owner = await request.newContext({ baseURL: url, storageState: sessionFile('owner') });
  const post = async <T>(path: string, data: object = {}) => answerOf<T>(await owner.post(`/api/v1${path}`, { data }), path);
  const { id: gone } = await post<{ id: number }>('/products', { sku: 'OLD-0001', name: 'Beech stool, discontinued', price: 4_900, category_id: 4 });
  await owner.delete(`/api/v1/products/${gone}`);
  for (const price of [7_450, 6_900]) await owner.patch(`/api/v1/products/${furniture.changed}`, { data: { price } });
  await fillCart(owner, post);
  await fillQueue(owner, post);
  await post('/roles', {
    name: 'weekend-help', label: 'Weekend help', description: 'Packs on Saturdays', max_stock_adjustment: 20,
    permissions: ['orders:read', 'orders:transition', 'products:read'],
  });
  await post('/api-tokens', { name: 'Handheld scanner', permissions: ['products:read', 'stock:receive'] });
  await guard(url, post, furniture.guarded, 'Gerda Guarded');
  await owner.dispose();
}

type Post = <T>(path: string, data?: object) => Promise<T>;

async function fillCart(owner: APIRequestContext, post: Post) {
  const products = async (filter: string) => {
    const answer = await owner.get(`/api/v1/products?is_active=true&sort=id&${filter}`);
    return (await answerOf<{ items: { id: number; stock: number }[] }>(answer, filter)).items;
  };
  const plenty = await products('stock_gte=12&limit=3');
  const [scarce] = await products('stock_gte=1&stock_lt=5&limit=1');
  const lines = [...plenty.map(({ id }, i) => ({ id, quantity: i + 1 })), ...(scarce ? [{ id: scarce.id, quantity: scarce.stock + 2 }] : [])];
  for (const { id, quantity } of lines) await post(`/customers/${furniture.customer}/cart/items`, { product_id: id, quantity });
}

/** Places orders until more than a page of them waits to be packed. Late on a Friday the demo shop has hardly any. */
async function fillQueue(owner: APIRequestContext, post: Post) {
  const path = '/api/v1/orders?status=pending,processing&limit=1';
  const { total } = await answerOf<{ total: number }>(await owner.get(path), path);
  if (total >= 35) return;
  const { id } = await post<{ id: number }>('/products', { sku: 'STO-0001', name: 'Beech stool', price: 4_900, category_id: 4, stock: 100 });
  for (let customer = 101 + total; customer <= 135; customer++) {
    await owner.delete(`/api/v1/customers/${customer}/cart`);
    await post(`/customers/${customer}/cart/items`, { product_id: id, quantity: 1 });
    await post(`/customers/${customer}/checkout`);
  }
}

/** Invites somebody, who chooses a password and turns the second factor on. */
export async function guard(url: string, post: Post, email: string, name: string) {
  const { id } = await post<{ id: number }>('/staff', { email, name, role_id: 5 });
  const invitation = await post<{ url: string }>(`/staff/${id}/invite`);
  const token = new URLSearchParams(invitation.url.split('?')[1]).get('token');
  const guest = await request.newContext({ baseURL: url });
  const own = async <T>(path: string, data: object) => answerOf<T>(await guest.post(`/api/v1/auth/${path}`, { data }), path);
  await own('setup', { token, password: demoPassword });
  const { secret } = await own<{ secret: string }>('totp/enrol', { password: demoPassword });
  await own('totp/confirm', { code: new TOTP({ secret: Secret.fromBase32(secret) }).generate() });
  await guest.dispose();
  return id;
}

export async function answerOf<T>(answer: Awaited<ReturnType<APIRequestContext['post']>>, what: string): Promise<T> {
  if (!answer.ok()) throw new Error(`${what}: ${answer.status()} ${await answer.text()}`);
  return (await answer.json()) as T;
}
