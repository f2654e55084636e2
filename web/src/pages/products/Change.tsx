import { signed } from '@/i18n/format';
import './products.css';

/** By how much stock rose or fell. */
export const Change = ({ units }: { units: number }) => (
  <span className={units > 0 ? 'plus' : 'minus'}>{signed(units)}</span>
);
