import type { Column } from '@/engine/list/columns';
import { ResourceList } from '@/engine/list/ResourceList';
import { t } from '@/i18n/t';
import { State } from './State';

/** The API tokens, each with its status. */
export const TokenList = () => <ResourceList columns={columns} />;

const rare = new Set(['revoked_at', 'max_stock_adjustment']);

function columns(generic: Column[]): Column[] {
  const [name, ...others] = generic.map((column) => (rare.has(column.key) ? { ...column, hidden: true } : column));
  const state: Column = { key: 'state', label: t('Status'), bare: true, late: true, render: (record) => <State record={record} /> };
  return name ? [name, state, ...others] : others;
}
