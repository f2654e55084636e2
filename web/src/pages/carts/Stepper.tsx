import { useState } from 'react';
import IconButton from '@mui/material/IconButton';
import Minus from '@mui/icons-material/Remove';
import Plus from '@mui/icons-material/Add';
import { parseInteger } from '@/i18n/format';
import { t } from '@/i18n/t';

interface Props {
  value: number;
  name: string; // of the product
  onChange: (value: number) => void;
}

const most = 1_000_000;
const isValid = (n: number) => n >= 1 && n <= most;

/** Sets a quantity by buttons, arrow keys or typing. */
export function Stepper({ value, name, onChange }: Props) {
  const [text, setText] = useState(String(value));
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    if (parseInteger(text) !== value) setText(String(value));
  }
  const parsed = parseInteger(text);
  const valid = isValid(parsed);
  const change = (next: string) => {
    setText(next);
    const n = parseInteger(next);
    if (isValid(n)) onChange(n);
  };
  const step = (by: number) => change(String(Math.min(Math.max((valid ? parsed : value) + by, 1), most)));
  return (
    <div className="stepper" role="group" aria-label={t('Quantity of {name}', { name })}>
      <IconButton aria-label={t('One less')} disabled={parsed <= 1} onClick={() => step(-1)}><Minus /></IconButton>
      <input
        inputMode="numeric"
        aria-label={t('Quantity of {name}', { name })}
        aria-invalid={!valid}
        value={text}
        style={{ width: `calc(${text.length}ch + 16px)` }}
        onChange={(e) => change(e.target.value.trim())}
        onFocus={(e) => e.target.select()}
        onBlur={() => !valid && setText(String(value))}
        onKeyDown={(e) => {
          if (e.key !== 'ArrowUp' && e.key !== 'ArrowDown') return;
          e.preventDefault();
          step(e.key === 'ArrowUp' ? 1 : -1);
        }}
      />
      <IconButton aria-label={t('One more')} onClick={() => step(1)}><Plus /></IconButton>
    </div>
  );
}
