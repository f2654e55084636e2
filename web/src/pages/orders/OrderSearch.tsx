import { useEffect, useRef } from 'react';
import SearchIcon from '@mui/icons-material/Search';
import { useNavigate } from 'react-router';
import { api } from '@/api/http';
import { focusAll, useSearchText } from '@/engine/list/useSearchText';
import { t } from '@/i18n/t';
import { isEnter } from '@/keys/enter';
import { useShortcuts } from '@/keys/shortcuts';
import { toastError } from '@/toast/toasts';
import { customersAtOnce, filtersBeside, isCutOff, rememberFilters, rememberSearch, searchText, soughtBy } from './found';
import { ordersPath } from './tabs';
import { useFilters } from './useFilters';
import type { Order } from './types';

const pauseMs = 180;

/** Finds orders by number among all orders, or by customer in the open tab. */
export function OrderSearch({ onSearching }: { onSearching: (searching: boolean) => void }) {
  const filters = useFilters();
  const applied = searchText(filters);
  const { text, setText, sending } = useSearchText(applied, filters);
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef(0);
  const now = useRef(filters); // the filters when the answer arrives, not those when it was requested
  useEffect(() => {
    now.current = filters;
  });
  const round = useRef(0);
  const navigate = useNavigate();
  useEffect(() => () => {
    clearTimeout(timer.current);
    round.current++; // an answer must not bring back a person who has left the page
  }, []);
  useShortcuts([{ keys: '/', text: t('Search by number or customer'), group: t('Orders'), run: () => focusAll(input.current) }]);

  /** Filters the list by the text. With `opens`, opens the order if it is the only one found. */
  const search = async (q: string, opens = false) => {
    const mine = ++round.current;
    clearTimeout(timer.current);
    try {
      onSearching(q !== '');
      const sought = await soughtBy(q);
      if (mine !== round.current) return;
      const next = sought.id === undefined ? { ...filtersBeside(now.current), ...sought } : sought;
      if (sought.customer_id) rememberSearch(sought.customer_id, q);
      rememberFilters(now.current);
      sending(searchText(next));
      void navigate(ordersPath(next), { replace: true });
      if (!opens || !q) return;
      const { items: [first, second] } = await api.get<{ items: Order[] }>('/orders', { ...next, limit: 2, count: 'none' });
      if (first && !second && mine === round.current) void navigate(`/orders/${first.id}`);
    } catch (error) {
      toastError(error);
    } finally {
      if (mine === round.current) onSearching(false);
    }
  };
  const later = (value: string) => {
    setText(value);
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => void search(value.trim()), pauseMs);
  };
  const enter = () => {
    input.current?.blur();
    void search(text.trim(), true); // searches anew, since a scanner types faster than the list follows
  };
  return (
    <>
      <div className="search order-search">
        <SearchIcon aria-hidden />
        <input
          ref={input}
          type="search"
          value={text}
          placeholder={t('#1001 or customer')}
          aria-label={t('Search orders by number or customer')}
          onChange={(e) => later(e.target.value)}
          onKeyDown={(e) => isEnter(e) && enter()}
        />
        {text === '' && <kbd aria-hidden>/</kbd>}
      </div>
      {isCutOff(filters) && (
        <p className="order-cut-off" role="status">{t('Only orders of the first {n} matching customers are shown. Type more to narrow the search.', { n: customersAtOnce })}</p>
      )}
    </>
  );
}
