import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// Rows are drawn by the same code: after so many, more of them tell nothing but take their time.
const alike = ['tbody tr:nth-child(n + 9)', '[role=treeitem]:nth-child(n + 5)'];

// It takes for a part of the label what is hidden from readers, and the links in a row of a tree.
const mistaken = { 'label-content-name-mismatch': { enabled: false } };

/** What axe finds in the page as it is: every rule, or only those named. The page keeps axe until it is left. */
export async function violations(page: Page, rules?: string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  const options: RunOptions = {
    resultTypes: ['violations'], selectors: false, iframes: false, preload: false, // there are no frames, and no rule that reads style sheets
    ...(rules ? { runOnly: rules } : { rules: mistaken }),
  };
  const { violations: found } = await page.evaluate(run, { options, alike });
  return found.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`);
}

/** Runs in the page. */
function run({ options, alike: exclude }: { options: RunOptions; alike: string[] }) {
  const { axe } = window as unknown as { axe: { run: (context: object, options: RunOptions) => Promise<AxeResults> } };
  return axe.run({ include: ['html'], exclude }, options);
}
