import { t } from '@/i18n/t';
import { words } from '@/i18n/format';
import { statuses, unpacked, type Status } from './types';

/** A tab of the list of orders: the states that it shows. */
interface Tab {
  key: string; // as in the address; '' shows all
  label: string;
  members: Status[];
  oldestFirst: boolean;
}

export const tabs: Tab[] = [
  { key: unpacked.join(','), label: t('To pack'), members: unpacked, oldestFirst: true },
  ...statuses.map((status) => ({
    key: status, label: words(status), members: [status], oldestFirst: unpacked.includes(status),
  })),
  { key: '', label: t('All'), members: statuses, oldestFirst: false },
];

export const toPack = tabs[0] as Tab;

export const tabOf = (status: unknown) => tabs.find((tab) => tab.key === (status ?? ''));

/** The address of the list of orders with these filters. It is sorted by id: ids grow with time, and an index has them by state. */
export function ordersPath(filter: Record<string, unknown>): string {
  const order = tabOf(filter.status)?.oldestFirst ? 'ASC' : 'DESC';
  const params = new URLSearchParams({ filter: JSON.stringify(filter), sort: 'id', order, page: '1' });
  return `/orders?${params.toString()}`;
}

export const tabPath = (tab: Tab) => ordersPath(tab.key ? { status: tab.key } : {});
