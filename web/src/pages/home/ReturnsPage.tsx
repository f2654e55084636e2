import { useState } from 'react';
import Button from '@mui/material/Button';
import DownloadIcon from '@mui/icons-material/FileDownloadOutlined';
import { Link, useSearchParams } from 'react-router';
import { date, dayStart, knownMoney, money, number } from '@/i18n/format';
import { plural, t } from '@/i18n/t';
import { useMay } from '@/session/session';
import { toast, toastError } from '@/toast/toasts';
import { csvText, downloadCsv, moneyCell, timeCell } from '@/ui/csv';
import { PageHead } from '@/ui/PageHead';
import { ZoneNotice } from '@/ui/ZoneNotice';
import { Card } from './Card';
import { dayText, periodOf, soldPath, titleOf, type Period } from './period';
import { PeriodPicker } from './PeriodPicker';
import { periodQuery, readReturns, units, useReport, type Returns, type ReturnsQuery } from './reports';
import { useMinute } from './useMinute';
import './home.css';

/** How many returns are shown, and how many are in a file. */
const [first, most] = [200, 10_000];

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
        {mayExport && <Export query={{ period, limit: most }} none={items.length === 0} />}
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

function Table({ items }: { items: Returns['items'] }) {
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={t('Returns')}>
      <table className="grid" aria-labelledby="returns">
        <thead>
          <tr>
            <th scope="col">{t('Product')}</th>
            <th scope="col">{t('Order')}</th>
            <th scope="col">{t('Returned')}</th>
            <th scope="col" className="end">{t('Units')}</th>
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
              <td className="end" data-label={t('Sold for')}>{money(row.amount)}</td>
              <td data-label={t('Note')}>{row.note}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Saves what came back in the period, also what is not shown. */
function Export({ query, none }: { query: ReturnsQuery; none: boolean }) {
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      const { items } = await readReturns(query);
      write(items, query.period);
      toast(plural(items.length, 'Exported {n} row', 'Exported {n} rows'));
      if (items.length >= most) toast(t('The export stops at {n} rows: choose a shorter period for the rest.', { n: number(most) }), 'info');
    } catch (error) {
      toastError(error);
    }
    setBusy(false);
  };
  return <Button startIcon={<DownloadIcon />} disabled={none || busy} onClick={() => void save()}>{t('Export')}</Button>;
}

function write(items: Returns['items'], { from, to }: Period) {
  const rows = items.map((row) => [timeCell(row.returned_at), row.order_number, row.sku, row.product_name, row.units, moneyCell(row.price), moneyCell(row.amount), row.note]);
  const names = ['returned_at', 'order_number', 'sku', 'product_name', 'units', 'price', 'amount', 'note'];
  downloadCsv(`returns ${dayText(from)} ${dayText(dayStart(to, -1))}.csv`, csvText([names, ...rows]));
}
