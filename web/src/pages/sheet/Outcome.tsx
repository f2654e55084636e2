import { t } from '@/i18n/t';
import { Chip, type Tone } from '@/ui/Chip';
import type { State } from './rows';

const chips: Partial<Record<State, [Tone, string]>> = {
  busy: ['grey', t('Booking…')],
  booked: ['green', t('Booked')],
  unchanged: ['grey', t('Unchanged')],
  moved: ['amber', t('Stock moved')],
  refused: ['red', t('Refused')],
  unknown: ['amber', t('Unknown')],
};

/** What became of a row, as a chip. */
export function Outcome({ state }: { state: State }) {
  const [tone, label] = chips[state] ?? [];
  return label ? <Chip value="" tone={tone} label={label} /> : null;
}
