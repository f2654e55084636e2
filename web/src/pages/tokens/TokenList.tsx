import type { Column } from '@/engine/list/columns';
import { ResourceList } from '@/engine/list/ResourceList';
import { t } from '@/i18n/t';
import { State } from './State';

/** The API tokens, each with its status. */
export const TokenList = () => <ResourceList columns={columns} />;

const rare = new Set(['revoked_at', 'max_stock_adjustment']);
const telling = new Set(['expires_at', 'last_used_at']);

function columns(generic: Column[]): Column[] {
  const [name, ...others] = generic.map((column) => {
    if (rare.has(column.key)) return { ...column, hidden: true };
    return telling.has(column.key) ? { ...column, wide: false } : column; // on a phone, too
  });
  const state: Column = { key: 'state', label: t('Status'), bare: true, late: true, render: (record) => <State record={record} /> };
  return name ? [name, state, ...others] : others;
}
