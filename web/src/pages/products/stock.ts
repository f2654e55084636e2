import { answer, client } from '@/api/client';
import type { components } from '@/api/openapi';

export type Movement = components['schemas']['StockMovement'];
export type MovementBody = components['schemas']['StockMovementCreate'];
export type Reason = MovementBody['reason'];

/** The reasons that a person can give; sales and cancellations are booked by orders alone. */
export const reasons: Reason[] = ['receipt', 'return', 'adjustment', 'damage'];

const of = (id: number) => ({ path: { id } });

export const movementsOf = (id: number, cursor?: string) =>
  answer(client.GET('/api/v1/products/{id}/stock-movements', { params: { ...of(id), query: { limit: 50, cursor } } }));

export const moveStock = (id: number, body: MovementBody, headers: Record<string, string>) =>
  answer(client.POST('/api/v1/products/{id}/stock-movements', { params: of(id), body, headers }));

export const countStock = (id: number, body: components['schemas']['StocktakeCreate'], headers: Record<string, string>) =>
  answer(client.POST('/api/v1/products/{id}/stocktake', { params: of(id), body, headers }));

/** The stock now, and how much is sold and not yet sent; or the stock at a time. */
export const stockAt = (id: number, asOf?: string) =>
  answer(client.GET('/api/v1/products/{id}/stock', { params: { ...of(id), query: { as_of: asOf } } }));
