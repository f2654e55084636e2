import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent } from 'react';
import { flushSync } from 'react-dom';
import Tooltip from '@mui/material/Tooltip';
import type { RecordData } from '@/api/definitions';
import { messageOf } from '@/api/problem';
import { money, moneyText, parseMoney } from '@/i18n/format';
import { t } from '@/i18n/t';
import { isEnter } from '@/keys/enter';
import { useInlineUpdate } from './useInlineUpdate';

/** A price that can be edited in the list: Enter saves, as do ↓ and ↑, which lead to the next price; Escape cancels. If it cannot be saved, the input stays open, with the reason. */
export function InlinePrice({ record }: { record: RecordData }) {
  const price = priceOf(record);
  const name = String(record.name as string);
  const [text, setText] = useState<string | null>(null);
  const [failure, setFailure] = useState('');
  const [met, setMet] = useState<RecordData | null>(null); // as a colleague has changed it; now only Enter replaces their price, not leaving the input
  const [busy, setBusy] = useState(false);
  const update = useInlineUpdate();
  const button = useRef<HTMLButtonElement>(null);

  const end = () => {
    setText(null);
    setFailure('');
    setMet(null);
  };
  /** Also gives the button the focus, for keyboard users, unless something else has it; at once, before the heading gets it. */
  const endHere = () => {
    flushSync(end);
    if (document.activeElement === document.body) button.current?.focus();
  };
  const endSaved = useEffectEvent(() => text !== null && failure !== '' && parseMoney(text) === price && end());
  useEffect(() => {
    endSaved(); // the price was saved after all, and only the answer was lost
  }, [price]);
  const save = async () => {
    if (text === null || busy) return;
    const from = met ?? record; // the list may not have their price yet
    const next = parseMoney(text);
    if (next === priceOf(from)) {
      endHere();
      return;
    }
    if (Number.isNaN(next) || next < 0) {
      setFailure(t('“{text}” is not an amount. The price was not changed.', { text }));
      return;
    }
    setBusy(true);
    const refused = await update(from, 'price', next, t('{name}: {from} → {to}', { name, from: money(priceOf(from)), to: money(next) }));
    setBusy(false);
    if (!refused) {
      endHere();
      return;
    }
    const { error, theirs } = refused;
    setMet(theirs ?? null);
    setFailure(theirs
      ? t('A colleague has changed the price to {price}. Press Enter to save yours anyway, or Escape to keep theirs.', { price: money(priceOf(theirs)) })
      : t('{why} Press Enter to try again, or Escape to stop.', { why: messageOf(error) }));
  };
  if (text === null) {
    return (
      <button ref={button} className="inline-edit" aria-label={t('Price of {name}: {price}. Change it', { name, price: money(price) })} onClick={() => setText(moneyText(price))}>
        {money(price)}
      </button>
    );
  }
  return (
    <Tooltip open={failure !== ''} title={<span role="alert">{failure}</span>} describeChild>
      <input
        className="inline-edit"
        autoFocus
        inputMode="decimal"
        aria-label={t('Price of {name}', { name })}
        aria-invalid={failure !== ''}
        readOnly={busy}
        value={text}
        onFocus={(e) => e.target.select()}
        onChange={(e) => {
          setText(e.target.value);
          setFailure('');
          setMet(null);
        }}
        onBlur={() => (met || parseMoney(text) === price ? end() : void save())}
        onKeyDown={(e) => {
          if (isEnter(e)) void save();
          if (e.key === 'Escape') endHere();
          if (e.key === 'ArrowDown' || e.key === 'ArrowUp') openBeside(e);
        }}
      />
    </Tooltip>
  );
}

/** Opens the price in the row below or above; the one that is left is saved, as it loses the focus. */
function openBeside(event: KeyboardEvent<HTMLInputElement>) {
  event.preventDefault();
  const row = event.currentTarget.closest('tr');
  const beside = event.key === 'ArrowDown' ? row?.nextElementSibling : row?.previousElementSibling;
  beside?.querySelector<HTMLElement>('button.inline-edit')?.click();
}

const priceOf = (record: RecordData) => record.price as number;
