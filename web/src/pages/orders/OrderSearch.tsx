import { useEffect, useRef, useState } from 'react';
import SearchIcon from '@mui/icons-material/Search';
import { useListContext } from 'ra-core';
import { useNavigate } from 'react-router';
import { t } from '@/i18n/t';
import { isEnter } from '@/keys/enter';
import { useShortcuts } from '@/keys/shortcuts';
import { toastError } from '@/toast/toasts';
import { customersAtOnce, customersLike, isCutOff, numberIn, rememberSearch, searchText } from './found';
import { ordersPath } from './tabs';
import { useFilters } from './useFilters';
import type { Order } from './types';

const pauseMs = 180;

/** Finds orders by their number, among all of them, or by their customer, in the tab that is open. */
export function OrderSearch() {
  const { data } = useListContext<Order>();
  const filters = useFilters();
  const applied = searchText(filters);
  const [text, setText] = useState(applied);
  const [seen, setSeen] = useState(applied);
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef(0);
  const now = useRef(filters); // when the answer is there, not when it was asked for
  useEffect(() => {
    now.current = filters;
  });
  const round = useRef(0);
  const sent = useRef(applied);
  const navigate = useNavigate();
  if (seen !== applied) {
    // Changed from outside: by a link, the back button or a filter that was removed.
    setSeen(applied);
    if (applied !== sent.current) setText(applied);
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  useShortcuts([{ keys: '/', text: t('Search by number or customer'), group: t('Orders'), run: () => input.current?.focus() }]);

  const search = async (q: string) => {
    const mine = ++round.current;
    const number = numberIn(q);
    try {
      const customers = number === null && q ? { customer_id: await customersLike(q) } : {};
      if (mine !== round.current) return;
      const others = Object.fromEntries(Object.entries(now.current).filter(([name]) => name !== 'id' && name !== 'customer_id'));
      const next = number === null ? { ...others, ...customers } : { id: number };
      if (customers.customer_id) rememberSearch(customers.customer_id, q);
      sent.current = searchText(next);
      void navigate(ordersPath(next), { replace: true });
    } catch (error) {
      toastError(error);
    }
  };
  const later = (value: string) => {
    setText(value);
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => void search(value.trim()), pauseMs);
  };
  const enter = () => {
    input.current?.blur();
    const only = data?.length === 1 ? data[0] : undefined;
    if (only && text.trim()) void navigate(`/orders/${only.id}`);
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
          onKeyDown={(e) => {
            if (isEnter(e)) enter();
            if (e.key === 'Escape') input.current?.blur();
          }}
        />
        {text === '' && <kbd aria-hidden>/</kbd>}
      </div>
      {isCutOff(filters) && (
        <p className="order-cut-off" role="status">{t('Only orders of the first {n} customers that match are shown: type more.', { n: customersAtOnce })}</p>
      )}
    </>
  );
}
