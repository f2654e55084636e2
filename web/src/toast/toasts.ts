import { makeStore } from '@/api/store';
import { messageOf } from '@/api/problem';

export interface Toast {
  id: number;
  text: string;
  kind: 'info' | 'success' | 'error';
  action?: { label: string; run: () => unknown };
}

let last = 0;

export const toasts = makeStore<Toast[]>([]);

const shownMs = { info: 5_000, success: 5_000, error: 10_000 };

export function dismiss(id: number) {
  toasts.set((all) => all.filter((one) => one.id !== id));
}

/** Shows a message for a while; at most three at a time. */
export function toast(text: string, kind: Toast['kind'] = 'success', action?: Toast['action']) {
  const id = ++last;
  toasts.set((all) => [...all.slice(-2), { id, text, kind, action }]);
  setTimeout(() => dismiss(id), action ? 15_000 : shownMs[kind]);
}

export const toastError = (error: unknown) => toast(messageOf(error), 'error');
