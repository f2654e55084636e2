import { t } from '@/i18n/t';
import { dismiss, toastError, toasts, type Toast } from './toasts';

export function Toasts() {
  const shown = toasts.use();
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map((one) => <ToastLine key={one.id} {...one} />)}
    </div>
  );
}

function ToastLine({ id, text, kind, action }: Toast) {
  const run = async () => {
    dismiss(id);
    try {
      await action?.run();
    } catch (error) {
      toastError(error);
    }
  };
  return (
    <div className={`toast toast-${kind}`}>
      <span>{text}</span>
      {action && <button onClick={run}>{action.label}</button>}
      <button onClick={() => dismiss(id)} aria-label={t('Dismiss')}>✕</button>
    </div>
  );
}
