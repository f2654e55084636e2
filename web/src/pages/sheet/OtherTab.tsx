import { t } from '@/i18n/t';
import type { SheetOf } from './sheet';

type Tabs = Pick<SheetOf<unknown>, 'useOvertaken' | 'useElsewhere'>;

/** Says that another tab shows the same sheet, where what is typed in both at once may be lost, and after a change there that this is it. */
export function OtherTab({ sheet }: { sheet: Tabs }) {
  const overtaken = sheet.useOvertaken();
  const elsewhere = sheet.useElsewhere();
  const text = overtaken
    ? t('This was changed in another tab of yours: here is what stands there now.')
    : elsewhere && t('This is open in another tab of yours, too. Type in one of them only.');
  return <span role="status" className={text ? 'muted' : 'visually-hidden'}>{text}</span>;
}
