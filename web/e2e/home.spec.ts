import { expect, open, pageOf, provoke, settled, test } from './test';

test('home leads to the orders that wait, and keeps the period in the address', async ({ page }) => {
  await open(page, '/');
  await expect(page.getByRole('region', { name: 'Waiting longest' }).getByRole('listitem').first()).toBeVisible();
  await page.getByRole('button', { name: '7 days' }).click();
  await expect(page).toHaveURL(/period=7d/);
  await expect(page.getByRole('region', { name: 'Revenue per day' }).locator('svg').first()).toBeVisible();
  await page.getByRole('link', { name: 'Pack orders' }).click();
  await expect(page).toHaveURL(/orders\?filter=/);
  await expect(page.locator('tr[data-id]').first()).toBeVisible();
});

for (const [role, first] of [['fulfilment', 'Waiting longest'], ['read-only', 'Today']] as const) {
  test(`home begins with what is the work of ${role}: ${first.toLowerCase()}`, async ({ browser }) => {
    const page = await pageOf(browser, role);
    await open(page, '/');
    const heading = page.locator('.home h2').first();
    await expect(heading).toContainText(first);
    await expect(page.getByRole('link', { name: 'Pack orders' })).toHaveCount(role === 'fulfilment' ? 1 : 0);
    for (const width of [702, 820, 1_090]) { // the card has a row of its own, with the statuses side by side
      await page.setViewportSize({ width, height: 844 });
      const states = page.getByRole('region', { name: 'Orders by status' }).getByRole('listitem');
      expect(await states.evaluateAll((all) => new Set(all.map((one) => one.getBoundingClientRect().y)).size)).toBe(1);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    const top = async (name: string) => (await page.getByRole('region', { name }).boundingBox())?.y ?? 0;
    expect(await top('Waiting longest')).toBeLessThan(await top('Today'));
    await page.context().close();
  });
}

test('days are typed digit by digit, and what is no period is said', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => request.url().includes('/reports/summary') && asked.push(request.url()));
  await open(page, '/');
  const last = page.getByLabel('Last day');
  const first = page.getByLabel('First day');
  const before = await last.inputValue();
  await first.focus();
  await page.keyboard.type('0201' + String(new Date().getFullYear() - 1), { delay: 30 });
  await expect(page).toHaveURL(/from=\d{4}-/);
  await expect(last).toHaveValue(before);
  await expect(first).toHaveValue(/-0[12]-0[12]$/);
  expect(asked.filter((url) => /from=0/.test(url))).toEqual([]);
  const url = page.url();
  await last.fill('2020-01-01');
  await expect(page.getByRole('alert')).toHaveText('The last day is before the first.');
  await first.fill('2012-01-01');
  await expect(page.getByRole('alert')).toHaveText('At most 5 years.');
  expect(page.url()).toBe(url);
  await first.fill('2020-01-01');
  await expect(page.getByRole('heading', { name: /^1 Jan 2020 compared to the day before/ })).toBeVisible();
  await expect(page.getByText('Nothing was sold in this period or the one before.')).toBeVisible();
  await open(page, '/?from=2020-03-01&to=2099-01-01');
  await expect(page.getByRole('button', { name: '30 days' })).toHaveAttribute('aria-pressed', 'true');
});

test('the last minute of a day belongs to it', async ({ page }) => {
  await page.clock.setFixedTime('2026-11-20T23:59:30+01:00');
  await open(page, '/');
  const figures = page.getByRole('region', { name: 'Today' });
  await expect(figures.getByRole('link', { name: /^Revenue/ })).toHaveAttribute('href', /2026-11-19T23%3A00/);
  await expect(figures.getByRole('alert')).toHaveCount(0);
  await expect(page.getByLabel('Last day')).toHaveValue('2026-11-20');
});

for (const [name, until, from, to] of [
  ['This month', '2026-11-20T12:00:00+01:00', '2026-09-30T22:00:00.000Z', '2026-10-20T10:00:00.000Z'],
  ['This month', '2026-03-31T12:00:00+02:00', '2026-01-31T23:00:00.000Z', '2026-02-28T23:00:00.000Z'], // all of February
  ['This year', '2026-11-20T12:00:00+01:00', '2024-12-31T23:00:00.000Z', '2025-11-20T11:00:00.000Z'],
] as const) {
  test(`${name.toLowerCase()} stands beside the same days of the one before: ${until}`, async ({ page }) => {
    const days: string[] = [];
    page.on('request', (request) => request.url().includes('by=day') && days.push(decodeURIComponent(request.url())));
    await page.route((url) => url.pathname.endsWith('/reports/summary') && url.searchParams.get('from') === from && url.searchParams.get('to') === to, async (route) => {
      const response = await route.fetch();
      const summary = await response.json() as { current: object };
      await route.fulfill({ response, json: { ...summary, current: { ...summary.current, orders: 4_242 } } });
    });
    await page.clock.setFixedTime(until);
    await open(page, '/');
    await page.getByRole('button', { name }).click();
    const figures = page.getByRole('region', { name: /^1 (Nov|Mar|Jan) 2026 – / });
    await expect(figures.getByRole('heading')).toContainText(`compared to the same days of last ${name.slice(5)}`);
    await expect(figures.getByRole('link', { name: /^Orders/ })).toContainText('from 4,242');
    await expect.poll(() => days.some((url) => url.includes(`from=${from}`))).toBe(true);
  });
}

test('last month stands beside the whole month before it', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => request.url().includes('/reports/summary') && asked.push(decodeURIComponent(request.url())));
  await page.clock.setFixedTime('2026-03-31T12:00:00+02:00');
  await open(page, '/');
  await page.getByRole('button', { name: 'Last month' }).click();
  await expect(page.getByRole('region', { name: /^1 Feb 2026 – 28 Feb 2026/ }).getByRole('heading')).toContainText('compared to the month before');
  for (const whole of ['from=2026-01-31T23:00:00.000Z&to=2026-02-28T23:00:00.000Z', 'from=2025-12-31T23:00:00.000Z&to=2026-01-31T23:00:00.000Z']) {
    await expect.poll(() => asked.filter((url) => url.includes(whole)), asked.join('\n')).not.toEqual([]);
  }
  await page.reload();
  await expect(page.getByRole('button', { name: 'Last month' })).toHaveAttribute('aria-pressed', 'true');
});

test('a time zone that the shop does not know leaves the figures, by days of UTC', async ({ page }) => {
  await page.addInitScript(() => {
    const own = Intl.DateTimeFormat.prototype.resolvedOptions; // eslint-disable-line @typescript-eslint/unbound-method
    Intl.DateTimeFormat.prototype.resolvedOptions = function resolvedOptions() {
      return { ...own.call(this), timeZone: 'Mars/Olympus' };
    };
  });
  const told = page.getByRole('status').filter({ hasText: 'does not know the time zone Mars/Olympus' });
  await open(page, '/');
  await expect(told).toBeVisible();
  await expect(page.getByRole('region', { name: 'Today' }).getByRole('link', { name: /^Revenue/ })).toContainText('€');
  await expect(page.getByRole('region', { name: 'Revenue per day' }).locator('svg').first()).toBeVisible();
  await open(page, '/products/3?tab=stock');
  await page.reload();
  await expect(told).toBeVisible();
  await expect(page.getByRole('figure', { name: /^Stock of the last/ }).locator('svg').first()).toBeVisible();
});

test('figures whose report fails say so, and are asked for again', async ({ page }) => {
  const reports = '**/api/v1/reports/summary?*';
  provoke(page, 500);
  await page.route(reports, (route) => route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify({ detail: 'the report failed' }) }));
  await open(page, '/');
  const figures = page.getByRole('region', { name: 'Today' });
  await expect(figures.getByRole('alert')).toContainText('The report failed.');
  await page.unroute(reports);
  await figures.getByRole('button', { name: 'Try again' }).click();
  await expect(figures.getByRole('link', { name: /^Revenue/ })).toBeVisible();
});

test('what is many times as much is not told in percent', async ({ page }) => {
  await page.route('**/api/v1/reports/summary?*', async (route) => {
    const response = await route.fetch();
    const figures = { revenue: 18_982_777_00, orders: 30, average_order: 5_00, units: 3 };
    await route.fulfill({ response, json: { ...await response.json(), current: figures, previous: { revenue: 100_00, orders: 3, average_order: 1_00, units: 4 } } });
  });
  await open(page, '/');
  const figures = page.getByRole('region', { name: 'Today' });
  const change = (label: RegExp) => figures.getByRole('link', { name: label }).locator('.chip');
  await expect(change(/^Revenue/)).toHaveText('10× or more');
  await expect(change(/^Orders/)).toHaveText('10× or more');
  await expect(change(/^Average order/)).toHaveText('+400%');
  await expect(change(/^Units/)).toHaveText('−25%');
});

test('sums past the largest amount are said to be, and the rest is shown', async ({ page }) => {
  const past = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(past);
    const entries = Object.entries(value).map(([key, v]) => [key, ['revenue', 'units', 'average_order'].includes(key) ? null : past(v)]);
    return Object.fromEntries(entries);
  };
  await page.route(/\/api\/v1\/reports\/(summary|sales)/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: past(await response.json()) });
  });
  await open(page, '/');
  const figures = page.getByRole('region', { name: /^\d+ \w+ \d{4} – / }); // just after midnight, nothing was sold today yet
  await expect(figures.getByRole('link', { name: 'Revenue over €90tn from over €90tn' })).toBeVisible();
  await expect(figures.getByRole('link', { name: /^Average order over €[\d.]+(bn|tn) from over/ })).toBeVisible();
  await expect(figures.getByRole('link', { name: /^Orders [\d,]+/ })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Top products' }).getByRole('listitem').first()).toContainText(/over 9007.1tn units.*over €90tn/);
  await expect(page.getByRole('region', { name: 'Revenue per day' }).locator('svg').first()).toBeVisible();
});

test('each figure of the stock leads to the products that it counts', async ({ page }) => {
  const figures = [
    { figure: /low$/, title: 'Running low', listed: () => page.locator('tbody tr').count() },
    { figure: /out$/, title: /^Products/, listed: () => page.locator('.page-head .total').innerText().then(Number) },
  ];
  for (const { figure, title, listed } of figures) {
    // Other journeys sell and receive at the same time: repeat until nothing happens in between.
    await expect(async () => {
      await page.goto('/#/');
      await page.reload();
      const link = page.getByRole('region', { name: 'Running out' }).getByRole('link', { name: figure });
      const counted = Number(/\d+/.exec(await link.innerText())?.[0]);
      expect(counted).toBeGreaterThan(0);
      await link.click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
      await settled(page);
      expect(await listed()).toBe(counted);
    }).toPass({ timeout: 60_000 });
  }
});
