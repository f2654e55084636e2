import { lazy, Suspense } from 'react';
import { listPath } from '@/engine/record';
import { t } from '@/i18n/t';
import { ordersPath } from '@/pages/orders/tabs';
import { useMay } from '@/session/session';
import { Bars } from './Bars';
import { Card } from './Card';
import { DayTable } from './DayTable';
import { sameDaysBefore, soldPath, type Period } from './period';
import { countedOrders, periodQuery, useReport, useSalesByDay, type ByDay, type CategorySales, type ProductSales, type Ranked } from './reports';

const DayChart = lazy(() => import('./DayChart'));

/** Whether all amounts are zero; then there is no chart, as its axis would have no upper end. */
const isNothing = ({ items, previous }: ByDay) => [...items, ...previous].every((day) => day.revenue === 0);

/** The revenue of each day of the period, and of the period before as a dashed line. */
export function DayCard({ period }: { period: Period }) {
  const report = useSalesByDay(period, sameDaysBefore(period, period.to));
  const leads = useMay()('orders:read');
  return (
    <Card
      id="home-days"
      title={t('Revenue per day')}
      report={report}
      lines={8}
      beside={<span className="muted">{t('dashed: period before')}</span>}
      link={leads ? { to: ordersPath(countedOrders(period)), label: t('Orders') } : undefined}
    >
      {(data) => (isNothing(data)
        ? <p className="flush muted">{t('Nothing was sold in this period or the one before.')}</p>
        : (
          <div className="home-chart">
            <Suspense><DayChart data={data} /></Suspense>
            <DayTable data={data} />
          </div>
        ))}
    </Card>
  );
}

export function CategoryCard({ period }: { period: Period }) {
  const report = useReport<Ranked<CategorySales>>('sales', { ...periodQuery(period), by: 'category', limit: 8 });
  const leads = useMay()('products:read');
  return (
    <Card id="home-categories" title={t('Revenue per category')} report={report} lines={8}>
      {({ items, total }) => (
        <Bars
          none={t('Nothing was sold in this period.')}
          total={total.revenue}
          bars={items.map((c) => ({
            key: c.category_id, title: c.name, sub: c.path.split(' / ').slice(0, -1).join(' / '), revenue: c.revenue, units: c.units,
            to: leads ? listPath('products', { category_id: String(c.category_id) }) : undefined,
          }))}
        />
      )}
    </Card>
  );
}

export function ProductCard({ period }: { period: Period }) {
  const report = useReport<Ranked<ProductSales>>('sales', { ...periodQuery(period), by: 'product', limit: 8 });
  return (
    <Card id="home-products" title={t('Top products')} report={report} lines={8} link={report.data?.items.length ? { to: soldPath(period), label: t('Sold products') } : undefined}>
      {({ items, total }) => (
        <Bars
          none={t('Nothing was sold in this period.')}
          total={total.revenue}
          bars={items.map((p) => ({
            key: p.product_id, title: p.name, sub: p.sku, revenue: p.revenue, units: p.units, to: `/products/${p.product_id}`,
          }))}
        />
      )}
    </Card>
  );
}
