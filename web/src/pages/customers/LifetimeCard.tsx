import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api } from '@/api/http';
import { date, knownAverage, knownMoney, knownNumber, number } from '@/i18n/format';
import { t } from '@/i18n/t';
import { ordersPath } from '@/pages/orders/tabs';
import { counted } from '@/pages/orders/types';
import { useMay } from '@/session/session';
import { PartFailed } from '@/ui/PartFailed';
import { LinesSkeleton } from '@/ui/Skeletons';

interface Lifetime {
  revenue: number | null; // sums are null if they exceed the largest amount
  orders: number;
  average_order: number | null;
  units: number | null;
  first_order_at: string | null;
  last_order_at: string | null;
}

/** What a customer has bought so far, without cancelled orders. */
export function LifetimeCard({ customer, deleted }: { customer: number; deleted: boolean }) {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['reports', 'customers', customer],
    queryFn: ({ signal }) => api.get<Lifetime>(`/reports/customers/${customer}`, deleted ? { include_deleted: true } : {}, signal),
    retry: false,
  });
  return (
    <section className="card" aria-labelledby="lifetime">
      <header><h2 id="lifetime">{t('Lifetime value')}</h2> <span className="muted">{t('without cancelled orders')}</span></header>
      <div className="card-body">
        {isPending && <LinesSkeleton lines={4} />}
        {error && <PartFailed error={error} onRetry={refetch} />}
        {data && <Figures {...data} customer={customer} />}
      </div>
    </section>
  );
}

function Figures({ customer, revenue, orders, average_order: average, units, first_order_at: first, last_order_at: last }: Lifetime & { customer: number }) {
  const mayList = useMay()('orders:read') && orders > 0;
  const total = knownMoney(revenue);
  return (
    <>
      <div className="lifetime num">{mayList ? <Link to={ordersPath({ customer_id: String(customer), status: counted })}>{total}</Link> : total}</div>
      <dl className="facts">
        <dt>{t('Orders')}</dt><dd className="num">{number(orders)}</dd>
        <dt>{t('Average order')}</dt><dd className="num">{knownAverage(average, orders)}</dd>
        <dt>{t('Units')}</dt><dd className="num">{knownNumber(units)}</dd>
        <dt>{t('First order')}</dt><dd>{first ? date(first) : '–'}</dd>
        <dt>{t('Last order')}</dt><dd>{last ? date(last) : '–'}</dd>
      </dl>
    </>
  );
}
