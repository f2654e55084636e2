import { answer, client } from '@/api/client';
import type { components } from '@/api/openapi';

export type Product = components['schemas']['Product'];
export type Movement = components['schemas']['StockMovement'];
export type Reason = components['schemas']['StockMovementCreate']['reason'];

/** Why a person may change stock; sales and cancellations are the orders' own. */
export const reasons: Reason[] = ['receipt', 'return', 'adjustment', 'damage'];

const of = (id: number) => ({ path: { id } });

export const movementsOf = (id: number, cursor?: string) =>
  answer(client.GET('/api/v1/products/{id}/stock-movements', { params: { ...of(id), query: { limit: 50, cursor } } }));

export const moveStock = (id: number, quantityChange: number, reason: Reason, note: string) =>
  answer(client.POST('/api/v1/products/{id}/stock-movements', {
    params: of(id), body: { quantity_change: quantityChange, reason, note: note || undefined },
  }));

export const countStock = (id: number, counted: number, expected: number, note: string) =>
  answer(client.POST('/api/v1/products/{id}/stocktake', { params: of(id), body: { counted, expected, note: note || undefined } }));

export const stockAt = (id: number, asOf: string) =>
  answer(client.GET('/api/v1/products/{id}/stock', { params: { ...of(id), query: { as_of: asOf } } }));
