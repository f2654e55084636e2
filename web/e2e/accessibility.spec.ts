import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { looks, nameOf, optionsOf, type Look } from './looks';
import { frontDoor, screens, type Show } from './screens';
import { expect, pageOf, strangerOf, test } from './test';

// Each look walks through all screens in one page, as a person would.
test.describe.configure({ mode: 'parallel', timeout: 900_000 });
test.use({ trace: 'off' }); // of so long a walk it would be longer than the walk

// By night a phone has the colours of the desk and the layout of the day.
const different = looks.filter(({ device, colorScheme }) => device === 'desktop' || colorScheme === 'light');

for (const look of different) {
  test(`every screen can be used by everybody: ${nameOf(look)}`, async ({ browser }) => {
    const page = await pageOf(browser, 'owner', optionsOf(look));
    await walk(page, screens, look);
    await page.context().close();
  });
}

test('the front door can be used by everybody', async ({ browser }) => {
  for (const look of different) {
    const page = await strangerOf(browser, optionsOf(look));
    await walk(page, frontDoor, look);
    await page.context().close();
  }
});

async function walk(page: Page, through: Record<string, Show>, look: Look) {
  for (const [name, show] of Object.entries(through)) {
    await test.step(name, async () => {
      await show(page);
      expect.soft(await violations(page, look), `${name}, ${nameOf(look)}`).toEqual([]);
      if (look.device === 'phone') {
        const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect.soft(excess, `${name} is wider than a phone by so many pixels`).toBeLessThanOrEqual(0);
      }
      await away(page);
    });
  }
}

/** Leaves open dialogs and unsaved changes behind. */
async function away(page: Page) {
  const open = await page.locator('[role=dialog], [role=menu], [role=toolbar]').count();
  if (open > 0) await page.goto('about:blank');
}

/** What axe finds. The dark colours differ from the light ones in nothing but contrast. */
async function violations(page: Page, { colorScheme }: Look) {
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  if (colorScheme === 'dark') axe.withRules('color-contrast');
  const { violations: found } = await axe.analyze();
  return found.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`);
}
