import { useEffect, useRef, useState } from 'react';
import SearchIcon from '@mui/icons-material/Search';
import { useListContext } from 'ra-core';
import { useNavigate } from 'react-router';
import { api } from '@/api/http';
import { t } from '@/i18n/t';
import { useShortcuts } from '@/keys/shortcuts';
import { toastError } from '@/toast/toasts';
import { ordersPath } from './tabs';
import { useFilters } from './useFilters';
import type { Customer, Order } from './types';

const pauseMs = 180;
const nobody = 9007199254740991; // an id that no customer has
const customersAtOnce = 50;

/** Finds orders by their number, among all of them, or by their customer, in the tab that is open. */
export function OrderSearch() {
  const { data } = useListContext<Order>();
  const filters = useFilters();
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef(0);
  const round = useRef(0);
  const navigate = useNavigate();
  useEffect(() => () => clearTimeout(timer.current), []);
  useShortcuts([{ keys: '/', text: t('Search by number or customer'), group: t('Orders'), run: () => input.current?.focus() }]);

  const search = async (q: string) => {
    const mine = ++round.current;
    const others = Object.fromEntries(Object.entries(filters).filter(([name]) => name !== 'id' && name !== 'customer_id'));
    const number = numberIn(q);
    try {
      const found = number === null && q ? { customer_id: await customersLike(q) } : {};
      if (mine !== round.current) return;
      const next = number === null ? { ...others, ...found } : { id: number };
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
          if (e.key === 'Enter') enter();
          if (e.key === 'Escape') input.current?.blur();
        }}
      />
      {text === '' && <kbd aria-hidden>/</kbd>}
    </div>
  );
}

const firstNumber = 1000;

/** The id of the order whose number this is, or null. */
function numberIn(text: string): number | null {
  const digits = /^#?\s*(\d{1,15})$/.exec(text)?.[1];
  return digits ? Math.max(Number(digits) - firstNumber, 1) : null;
}

async function customersLike(q: string): Promise<string> {
  const query = { q, limit: customersAtOnce, count: 'none', include_deleted: true };
  const { items } = await api.get<{ items: Customer[] }>('/customers', query);
  return items.length > 0 ? items.map((c) => c.id).join(',') : String(nobody);
}
