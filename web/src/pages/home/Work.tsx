import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api } from '@/api/http';
import { number, words } from '@/i18n/format';
import { plural, t } from '@/i18n/t';
import { Age } from '@/pages/orders/Age';
import { tabPath, tabs, toPack } from '@/pages/orders/tabs';
import { unitsOf, type Order } from '@/pages/orders/types';
import { countOf, useStatusCounts } from '@/pages/orders/useStatusCounts';
import { useMay } from '@/session/session';
import { Chip, toneOf } from '@/ui/Chip';
import { Card } from './Card';

/** The number of orders in each state, with a link to them. */
export function StatusCard() {
  return (
    <Card id="home-status" title={t('Orders by status')} report={useStatusCounts()}>
      {(counts) => (
        <ul className="home-status">
          {tabs.filter((tab) => tab.members.length === 1).map((tab) => (
            <li key={tab.key}>
              <Link to={tabPath(tab)}>
                <Chip value={tab.key} tone={toneOf(tab.key)} label={words(tab.key)} />
                <strong className="num">{number(countOf(counts, tab.members))}</strong>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

const shown = 8;

/** The orders that have waited longest to be packed. */
export function UnpackedCard() {
  const report = useQuery({
    queryKey: ['orders', 'unpacked'],
    queryFn: ({ signal }) => api.get<{ items: Order[]; total: number; total_is_estimate?: boolean }>('/orders', { status: toPack.key, sort: 'id', limit: shown }, signal),
    refetchInterval: 30_000,
  });
  const packs = useMay()('orders:transition');
  const { total = 0, total_is_estimate: guessed = false } = report.data ?? {};
  const count = total > shown && !guessed && <span className="home-count">{t('{n} to pack', { n: number(total) })}</span>;
  const link = report.data?.items.length === 0 ? undefined : { to: tabPath(toPack), label: packs ? t('Pack orders') : t('Show all') };
  return (
    <Card id="home-unpacked" title={t('Waiting longest')} report={report} flush beside={count} link={link}>
      {({ items }) => (items.length === 0
        ? <p className="card-body flush muted">{t('Everything is packed.')}</p>
        : (
          <ul className="home-lines">
            {items.map((order) => (
              <li key={order.id}>
                <Link to={`/orders/${order.id}`}>
                  <strong className="num">#{order.number}</strong>
                  <Chip value={order.status} />
                  <span className="muted home-end">{plural(unitsOf(order), '{n} unit', '{n} units')}</span>
                  <Age placedAt={order.placed_at} status={order.status} />
                </Link>
              </li>
            ))}
          </ul>
        ))}
    </Card>
  );
}
