import { useEffect, useRef, useState } from 'react';
import IconButton from '@mui/material/IconButton';
import Minus from '@mui/icons-material/Remove';
import Plus from '@mui/icons-material/Add';
import { parseInteger } from '@/i18n/format';
import { t } from '@/i18n/t';

interface Props {
  value: number;
  name: string; // of what is counted
  onChange: (value: number) => Promise<boolean>; // whether it was taken
}

const most = 1_000_000;
const pauseMs = 350;

/** A quantity by buttons, arrow keys or typing; sent when the person pauses. */
export function Stepper({ value, name, onChange }: Props) {
  const [text, setText] = useState(String(value));
  const [seen, setSeen] = useState(value);
  const timer = useRef(0);
  if (seen !== value) {
    setSeen(value);
    setText(String(value));
  }
  useEffect(() => () => clearTimeout(timer.current), []);

  const parsed = parseInteger(text);
  const valid = parsed >= 1 && parsed <= most;
  const send = async (next: number) => {
    if (next !== value && !(await onChange(next))) setText(String(value));
  };
  const change = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    const n = parseInteger(next);
    if (n >= 1 && n <= most) timer.current = window.setTimeout(() => void send(n), pauseMs);
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
