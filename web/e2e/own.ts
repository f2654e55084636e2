import type { Page } from '@playwright/test';
import { answerOf } from './server/furnish';

// Records that belong to one journey. Those of the demo shop depend on the hour at which it was made,
// and other journeys change them at the same time.

export interface Product {
  id: number;
  sku: string;
  name: string;
  price: number;
  stock: number;
  category_id: number;
}

export interface Customer {
  id: number;
  name: string;
  email: string;
}

export interface Order {
  id: number;
  number: number;
  customer_id: number;
  version: number;
  items: { id: number; product_id: number }[];
}

let made = 0;
const mark = () => `${Date.now().toString(36)}-${process.pid.toString(36)}-${++made}`;

const post = async <T>(page: Page, path: string, data: object = {}) => answerOf<T>(await page.request.post(`/api/v1${path}`, { data }), path);

/** A product with more stock than a journey takes. */
export function ownProduct(page: Page, values: object = {}): Promise<Product> {
  const code = mark().toUpperCase();
  return post(page, '/products', { sku: `OWN-${code}`, name: `Ash bowl ${code}`, price: 2_450, category_id: 4, stock: 50, ...values });
}

/** Several products, and a search text that finds only them. */
export async function ownProducts(page: Page, name: string, n: number): Promise<string> {
  const mark = `${name} ${Date.now()}`;
  for (let i = 1; i <= n; i++) await ownProduct(page, { name: `${mark}, ${i} l` });
  return mark;
}

export const ownCustomer = (page: Page, values: object = {}): Promise<Customer> =>
  post(page, '/customers', { name: 'Otto Own', email: `otto-${mark()}@example.com`, ...values });

export const intoCart = (page: Page, customer: { id: number }, product: { id: number }, quantity = 1): Promise<{ items: [{ id: number }] }> =>
  post(page, `/customers/${customer.id}/cart/items`, { product_id: product.id, quantity });

/** An order of one unit of a product, moved through these states. */
export async function ownOrder(page: Page, states: string[] = [], customer?: Customer): Promise<Order> {
  const buyer = customer ?? await ownCustomer(page, { address: '1 Home Street\nMarket Ashby' });
  await intoCart(page, buyer, await ownProduct(page));
  const order = await post<Order>(page, `/customers/${buyer.id}/checkout`);
  for (const to of states) await post(page, `/orders/${order.id}/transitions`, { to });
  return order;
}
