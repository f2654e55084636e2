import { useState } from 'react';
import InputAdornment from '@mui/material/InputAdornment';
import TextField, { type TextFieldProps } from '@mui/material/TextField';
import type { FieldDef } from '@/api/definitions';
import { currencySymbol, decimalText, moneyText, parseNumber } from '@/i18n/format';

type Props = Omit<TextFieldProps, 'value'> & {
  field: Pick<FieldDef, 'type' | 'nullable'>;
  value: number | null | undefined;
  onValue: (value: number | null) => void; // NaN while the text is no number
};

/** Edits a number or an amount as text, so that nothing is reformatted while the person types. */
export function NumberInput({ field, value, onValue, onBlur, ...rest }: Props) {
  const format = (n: number | null | undefined) => (n === null || n === undefined || Number.isNaN(n) ? '' : field.type === 'money' ? moneyText(n) : decimalText(n));
  const [text, setText] = useState(() => format(value));
  const [known, setKnown] = useState(value);
  if (!Object.is(known, value)) {
    // Changed from outside: by a reset, or by the choice in a conflict.
    setKnown(value);
    setText(format(value));
  }
  const change = (next: string) => {
    const parsed = next.trim() === '' ? null : parseNumber(field.type, next);
    setText(next);
    setKnown(parsed);
    onValue(parsed);
  };
  return (
    <TextField
      {...rest}
      value={text}
      onChange={(e) => change(e.target.value)}
      onBlur={(e) => {
        if (!Number.isNaN(known)) setText(format(known));
        onBlur?.(e);
      }}
      slotProps={{
        htmlInput: { inputMode: field.type === 'integer' ? 'numeric' : 'decimal', autoComplete: 'off', style: { textAlign: 'right' } },
        input: field.type === 'money' ? { startAdornment: <InputAdornment position="start">{currencySymbol()}</InputAdornment> } : undefined,
      }}
    />
  );
}
