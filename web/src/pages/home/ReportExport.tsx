import { useState } from 'react';
import Button from '@mui/material/Button';
import DownloadIcon from '@mui/icons-material/FileDownloadOutlined';
import { dayStart, number } from '@/i18n/format';
import { plural, t } from '@/i18n/t';
import { toast, toastError } from '@/toast/toasts';
import { csvText, downloadCsv } from '@/ui/csv';
import { dayText, type Period } from './period';

/** How many rows a file has at most. */
export const mostRows = 10_000;

interface Props<Row> {
  name: string;
  period: Period;
  none: boolean;
  read: () => Promise<Row[]>;
  columns: string[];
  cells: (row: Row) => unknown[];
}

/** Saves a report of a period, also what is not shown of it. */
export function ReportExport<Row>({ name, period, none, read, columns, cells }: Props<Row>) {
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      const rows = await read();
      downloadCsv(`${name} ${dayText(period.from)} ${dayText(dayStart(period.to, -1))}.csv`, csvText([columns, ...rows.map(cells)]));
      toast(plural(rows.length, 'Exported {n} row', 'Exported {n} rows'));
      if (rows.length >= mostRows) toast(t('The export stops at {n} rows: choose a shorter period for the rest.', { n: number(mostRows) }), 'info');
    } catch (error) {
      toastError(error);
    }
    setBusy(false);
  };
  return <Button startIcon={<DownloadIcon />} disabled={none || busy} onClick={() => void save()}>{t('Export')}</Button>;
}
