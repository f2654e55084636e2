import { money, moneyText, parseMoney, setCurrency } from '../src/i18n/format';
import { expect, test } from '@playwright/test';

const most = Number.MAX_SAFE_INTEGER;

/** Amounts of every size up to the largest, and next to them. */
const amounts = Array.from({ length: 53 }, (_, i) => 2 ** i).flatMap((n) => [n - 1, n, n + 1, most - n, Math.floor(most / n)]);

for (const [currency, digits] of [['EUR', 2], ['JPY', 0], ['KWD', 3]] as const) {
  test(`no amount of ${currency} loses a digit when it is shown, typed or written into a file`, () => {
    setCurrency(currency, digits);
    for (const amount of amounts.flatMap((n) => [n, -n])) {
      const bare = String(Math.abs(amount)).padStart(digits + 1, '0');
      expect(money(amount).replace(/\D/g, '')).toBe(bare);
      expect(moneyText(amount, 'en').replace(/\D/g, '')).toBe(bare);
      if (amount !== 0) expect(parseMoney(moneyText(amount))).toBe(amount);
    }
  });
}
