import { Link, useSearchParams } from 'react-router';
import { date, knownMoney, money, number } from '@/i18n/format';
import { t } from '@/i18n/t';
import { useMay } from '@/session/session';
import { moneyCell, timeCell } from '@/ui/csv';
import { PageHead } from '@/ui/PageHead';
import { ZoneNotice } from '@/ui/ZoneNotice';
import { Card } from './Card';
import { periodOf, soldPath, titleOf } from './period';
import { PeriodPicker } from './PeriodPicker';
import { mostRows, ReportExport } from './ReportExport';
import { periodQuery, readReturns, units, useReport, type Returned, type Returns } from './reports';
import { useMinute } from './useMinute';
import './home.css';

/** How many returns are shown. */
const first = 200;

/** What came back in a period, with what it was sold for: the money that customers may expect back. */
export default function ReturnsPage() {
  const [params] = useSearchParams();
  const now = new Date(useMinute().getTime() - 1);
  const period = periodOf(params, now);
  const report = useReport<Returns>('returns', { ...periodQuery(period), limit: first });
  const mayExport = useMay()('data:export');
  const items = report.data?.items ?? [];
  return (
    <>
      <PageHead title={t('Returns')} crumb={{ label: t('Sold products'), to: soldPath(period) }}>
        {mayExport && (
          <ReportExport<Returned>
            name="returns"
            period={period}
            none={items.length === 0}
            read={async () => (await readReturns({ period, limit: mostRows })).items}
            columns={['returned_at', 'order_number', 'sku', 'product_name', 'units', 'damaged', 'price', 'amount', 'note']}
            cells={(row) => [timeCell(row.returned_at), row.order_number, row.sku, row.product_name, row.units, row.damaged, moneyCell(row.price), moneyCell(row.amount), row.note]}
          />
        )}
      </PageHead>
      <div className="home">
        <ZoneNotice />
        <PeriodPicker period={period} now={now} />
        <Card id="returns" title={titleOf(period)} report={report} flush lines={12} beside={report.data && <span className="home-count">{totalOf(report.data)}</span>}>
          {(data) => (data.items.length === 0
            ? <p className="card-body flush muted">{t('Nothing came back in this period.')}</p>
            : <Table items={data.items} />)}
        </Card>
      </div>
    </>
  );
}

function totalOf({ items, total }: Returns): string {
  const sum = { amount: knownMoney(total.amount), units: units(total.units), n: number(items.length) };
  return items.length === first ? t('{amount}, {units} in all; these are the last {n} returns', sum) : t('{amount}, {units} in all', sum);
}

function Table({ items }: { items: Returned[] }) {
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={t('Returns')}>
      <table className="grid" aria-labelledby="returns">
        <thead>
          <tr>
            <th scope="col">{t('Product')}</th>
            <th scope="col">{t('Order')}</th>
            <th scope="col">{t('Returned')}</th>
            <th scope="col" className="end">{t('Units')}</th>
            <th scope="col" className="end">{t('Damaged')}</th>
            <th scope="col" className="end">{t('Sold for')}</th>
            <th scope="col">{t('Note')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((row) => (
            <tr key={row.movement_id} className="still">
              <td className="primary"><Link to={`/products/${row.product_id}`}>{row.product_name}</Link></td>
              <td data-label={t('Order')}><Link className="link" to={`/orders/${row.order_id}`}>#{row.order_number}</Link></td>
              <td data-label={t('Returned')}>{date(row.returned_at)}</td>
              <td className="end" data-label={t('Units')}>{number(row.units)}</td>
              <td className="end" data-label={t('Damaged')}>{row.damaged > 0 && number(row.damaged)}</td>
              <td className="end" data-label={t('Sold for')}>{money(row.amount)}</td>
              <td data-label={t('Note')}>{row.note}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
