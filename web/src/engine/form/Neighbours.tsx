import IconButton from '@mui/material/IconButton';
import Next from '@mui/icons-material/ChevronRight';
import Previous from '@mui/icons-material/ChevronLeft';
import type { RecordData, ResourceDef } from '@/api/definitions';
import { inSentence, number } from '@/i18n/format';
import { t } from '@/i18n/t';
import { useShortcuts } from '@/keys/shortcuts';
import { useGo } from '@/keys/useGo';
import { queue } from '../list/queue';
import { recordPath } from '../record';

/** Links to the previous and the next record in the list from which the person came. */
export function Neighbours({ def, record }: { def: ResourceDef; record: RecordData }) {
  const { resource, ids, path } = queue.use();
  const goTo = useGo();
  const here = resource === def.name ? ids.indexOf(record.id) : -1;
  const go = (step: number) => {
    const id = ids[here + step];
    if (here >= 0 && id !== undefined) goTo(recordPath(def.name, id));
  };
  const label = inSentence(def.label);
  useShortcuts([
    { keys: 'j', text: t('Next {label}', { label }), group: def.label, run: () => go(1) },
    { keys: 'k', text: t('Previous {label}', { label }), group: def.label, run: () => go(-1) },
    { keys: 'u', text: t('Back to the list'), group: def.label, run: () => goTo(path, { state: { back: true } }) },
  ], here >= 0);
  if (here < 0) return null;
  return (
    <span className="nowrap">
      <IconButton aria-label={t('Previous {label}', { label })} disabled={here === 0} onClick={() => go(-1)}><Previous /></IconButton>
      <span className="muted num">{t('{n} of {total}', { n: number(here + 1), total: number(ids.length) })}</span>
      <IconButton aria-label={t('Next {label}', { label })} disabled={here === ids.length - 1} onClick={() => go(1)}><Next /></IconButton>
    </span>
  );
}
