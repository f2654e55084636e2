import Button from '@mui/material/Button';
import DownloadIcon from '@mui/icons-material/FileDownloadOutlined';
import { Link, useSearchParams } from 'react-router';
import { csvText, downloadCsv } from '@/engine/list/exportCsv';
import { known, money, moneyText, number, percent } from '@/i18n/format';
import { t } from '@/i18n/t';
import { useMay } from '@/session/session';
import { PageHead } from '@/ui/PageHead';
import { ZoneNotice } from '@/ui/ZoneNotice';
import { Card } from './Card';
import { dayStart, dayText, homePath, periodOf, titleOf, type Period } from './period';
import { PeriodPicker } from './PeriodPicker';
import { periodQuery, units, useReport, type ProductSales, type Ranked } from './reports';
import { useMinute } from './useMinute';
import './home.css';

/** The most products that the report lists. */
const most = 100;

/** What was sold in a period, product by product. */
export default function SalesPage() {
  const [params] = useSearchParams();
  const now = new Date(useMinute().getTime() - 1);
  const period = periodOf(params, now);
  const report = useReport<Ranked<ProductSales>>('sales', { ...periodQuery(period), by: 'product', limit: most });
  const mayExport = useMay()('data:export');
  const items = report.data?.items ?? [];
  return (
    <>
      <PageHead title={t('Sold products')} crumb={{ label: t('Home'), to: homePath(period) }}>
        {mayExport && <Button startIcon={<DownloadIcon />} disabled={items.length === 0} onClick={() => save(items, period)}>{t('Export')}</Button>}
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
          beside={report.data && <span className="home-count">{totalOf(report.data)}</span>}
        >
          {({ items, total }) => (items.length === 0
            ? <p className="card-body flush muted">{t('Nothing was sold in this period.')}</p>
            : <Table items={items} revenue={total.revenue} />)}
        </Card>
      </div>
    </>
  );
}

function totalOf({ items, total }: Ranked<ProductSales>): string {
  const sum = { revenue: known(total.revenue, money), units: known(total.units, units) };
  return items.length < most ? t('{revenue}, {units} in all', sum) : t('{revenue}, {units} in all; these are the {n} products with the most revenue', { ...sum, n: number(most) });
}

function Table({ items, revenue }: { items: ProductSales[]; revenue: number | null }) {
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={t('Products')}>
      <table className="grid" aria-labelledby="sold-products">
        <thead>
          <tr>
            <th scope="col">{t('Name')}</th>
            <th scope="col">{t('SKU')}</th>
            <th scope="col" className="end">{t('Units')}</th>
            <th scope="col" className="end">{t('Revenue')}</th>
            <th scope="col" className="end sold-share">{t('Share')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((product) => (
            <tr key={product.product_id} className="still">
              <td className="primary"><Link to={`/products/${product.product_id}`}>{product.name}</Link></td>
              <td data-label={t('SKU')}>{product.sku}</td>
              <td className="end" data-label={t('Units')}>{known(product.units, number)}</td>
              <td className="end" data-label={t('Revenue')}>{known(product.revenue, money)}</td>
              <td className="end sold-share">{product.revenue !== null && revenue ? percent(product.revenue / revenue) : ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function save(items: ProductSales[], { from, to }: Period) {
  const rows = items.map(({ sku, name, units, revenue }) => [sku, name, units, revenue === null ? null : moneyText(revenue, 'en')]);
  downloadCsv(`sold ${dayText(from)} ${dayText(dayStart(to, -1))}.csv`, csvText([['sku', 'name', 'units', 'revenue'], ...rows]));
}
