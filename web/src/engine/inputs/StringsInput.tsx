import { useState, type ClipboardEvent, type KeyboardEvent } from 'react';
import CloseIcon from '@mui/icons-material/Close';
import TextField, { type TextFieldProps } from '@mui/material/TextField';
import { t } from '@/i18n/t';
import { afterPress } from './afterPress';

type Props = Omit<TextFieldProps, 'value' | 'label'> & {
  label: string;
  nullable: boolean;
  value: string[] | null;
  onValue: (value: string[] | null) => void;
};

const separators = /[,\n\r\t]/;

/** A value with a comma, in quotation marks. The closing mark may be missing while the person types. */
const quoted = /(?<=^|[,\n\r\t])[ ]*"([^"\n\r\t]*,[^"\n\r\t]*)(?:"[ ]*(?=[,\n\r\t]|$)|$)/g;

/** Whether the text has a separator outside of quotation marks, which ends a value. */
const isEnded = (text: string) => separators.test(text.replace(quoted, ''));

/** The values in a text, without their quotation marks. */
const valuesIn = (text: string) => text.split(quoted).flatMap((part, i) => (i % 2 ? [part] : part.split(separators)));

/** The list, followed by the other values that it does not have yet. */
const merged = (list: string[], more: string[]) => more.map((one) => one.trim()).filter(Boolean).reduce((all, one) => (all.includes(one) ? all : [...all, one]), list);

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** What to save when there are no values: null, or an empty list if it was one before or null is not allowed. */
const emptyOf = (value: string[] | null, nullable: boolean) => (value && (value.length === 0 || !nullable) ? [] : null);

/** A list of strings: a chip for each, and an input for the next. What is typed counts at once, so it is saved without Enter. */
export function StringsInput({ label, nullable, value, onValue, onBlur, error, helperText, ...rest }: Props) {
  const [known, setKnown] = useState(value);
  const [chips, setChips] = useState(value ?? []);
  const [text, setText] = useState('');
  const [empty, setEmpty] = useState(() => emptyOf(value, nullable));
  const [said, say] = useState('');
  if (!same(known, value)) {
    // Changed from outside: by a reset, or by the choice in a conflict.
    setKnown(value);
    setChips(value ?? []);
    setText('');
    setEmpty(emptyOf(value, nullable));
  }
  const show = (list: string[], typed: string) => {
    const all = merged(list, valuesIn(typed));
    const next = all.length > 0 ? all : empty;
    setChips(list);
    setText(typed);
    setKnown(next);
    onValue(next);
  };
  const add = (typed: string) => {
    const all = merged(chips, valuesIn(typed));
    const added = all.slice(chips.length);
    show(all, '');
    say(added.length > 0 ? t('Added: {values}', { values: added.join(', ') }) : t('Already in the list.'));
  };
  const remove = (at: number) => {
    say(t('Removed: {values}', { values: chips[at] ?? '' }));
    show(chips.filter((_, i) => i !== at), text);
  };
  const type = (typed: string) => (isEnded(typed) ? add(typed) : show(chips, typed));
  const paste = (event: ClipboardEvent<HTMLInputElement>) => {
    const pasted = event.clipboardData.getData('text');
    if (!separators.test(pasted)) return;
    event.preventDefault();
    const { selectionStart, selectionEnd } = event.currentTarget;
    add(text.slice(0, selectionStart ?? 0) + pasted + text.slice(selectionEnd ?? 0));
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && text.trim()) {
      event.preventDefault();
      add(text);
    }
    if (event.key === 'Backspace' && text === '' && chips.length > 0) remove(chips.length - 1);
  };
  return (
    <div className="strings">
      <TextField
        {...rest}
        label={label}
        error={error}
        helperText={error ? helperText : <>{helperText} {t('Press Enter or type a comma to add a value. Put a value that contains a comma in quotation marks.')}</>}
        value={text}
        onChange={(e) => type(e.target.value)}
        onBlur={(e) => {
          const within = e.relatedTarget?.closest('.strings') === e.currentTarget.closest('.strings');
          if (text.trim() && !within) afterPress(() => show(merged(chips, valuesIn(text)), ''));
          onBlur?.(e);
        }}
        slotProps={{
          htmlInput: { autoComplete: 'off', onKeyDown: press, onPaste: paste },
          input: { startAdornment: chips.length > 0 && <Chips label={label} values={chips} onRemove={remove} /> },
        }}
      />
      <span className="visually-hidden" role="status">{said}</span>
    </div>
  );
}

function Chips({ label, values, onRemove }: { label: string; values: string[]; onRemove: (at: number) => void }) {
  const press = (event: KeyboardEvent<HTMLButtonElement>) => {
    if (event.key !== 'Backspace' && event.key !== 'Delete') return;
    event.preventDefault();
    event.currentTarget.click();
  };
  return (
    <ul aria-label={t('Values of {label}', { label })}>
      {values.map((value, i) => (
        // Keyed by index: the button that removed a value becomes that of the next one and keeps the focus.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={i}>
          <span>{value}</span>
          <button
            type="button"
            aria-label={t('Remove {value}', { value })}
            onKeyDown={press}
            onClick={(e) => {
              const input = e.currentTarget.closest('.strings')?.querySelector('input');
              onRemove(i);
              if (i === values.length - 1) input?.focus();
            }}
          ><CloseIcon /></button>
        </li>
      ))}
    </ul>
  );
}
