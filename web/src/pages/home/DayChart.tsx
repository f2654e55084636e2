import { Area, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { knownMoney, moneyShort, shortDay } from '@/i18n/format';
import { plural, t } from '@/i18n/t';
import { units, type ByDay, type Day } from './reports';

interface Point extends Day {
  before: number | null;
  beforeDay: string | null;
}

const at = (day: string) => `${day}T12:00:00`;

/** The revenue of each day, and that of the corresponding day of the period before. */
export default function DayChart({ data }: { data: ByDay }) {
  const points: Point[] = data.items.map((day, i) => ({
    ...day, before: data.previous[i]?.revenue ?? null, beforeDay: data.previous[i]?.day ?? null,
  }));
  return (
    <ResponsiveContainer width="100%" height={248}>
      <ComposedChart data={points} margin={{ top: 8, right: 8, bottom: 0, left: 0 }} accessibilityLayer>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis dataKey="day" tickFormatter={(day: string) => shortDay(at(day))} tick={axis} tickLine={false} axisLine={{ stroke: 'var(--line-strong)' }} minTickGap={32} />
        <YAxis tickFormatter={moneyShort} tick={axis} tickLine={false} axisLine={false} width="auto" />
        <Tooltip content={DayTip} cursor={{ stroke: 'var(--line-strong)' }} isAnimationActive={false} />
        <Line dataKey="before" stroke="var(--muted)" strokeWidth={1.25} strokeDasharray="4 4" dot={false} activeDot={false} isAnimationActive={false} />
        <Area dataKey="revenue" stroke="var(--accent)" strokeWidth={2} fill="var(--accent)" fillOpacity={0.1} activeDot={{ r: 4 }} isAnimationActive={false} />
      </ComposedChart>
    </ResponsiveContainer>
  );
}

const axis = { fill: 'var(--muted)', fontSize: 11.5 };

function DayTip({ active, payload }: { active?: boolean; payload?: readonly { payload?: unknown }[] }) {
  const point = payload?.[0]?.payload as Point | undefined;
  if (!active || !point) return null;
  return (
    <div className="chart-tip">
      <strong>{shortDay(at(point.day))}</strong>
      <span className="num">{knownMoney(point.revenue)}</span>
      <span className="muted">{plural(point.orders, '{n} order', '{n} orders')}, {units(point.units)}</span>
      {point.beforeDay && <span className="muted">{t('{day}: {amount}', { day: shortDay(at(point.beforeDay)), amount: knownMoney(point.before) })}</span>}
    </div>
  );
}
