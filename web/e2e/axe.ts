import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// All rows are rendered by the same code: after the first few, more of them only take time.
const alike = ['tbody tr:nth-child(n + 9)', '[role=treeitem]:nth-child(n + 5)'];

// This rule counts text that is hidden from screen readers, and links in a row of a tree, as part of a label.
const mistaken = { 'label-content-name-mismatch': { enabled: false } };

/** The violations that axe finds in the current page, of all rules or only the named ones. Axe is loaded once per page. */
export async function violations(page: Page, rules?: string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  const options: RunOptions = {
    resultTypes: ['violations'], selectors: false, iframes: false, preload: false, // there are no frames, and no rule needs style sheets
    ...(rules ? { runOnly: rules } : { rules: mistaken }),
  };
  const { violations: found } = await page.evaluate(run, { options, alike });
  return found.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`);
}

/** Runs in the browser. */
function run({ options, alike: exclude }: { options: RunOptions; alike: string[] }) {
  const { axe } = window as unknown as { axe: { run: (context: object, options: RunOptions) => Promise<AxeResults> } };
  return axe.run({ include: ['html'], exclude }, options);
}
