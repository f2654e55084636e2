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

const timers = new Map<number, ReturnType<typeof setTimeout>>();

export function dismiss(id: number) {
  hold(id);
  toasts.set((all) => all.filter((one) => one.id !== id));
}

/** Keeps a message for as long as somebody is at it. */
export function hold(id: number) {
  clearTimeout(timers.get(id));
  timers.delete(id);
}

/** Lets it go, after its time. */
export function release({ id, kind, action }: Toast) {
  hold(id);
  timers.set(id, setTimeout(() => dismiss(id), action ? 15_000 : shownMs[kind]));
}

/** Shows a message for a while; at most three at a time, and none twice, unless it offers to undo something else. */
export function toast(text: string, kind: Toast['kind'] = 'success', action?: Toast['action']) {
  const one = { id: ++last, text, kind, action };
  toasts.set((all) => [...all.filter((other) => other.action !== undefined || other.text !== text).slice(-2), one]);
  release(one);
}

export const toastError = (error: unknown) => toast(messageOf(error), 'error');
