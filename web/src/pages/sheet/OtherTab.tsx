import { t } from '@/i18n/t';

/** Says that the sheet was changed in another tab, until the person changes it here. */
export const OtherTab = ({ overtaken }: { overtaken: boolean }) => (
  <span role="status" className={overtaken ? 'muted' : 'visually-hidden'}>{overtaken && t('This was changed in another tab of yours: here is what stands there now.')}</span>
);
