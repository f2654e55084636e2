import { useQuery } from '@tanstack/react-query';
import { Area, AreaChart, CartesianGrid, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { api } from '@/api/http';
import { inZone } from '@/api/inZone';
import { number, numberShort, shortDay } from '@/i18n/format';
import { t } from '@/i18n/t';
import { PartFailed } from '@/ui/PartFailed';

interface Point {
  day: string;
  stock: number;
}

const days = 90;

/** What the dashed line stands for, on the side of the line that has room for it. */
const named = (low: number, items: Point[]) => ({
  value: t('Low stock at {n}', { n: number(low) }),
  position: low * 2 > Math.max(...items.map(({ stock }) => stock)) ? 'insideTopLeft' as const : 'insideBottomLeft' as const,
  fill: 'var(--muted)',
  fontSize: 12,
});

/** The stock at the end of each of the last 90 days. */
export default function StockChart({ id, stock, low }: { id: number; stock: number; low: number | null }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['products', 'series', id, stock],
    queryFn: () => {
      const to = new Date();
      const from = new Date(to.getTime() - days * 86_400_000);
      return inZone((tz) => api.get<{ items: Point[] }>(`/products/${id}/stock-series`, { from: from.toISOString(), to: to.toISOString(), tz }));
    },
    retry: false,
  });
  if (error && !data) return <div className="card-body"><PartFailed error={error} onRetry={refetch} /></div>;
  if (!data) return <div className="chart" aria-hidden />;
  return (
    <figure className="chart" style={{ margin: '0 16px 12px' }} aria-label={t('Stock of the last {n} days', { n: days })}>
      <ResponsiveContainer width="100%" height="100%">
        <AreaChart data={data.items} margin={{ top: 8, right: 8, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <CartesianGrid stroke="var(--line)" vertical={false} />
          <XAxis dataKey="day" tickFormatter={(day: string) => shortDay(`${day}T12:00:00`)} tick={{ fill: 'var(--muted)', fontSize: 12 }} stroke="var(--line-strong)" minTickGap={40} tickLine={false} />
          <YAxis allowDecimals={false} tickFormatter={numberShort} tick={{ fill: 'var(--muted)', fontSize: 12 }} width="auto" axisLine={false} tickLine={false} />
          <Tooltip
            labelFormatter={(day) => (typeof day === 'string' ? shortDay(`${day}T12:00:00`) : '')}
            formatter={(value) => [number(Number(value)), t('Stock')]}
            contentStyle={{ background: 'var(--paper)', border: '1px solid var(--line)', borderRadius: 8, fontSize: 13 }}
          />
          {low !== null && <ReferenceLine y={low} stroke="var(--amber-fg)" strokeDasharray="4 4" ifOverflow="extendDomain" label={named(low, data.items)} />}
          <Area type="stepAfter" dataKey="stock" stroke="var(--accent)" fill="var(--accent-soft)" isAnimationActive={false} />
        </AreaChart>
      </ResponsiveContainer>
    </figure>
  );
}
