import { useState } from 'react';
import TextField, { type TextFieldProps } from '@mui/material/TextField';
import { t } from '@/i18n/t';

type Props = Omit<TextFieldProps, 'value'> & { value: unknown; onValue: (value: unknown) => void };

/** Any JSON value as text. Invalid text is reported and does not change the value. */
export function JsonInput({ value, onValue, helperText, error, ...rest }: Props) {
  const [text, setText] = useState(() => (value === null || value === undefined ? '' : JSON.stringify(value, null, 2)));
  const [invalid, setInvalid] = useState(false);
  const change = (next: string) => {
    setText(next);
    try {
      onValue(next.trim() === '' ? null : (JSON.parse(next) as unknown));
      setInvalid(false);
    } catch {
      setInvalid(true);
    }
  };
  return (
    <TextField
      {...rest}
      multiline
      minRows={3}
      value={text}
      error={error || invalid}
      helperText={invalid ? t('This is not valid JSON.') : helperText}
      onChange={(e) => change(e.target.value)}
    />
  );
}
