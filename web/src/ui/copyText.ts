import { t } from '@/i18n/t';
import { toast } from '@/toast/toasts';

/** Copies the text if the browser allows it, shows a toast, and returns whether it was copied. */
export async function copyText(text: string) {
  try {
    await navigator.clipboard.writeText(text);
    toast(t('Copied'));
    return true;
  } catch {
    toast(t('The browser did not allow copying. Select the text and copy it yourself.'), 'error');
    return false;
  }
}
