import IconButton from '@mui/material/IconButton';
import First from '@mui/icons-material/FirstPage';
import Next from '@mui/icons-material/ChevronRight';
import Previous from '@mui/icons-material/ChevronLeft';
import { useListContext, useStore } from 'ra-core';
import type { ListMeta } from '@/api/dataProvider';
import { t } from '@/i18n/t';
import { number } from '@/i18n/format';
import { useShortcuts } from '@/keys/shortcuts';

/** How many rows a page has when the address does not say; kept in this browser. */
export const useRows = () => useStore('rows', 25);

/** Shows which rows of the list are on screen, and leads to other pages. */
export function Pager() {
  const { data, page, perPage, setPage, setPerPage, hasNextPage, meta } = useListContext();
  const [, keepRows] = useRows();
  const { estimate = false, total } = (meta ?? {}) as ListMeta;
  const chooseRows = (n: number) => {
    keepRows(n);
    setPerPage(n);
  };
  const from = (page - 1) * perPage + 1;
  const rows = data?.length ?? 0;
  useShortcuts([
    { keys: 'n', text: t('Next page'), group: t('List'), run: () => hasNextPage && setPage(page + 1) },
    { keys: 'p', text: t('Previous page'), group: t('List'), run: () => page > 1 && setPage(page - 1) },
  ]);
  if (rows === 0 && page === 1) return null;
  return (
    <div className="pager">
      <label>
        {t('Rows')}{' '}
        <select value={perPage} onChange={(e) => chooseRows(Number(e.target.value))}>
          {[25, 50, 100, 200].map((n) => <option key={n}>{n}</option>)}
        </select>
      </label>
      <span className="range">{rangeText(from, from + rows - 1, total, estimate)}</span>
      <span>
        <IconButton aria-label={t('First page')} disabled={page === 1} onClick={() => setPage(1)}><First /></IconButton>
        <IconButton aria-label={t('Previous page')} disabled={page === 1} onClick={() => setPage(page - 1)}><Previous /></IconButton>
        <IconButton aria-label={t('Next page')} disabled={!hasNextPage} onClick={() => setPage(page + 1)}><Next /></IconButton>
      </span>
    </div>
  );
}

/** The server counts no further than this; with PostgreSQL it estimates larger totals. */
const countedUpTo = 10_000;

export function totalText(total: number, estimate: boolean) {
  if (estimate && total === countedUpTo + 1) return t('over {n}', { n: number(countedUpTo) });
  return estimate ? t('about {n}', { n: number(total) }) : number(total);
}

export function rangeText(from: number, to: number, total: number | undefined, estimate: boolean) {
  const range = { from: number(from), to: number(to) };
  return total === undefined ? t('{from}–{to}', range) : t('{from}–{to} of {total}', { ...range, total: totalText(total, estimate) });
}
