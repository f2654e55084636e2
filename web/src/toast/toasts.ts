import { offline } from '@/api/http';
import { messageOf, OfflineError } from '@/api/problem';
import { makeStore } from '@/api/store';

export interface Toast {
  id: number;
  text: string;
  kind: 'info' | 'success' | 'error';
  action?: { label: string; run: () => unknown };
  busy?: boolean; // its action is running
  about: string[]; // the records that it is about, by recordKey
}

let last = 0;

export const toasts = makeStore<Toast[]>([]);

const shownMs = { info: 5_000, success: 5_000, error: 10_000 };

const timers = new Map<number, ReturnType<typeof setTimeout>>();

export function dismiss(id: number) {
  hold(id);
  toasts.set((all) => all.filter((one) => one.id !== id));
}

/** Keeps a message on screen until it is released or dismissed. */
export function hold(id: number) {
  clearTimeout(timers.get(id));
  timers.delete(id);
}

/** Keeps a message on screen while its action runs. */
export function keepBusy(id: number) {
  hold(id);
  toasts.set((all) => all.map((one) => (one.id === id ? { ...one, busy: true } : one)));
}

/** Dismisses the message after its time. */
export function release({ id, kind, action, busy }: Toast) {
  if (busy) return;
  hold(id);
  timers.set(id, setTimeout(() => dismiss(id), action ? 15_000 : shownMs[kind]));
}

/** Identifies a record in `about`. */
export const recordKey = (resource: string, id: number) => `${resource}/${id}`;

/**
 * Shows a message for a while. At most three are shown, and the same text only once. An earlier message with
 * an action stays, unless all the records that it is about are in `about`, too. Returns the message's id.
 */
export function toast(text: string, kind: Toast['kind'] = 'success', action?: Toast['action'], about: string[] = []): number {
  const one = { id: ++last, text, kind, action, about };
  const stays = (other: Toast) => (other.action ? other.about.length === 0 || other.about.some((key) => !about.includes(key)) : other.text !== text);
  toasts.set((all) => [...all.filter(stays).slice(-2), one]);
  release(one);
  return one.id;
}

/** Shows why something failed. That the server cannot be reached is no longer said once it answers. */
export function toastError(error: unknown) {
  const id = toast(messageOf(error), 'error');
  if (error instanceof OfflineError) void offline.until((away) => !away).then(() => dismiss(id));
}
