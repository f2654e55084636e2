import { useSearchParams } from 'react-router';
import { plural, t } from '@/i18n/t';
import { useMay } from '@/session/session';
import { Empty } from '@/ui/Empty';
import { PageHead } from '@/ui/PageHead';
import { ZoneNotice } from '@/ui/ZoneNotice';
import { FiguresRow } from './FiguresRow';
import { daysOf, periodOf, sameDaysBefore, titleOf, today, type Period } from './period';
import { PeriodPicker } from './PeriodPicker';
import { useSummary } from './reports';
import { CategoryCard, DayCard, ProductCard } from './Sales';
import { Start } from './Start';
import { StockCard } from './StockCard';
import { useMinute } from './useMinute';
import { StatusCard, UnpackedCard } from './Work';
import '@/pages/orders/orders.css';
import './home.css';

/** How the shop is doing, and what has to be done. */
export default function HomePage() {
  const may = useMay();
  const packs = may('orders:read') && may('orders:transition');
  return (
    <>
      <PageHead title={t('Home')} />
      <div className="home">
        <Start>
          {packs && <Work />}
          {may('reports:read') && <Reports />}
          {!packs && <Work />}
        </Start>
        {!may('orders:read') && !may('reports:read') && <Empty title={t('Your role has nothing to show here')} text={t('Use the menu to go to the pages that your role includes.')} />}
      </div>
    </>
  );
}

/** What has to be done: first on the page of those who pack, and of everybody on a phone. */
function Work() {
  const may = useMay();
  const [orders, stock] = [may('orders:read'), may('reports:read') && may('products:read')];
  if (!orders && !stock) return null;
  return (
    <div className="home-grid home-work">
      {orders && <UnpackedCard />}
      {stock && <StockCard />}
      {orders && <StatusCard />}
    </div>
  );
}

function Reports() {
  const may = useMay();
  const [params] = useSearchParams();
  const now = useMinute();
  const lately = new Date(now.getTime() - 1); // just before the end of the minute, which may be tomorrow already
  const period = periodOf(params, lately);
  const day = today(lately);
  // Today is compared with yesterday up to the same time of day, not with the whole day.
  const soFar = useSummary({ ...day, to: now });
  const shown = period.to > now ? { ...period, to: now } : period;
  const chosen = useSummary(shown, sameDaysBefore(period, shown.to));
  return (
    <>
      <ZoneNotice />
      <FiguresRow title={t('Today')} against={t('compared to yesterday at this time')} period={day} report={soFar} />
      <div className="home-period">
        <h2 className="visually-hidden">{t('Period')}</h2>
        <PeriodPicker period={period} now={lately} />
      </div>
      <FiguresRow
        title={titleOf(period)}
        against={besideWhat(period)}
        period={period}
        report={chosen}
      />
      <DayCard period={period} />
      <div className="home-grid">
        {may('categories:read') && <CategoryCard period={period} />}
        {may('products:read') && <ProductCard period={period} />}
      </div>
    </>
  );
}

function besideWhat(period: Period): string {
  if (period.key === 'month') return t('compared to the same days of last month');
  if (period.key === 'last-month') return t('compared to the month before');
  if (period.key === 'year') return t('compared to the same days of last year');
  return plural(daysOf(period), 'compared to the day before', 'compared to the {n} days before');
}
