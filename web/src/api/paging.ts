import { number } from '@/i18n/format';
import { t } from '@/i18n/t';
import type { Query } from './http';

// By list, the cursor of each page that follows one already seen. Following a cursor
// costs the same at any depth, and works past the limit of offsets.
const cursors = new Map<string, Map<number, string>>();
const remembered = 50;

const keyOf = (resource: string, scope: Query, perPage: number) => JSON.stringify([resource, scope, perPage]);

/** The largest offset that the server accepts. */
const maxOffset = 10_000;

export function pageQuery(resource: string, scope: Query, page: number, perPage: number): Query {
  if (page <= 1) return {};
  const cursor = cursors.get(keyOf(resource, scope, perPage))?.get(page);
  if (cursor) return { cursor };
  const offset = (page - 1) * perPage;
  if (offset <= maxOffset) return { offset };
  throw new Error(t('Page {page} cannot be opened directly, because it starts after {n} rows. Filter the list, or go there from an earlier page.', {
    page: number(page), n: number(maxOffset),
  }));
}

export function rememberCursor(resource: string, scope: Query, page: number, perPage: number, next: string | null) {
  if (!next) return;
  const key = keyOf(resource, scope, perPage);
  const pages = cursors.get(key) ?? new Map<number, string>();
  pages.set(page + 1, next);
  cursors.delete(key);
  cursors.set(key, pages);
  const oldest = cursors.keys().next().value;
  if (cursors.size > remembered && oldest !== undefined) cursors.delete(oldest);
}
