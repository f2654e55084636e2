import { expect, test } from '@playwright/test';
import { query } from '../e2e/server/postgres';
import { readState } from '../e2e/server/state';
import { front } from './front';
import { freshPage, load, loadAgain, median, type Load } from './measure';

const rounds = 9;
const most = 1.5; // of the bare list's time

const ms = (values: number[]) => `${median(values).toFixed(0)} ms (${Math.min(...values).toFixed(0)} to ${Math.max(...values).toFixed(0)})`;

test('the list of products beside that of a bare react-admin', async ({ browser }) => {
  const { url, close } = await front(readState().url);
  const ours = `${url}/#/products`;
  const bare = `${url}/bare/#/products`;
  await load(browser, ours);
  await load(browser, bare);
  for (const [name, once] of [['first visit', load], ['once more', loadAgain]] as const) {
    const taken: Record<'ours' | 'bare', Load[]> = { ours: [], bare: [] };
    for (let round = 0; round < rounds; round++) {
      taken.ours.push(await once(browser, ours));
      taken.bare.push(await once(browser, bare));
    }
    const of = (side: 'ours' | 'bare', what: keyof Load) => taken[side].map((l) => l[what]);
    const ratio = median(of('ours', 'usable')) / median(of('bare', 'usable'));
    console.log([
      `${name}, medians of ${rounds} (lowest to highest)`,
      `  first paint    ${ms(of('ours', 'firstPaint'))}   bare ${ms(of('bare', 'firstPaint'))}`,
      `  list usable    ${ms(of('ours', 'usable'))}   bare ${ms(of('bare', 'usable'))}   ratio ${ratio.toFixed(2)}, at most ${most}`,
      `  layout shift   ${Math.max(...of('ours', 'shift')).toFixed(4)}   bare ${Math.max(...of('bare', 'shift')).toFixed(4)}`,
    ].join('\n'));
    expect.soft(ratio).toBeLessThanOrEqual(most);
    expect.soft(Math.max(...of('ours', 'shift')), 'layout shift').toBe(0);
  }
  close();
});

const words = ['oak', 'steel kettle', 'lamp', 'GAR-00', 'linen', 'walnut table', 'blue', 'zzz', 'knife', 'candle'];

test('search answers while one types, at 100,000 products', async ({ browser }) => {
  const { url, databaseURL } = readState();
  const page = await freshPage(browser);
  await page.goto(`${url}/#/products`);
  const search = page.getByRole('searchbox');
  const shown: number[] = [];
  const answered: number[] = [];
  const bare: number[] = [];
  for (const word of words) {
    await search.fill('');
    await page.waitForLoadState('networkidle');
    await page.evaluate(() => performance.clearResourceTimings());
    await search.pressSequentially(word, { delay: 70 });
    const took = await page.evaluate(async (wanted) => {
      const from = performance.now();
      const done = () => {
        const answered = performance.getEntriesByType('resource').some((e) => new URL(e.name).searchParams.getAll('q').join(' ') === wanted);
        return answered && decodeURIComponent(location.hash).includes(`"q":"${wanted}"`) && !document.querySelector('.stale');
      };
      while (!done()) {
        if (performance.now() - from > 20_000) throw new Error(`no rows for ${wanted}`);
        await new Promise((next) => requestAnimationFrame(next));
      }
      return performance.now() - from;
    }, word);
    shown.push(took);
    answered.push(...(await page.evaluate(() => performance.getEntriesByType('resource').filter((e) => e.name.includes('/products?q=')).map((e) => e.duration))));
    for (let i = 0; i < 5; i++) bare.push(bareQuery(databaseURL, word));
  }
  console.log([
    `search while typing, medians (lowest to highest)`,
    `  last key to rows, with the pause of 120 ms that waits for the next key   ${ms(shown)}`,
    `  request to answer, of every search on the way                            ${ms(answered)}`,
    `  the bare query in PostgreSQL                                             ${ms(bare)}`,
  ].join('\n'));
  await page.context().close();
});

/** The statement that the list needs, written by hand: planned and run, in milliseconds. */
function bareQuery(database: string, word: string): number {
  const found = word.split(' ').map((part) => `(sku ILIKE '%${part}%' OR name ILIKE '%${part}%')`);
  const matches = `FROM products WHERE deleted_at IS NULL AND ${found.join(' AND ')}`;
  const statement = `SELECT *, (SELECT count(*) FROM (SELECT 1 ${matches} LIMIT 10001) AS counted) ${matches} ORDER BY id DESC LIMIT 26`;
  const [plan] = JSON.parse(query(database, `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${statement}`)) as [{ 'Planning Time': number; 'Execution Time': number }];
  return plan['Planning Time'] + plan['Execution Time'];
}
