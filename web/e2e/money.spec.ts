import { money, moneyText, parseMoney, setCurrency } from '../src/i18n/format';
import { expect, test } from '@playwright/test';

const most = Number.MAX_SAFE_INTEGER;

/** Amounts of every size up to the largest, and next to them. */
const amounts = Array.from({ length: 53 }, (_, i) => 2 ** i).flatMap((n) => [n - 1, n, n + 1, most - n, Math.floor(most / n)]);

for (const [currency, digits] of [['EUR', 2], ['JPY', 0], ['KWD', 3]] as const) {
  test(`no amount of ${currency} loses a digit when it is shown, typed or written into a file`, () => {
    setCurrency(currency, { [currency]: digits });
    for (const amount of amounts.flatMap((n) => [n, -n])) {
      const bare = String(Math.abs(amount)).padStart(digits + 1, '0');
      expect(money(amount).replace(/\D/g, '')).toBe(bare);
      expect(moneyText(amount, 'en').replace(/\D/g, '')).toBe(bare);
      if (amount !== 0) expect(parseMoney(moneyText(amount))).toBe(amount);
    }
  });
}

test('an amount of another currency than the shop’s has the digits of its own', () => {
  setCurrency('JPY', { JPY: 0, KWD: 3 });
  expect([money(1999), money(1999, 'KWD'), money(1999, 'IDR')].map((text) => text.replace(/[^\d.,]/g, ''))).toEqual(['1,999', '1.999', '19.99']);
  expect([moneyText(1999, 'en'), moneyText(1999, 'en', 'KWD'), moneyText(1999, 'en', 'IDR')]).toEqual(['1999', '1.999', '19.99']);
});

test('what is no amount is not read as one', () => {
  setCurrency('EUR', {});
  for (const text of ['12.50.00', '12,50,00', '1.234.50', '1,5.00', '1,23.45', '1.234,567', '12,3456.00', '..5', '1,,000.00', '.', '']) {
    expect([text, parseMoney(text)]).toEqual([text, NaN]);
  }
  for (const [text, amount] of [
    ['12.50', 1_250], ['12,50', 1_250], ['1,234.50', 123_450], ['1.234,50', 123_450], ['1 234,5', 123_450], ['12,34,567.00', 123_456_700],
    ['1,234,567', 123_456_700], ["1'234.50", 123_450], ['-1,234.5', -123_450], ['.5', 50], ['5.', 500], ['1234', 123_400],
  ] as const) expect([text, parseMoney(text)]).toEqual([text, amount]);
});
