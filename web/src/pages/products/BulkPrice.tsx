import { useState, type FormEvent } from 'react';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import { useDataProvider, useListContext, useRefresh } from 'ra-core';
import { bulk } from '@/api/dataProvider';
import type { RecordData } from '@/api/definitions';
import { money } from '@/i18n/format';
import { plural, t } from '@/i18n/t';
import { toast, toastError } from '@/toast/toasts';
import { showResults } from '@/ui/results';

/** Raises or lowers the prices of the selected products by a percentage. */
export function BulkPrice() {
  const { selectedIds, onUnselectItems } = useListContext<RecordData>();
  const dataProvider = useDataProvider();
  const refresh = useRefresh();
  const [text, setText] = useState<string | null>(null);
  const percent = Number((text ?? '').replace(',', '.'));
  const valid = text !== null && text.trim() !== '' && Number.isFinite(percent) && percent > -100 && percent <= 1000;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setText(null);
    try {
      const { data } = await dataProvider.getMany<RecordData>('products', { ids: selectedIds });
      const prices = new Map(data.map((r) => [r.id, Math.round((r.price as number) * (1 + percent / 100))]));
      await setPrices(data, prices);
      onUnselectItems();
      refresh();
      const undo = async () => {
        await setPrices(data, new Map(data.map((r) => [r.id, r.price as number])));
        refresh();
      };
      toast(plural(data.length, '{n} price changed', '{n} prices changed'), 'success', { label: t('Undo'), run: undo });
    } catch (error) {
      toastError(error);
    }
  };
  return (
    <>
      <Button onClick={() => setText('')}>{t('Price…')}</Button>
      <Dialog open={text !== null} onClose={() => setText(null)} fullWidth maxWidth="xs" aria-labelledby="price-title">
        <form onSubmit={submit}>
          <DialogTitle id="price-title">{plural(selectedIds.length, 'Change {n} price', 'Change {n} prices')}</DialogTitle>
          <DialogContent>
            <TextField
              autoFocus
              label={t('By percent')}
              value={text ?? ''}
              onChange={(e) => setText(e.target.value)}
              helperText={valid ? t('{from} becomes {to}', { from: money(10_000), to: money(Math.round(10_000 * (1 + percent / 100))) }) : t('10 raises by a tenth, -10 lowers by a tenth.')}
              slotProps={{ htmlInput: { inputMode: 'text' } }}
            />
          </DialogContent>
          <DialogActions>
            <Button onClick={() => setText(null)}>{t('Cancel')}</Button>
            <Button type="submit" variant="contained" disabled={!valid}>{t('Change')}</Button>
          </DialogActions>
        </form>
      </Dialog>
    </>
  );
}

/** Products that get the same price go together; refusals are shown. */
async function setPrices(records: RecordData[], prices: Map<number, number>) {
  const groups = new Map<number, RecordData[]>();
  for (const record of records) {
    const price = prices.get(record.id) ?? 0;
    groups.set(price, [...(groups.get(price) ?? []), record]);
  }
  const refused = [];
  for (const [price, members] of groups) {
    const { results } = await bulk('products', members.map((r) => r.id), { patch: { price } });
    refused.push(...results.filter((v) => v.status >= 400));
  }
  if (refused.length === 0) return;
  showResults({
    title: plural(refused.length, '{n} price was not changed', '{n} prices were not changed'),
    rows: refused.map((v) => ({ id: v.id, name: String(records.find((r) => r.id === v.id)?.name as string), error: v.error?.detail })),
  });
}
