import { useState } from 'react';
import type { RecordData } from '@/api/definitions';
import { money, moneyText, parseMoney } from '@/i18n/format';
import { t } from '@/i18n/t';
import { toast } from '@/toast/toasts';
import { useInlineUpdate } from './useInlineUpdate';

/** A price that can be changed where it stands: Enter keeps, Escape leaves it. */
export function InlinePrice({ record }: { record: RecordData }) {
  const price = record.price as number;
  const name = String(record.name as string);
  const [text, setText] = useState<string | null>(null);
  const update = useInlineUpdate();

  const save = async () => {
    if (text === null) return;
    setText(null);
    const next = parseMoney(text);
    if (Number.isNaN(next) || next < 0) {
      toast(t('“{text}” is no amount: the price stays.', { text }), 'error');
      return;
    }
    if (next !== price) await update(record, 'price', next, t('{name}: {from} → {to}', { name, from: money(price), to: money(next) }));
  };
  if (text === null) {
    return (
      <button className="inline-edit" aria-label={t('Price of {name}: {price}. Change it', { name, price: money(price) })} onClick={() => setText(moneyText(price))}>
        {money(price)}
      </button>
    );
  }
  return (
    <input
      className="inline-edit"
      autoFocus
      inputMode="decimal"
      aria-label={t('Price of {name}', { name })}
      value={text}
      onFocus={(e) => e.target.select()}
      onChange={(e) => setText(e.target.value)}
      onBlur={save}
      onKeyDown={(e) => {
        if (e.key === 'Enter') e.currentTarget.blur();
        if (e.key === 'Escape') setText(null);
      }}
    />
  );
}
