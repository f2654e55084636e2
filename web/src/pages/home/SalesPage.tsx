import { useEffect, useRef } from 'react';
import ArrowDown from '@mui/icons-material/ArrowDownward';
import Button from '@mui/material/Button';
import { Link, useSearchParams } from 'react-router';
import { moneyCell } from '@/ui/csv';
import { knownMoney, knownNumber, number, percent } from '@/i18n/format';
import { t } from '@/i18n/t';
import { useMay } from '@/session/session';
import { PageHead } from '@/ui/PageHead';
import { ZoneNotice } from '@/ui/ZoneNotice';
import { Card } from './Card';
import { homePath, periodOf, returnsPath, titleOf } from './period';
import { PeriodPicker } from './PeriodPicker';
import { mostRows, ReportExport } from './ReportExport';
import { readSold, units, useSold, type ProductSales, type Ranked } from './reports';
import { useMinute } from './useMinute';
import './home.css';

/** How many products are shown at first, and on request. */
const [first, more] = [100, 1_000];

type Measure = 'revenue' | 'units';

/** What was sold in a period, product by product. */
export default function SalesPage() {
  const [params, setParams] = useSearchParams();
  const now = new Date(useMinute().getTime() - 1);
  const period = periodOf(params, now);
  const by: Measure = params.get('sort') === '-units' ? 'units' : 'revenue';
  const limit = params.get('limit') === String(more) ? more : first;
  const query = { period, sort: `-${by}`, limit };
  const report = useSold(query);
  const may = useMay();
  const items = report.data?.items ?? [];
  const waits = report.isPlaceholderData;
  const asked = useRef(false);
  useEffect(() => {
    if (!asked.current || waits) return;
    asked.current = false;
    document.querySelectorAll<HTMLElement>('.sorts tbody a')[first]?.focus({ preventScroll: true }); // where one reads on
  }, [waits]);
  const go = (to: Record<string, string>) => setParams((from) => ({ ...Object.fromEntries(from), ...to }), { replace: true });
  return (
    <>
      <PageHead title={t('Sold products')} crumb={{ label: t('Home'), to: homePath(period) }}>
        {may('orders:read') && may('inventory-movements:read') && <Button component={Link} to={returnsPath(period)}>{t('Returns')}</Button>}
        {may('data:export') && (
          <ReportExport<ProductSales>
            name="sold"
            period={period}
            none={items.length === 0}
            read={async () => (!waits && items.length < limit ? items : (await readSold({ ...query, limit: mostRows })).items)}
            columns={['sku', 'name', 'units', 'revenue']}
            cells={({ sku, name, units: sold, revenue }) => [sku, name, sold, revenue === null ? null : moneyCell(revenue)]}
          />
        )}
      </PageHead>
      <div className="home">
        <ZoneNotice />
        <PeriodPicker period={period} now={now} />
        <Card
          id="sold-products"
          title={titleOf(period)}
          report={report}
          flush
          lines={12}
          beside={report.data && <span className="home-count">{totalOf(report.data, by)}</span>}
        >
          {(data) => (data.items.length === 0
            ? <p className="card-body flush muted">{t('Nothing was sold in this period.')}</p>
            : <Table data={data} by={by} onSort={(sort) => go({ sort: `-${sort}` })} />)}
        </Card>
        {items.length === first && (limit === first || waits) && (
          <div className="sold-more">
            <Button
              variant="outlined"
              disabled={waits}
              onClick={() => {
                asked.current = true;
                go({ limit: String(more) });
              }}
            >
              {t('Show up to {n}', { n: number(more) })}
            </Button>
          </div>
        )}
      </div>
    </>
  );
}

function totalOf({ items, total }: Ranked<ProductSales>, by: Measure): string {
  const sum = { revenue: knownMoney(total.revenue), units: units(total.units), n: number(items.length) };
  if (items.length !== first && items.length !== more) return t('{revenue}, {units} in all', sum);
  return by === 'units'
    ? t('{revenue}, {units} in all; these are the {n} products with the most units', sum)
    : t('{revenue}, {units} in all; these are the {n} products with the most revenue', sum);
}

function Table({ data: { items, total }, by, onSort }: { data: Ranked<ProductSales>; by: Measure; onSort: (by: Measure) => void }) {
  const heading = (measure: Measure, label: string) => (
    <th scope="col" className="end" aria-sort={by === measure ? 'descending' : undefined}>
      <button onClick={() => onSort(measure)}>{label}{by === measure && <ArrowDown aria-hidden />}</button>
    </th>
  );
  return (
    <div className="table-scroll sorts" tabIndex={0} role="region" aria-label={t('Products')}>
      <table className="grid" aria-labelledby="sold-products">
        <thead>
          <tr>
            <th scope="col">{t('Name')}</th>
            <th scope="col">{t('SKU')}</th>
            {heading('units', t('Units'))}
            {heading('revenue', t('Revenue'))}
            <th scope="col" className="end sold-share">{t('Share')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((product) => (
            <tr key={product.product_id} className="still">
              <td className="primary"><Link to={`/products/${product.product_id}`}>{product.name}</Link></td>
              <td data-label={t('SKU')}>{product.sku}</td>
              <td className="end" data-label={t('Units')}>{knownNumber(product.units)}</td>
              <td className="end" data-label={t('Revenue')}>{knownMoney(product.revenue)}</td>
              <td className="end sold-share">{product.revenue !== null && total.revenue ? percent(product.revenue / total.revenue) : ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
