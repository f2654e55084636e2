import { words } from '@/i18n/format';

export type Tone = 'amber' | 'blue' | 'violet' | 'green' | 'red' | 'grey';

const tones: Record<string, Tone> = {
  pending: 'amber', processing: 'blue', shipped: 'violet', delivered: 'green', cancelled: 'grey',
  initial: 'grey', sale: 'blue', cancellation: 'amber', receipt: 'green', return: 'green', adjustment: 'violet',
  damage: 'red', stocktake: 'violet',
};

export const toneOf = (value: string): Tone => tones[value] ?? 'grey';

/** A short state as a coloured label. The colour adds nothing to what the word says. */
export const Chip = ({ value, tone, label }: { value: string; tone?: Tone; label?: string }) => (
  <span className={`chip chip-${tone ?? toneOf(value)}`}>{label ?? words(value)}</span>
);
