import type { Page } from '@playwright/test';
import { answerOf } from './server/furnish';
import { open, test as base } from './test';

export interface Product {
  id: number;
  sku: string;
  name: string;
}

let made = 0;
export const products: Product[] = [];

/** Creates a product that no other test uses. */
export async function productOf(page: Page, stock: number): Promise<Product> {
  const sku = `CNT-${Date.now().toString(36)}-${process.pid}-${++made}`.toUpperCase();
  const answer = await page.request.post('/api/v1/products', { data: { sku, name: `Counted ${sku}`, price: 100, category_id: await categoryOf(page), stock } });
  const product = await answerOf<Product>(answer, sku);
  products.push(product);
  return product;
}

const categoryOf = async (page: Page) => {
  const { items: [category] } = await (await page.request.get('/api/v1/categories?limit=1')).json() as { items: [{ id: number }] };
  return category.id;
};

export const search = (page: Page) => page.getByLabel('Scan or find a product');
export const counted = (page: Page, { name }: Product) => page.getByLabel(`Counted of ${name}`);
export const rowOf = (page: Page, { sku }: Product) => page.getByRole('table', { name: 'Products that are counted' }).locator('tbody tr').filter({ hasText: sku });
export const book = (page: Page, rows: number) => page.getByRole('button', { name: rows === 1 ? 'Book 1 row' : `Book ${rows} rows` });

/** Types codes as a scanner does, without waiting for anything. */
export async function scan(page: Page, ...codes: string[]) {
  await search(page).focus();
  for (const code of codes) {
    await page.keyboard.insertText(code);
    await page.keyboard.press('Enter');
  }
}

export const stockOf = async (page: Page, { id }: Product) => (await (await page.request.get(`/api/v1/products/${id}`)).json() as { stock: number }).stock;

export const movementsOf = async (page: Page, { id }: Product) =>
  (await (await page.request.get(`/api/v1/products/${id}/stock-movements`)).json() as { items: { reason: string; note: string | null; quantity_change: number }[] }).items;

/** Starts with an empty stocktake, and deletes its products at the end, so that they are not in the lists of other tests. */
export const test = base.extend<{ stocktake: void }>({
  stocktake: [async ({ page }, use) => {
    await open(page, '/stocktake');
    await use();
    for (const { id } of products.splice(0)) await page.request.delete(`/api/v1/products/${id}`);
  }, { auto: true }],
});
