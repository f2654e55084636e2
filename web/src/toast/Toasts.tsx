import { t } from '@/i18n/t';
import { useShortcuts } from '@/keys/shortcuts';
import { dismiss, hold, keepBusy, release, toastError, toasts, type Toast } from './toasts';

export function Toasts() {
  const shown = toasts.use();
  const last = shown.findLast(({ action }) => action); // stays the last one while its action runs, so that pressing again does nothing
  useShortcuts([{ keys: 'z', text: last?.action?.label ?? t('Undo'), group: t('Everywhere'), run: ({ timeStamp }) => last && timeStamp > ended && void act(last) }], last !== undefined);
  return (
    <div className="toasts" role="status" aria-live="polite" aria-atomic="false">
      {shown.map((one) => <ToastLine key={one.id} one={one} />)}
    </div>
  );
}

let ended = 0; // when the last action ended. A key pressed before that was meant for that action, not for an earlier message

async function act({ id, action, busy }: Toast) {
  if (busy) return;
  keepBusy(id);
  try {
    await action?.run();
  } catch (error) {
    toastError(error);
  } finally {
    dismiss(id);
    ended = performance.now();
  }
}

function ToastLine({ one }: { one: Toast }) {
  const { id, text, kind, action, busy = false } = one;
  const leave = () => release(one);
  return (
    <div className={`toast toast-${kind}`} onPointerEnter={() => hold(id)} onPointerLeave={leave} onFocus={() => hold(id)} onBlur={leave}>
      <span>{text}</span>
      {action && <button aria-disabled={busy} onClick={() => void act(one)}>{busy ? t('One moment…') : action.label}</button>}
      <button onClick={() => dismiss(id)} aria-label={t('Dismiss')}>✕</button>
    </div>
  );
}
