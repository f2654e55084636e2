import { t } from '@/i18n/t';
import { toast } from '@/toast/toasts';

/** Copies, where the browser lets it, and says how it went; answers whether it did. */
export async function copyText(text: string) {
  try {
    await navigator.clipboard.writeText(text);
    toast(t('Copied'));
    return true;
  } catch {
    toast(t('Copying was not allowed: select the text and copy it.'), 'error');
    return false;
  }
}
