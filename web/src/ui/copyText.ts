import { flushSync } from 'react-dom';
import { t } from '@/i18n/t';
import { toast } from '@/toast/toasts';

/** Copies the text if the browser allows it, and says in a toast whether it did. The page knows it before anybody reads that. */
export async function copyText(text: string, onCopied: () => void) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    toast(t('The browser did not allow copying. Select the text and copy it yourself.'), 'error');
    return;
  }
  flushSync(onCopied);
  toast(t('Copied'));
}
