// Fails when the code that the first list or the first record needs is larger than
// its budget: the page's own scripts and styles, for a record those of records, too,
// with everything that they import, gzipped; or when signing in or Home needs those of records.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const page = readFileSync('dist/index.html', 'utf8');
const own = [...page.matchAll(/(?:src|href)="\/(ui\/[^"]+\.(?:js|css))"/g)].map((m) => m[1]);
const kb = (n) => `${(n / 1024).toFixed(1)} KB`;

/** These files of the build and all that they import. */
function withImports(first) {
  const files = new Set(first);
  for (const file of files) {
    if (!file.endsWith('.js')) continue;
    for (const [, name] of readFileSync(`dist/${file}`, 'utf8').matchAll(/(?:from|import)\s*["']\.\/([^"']+)["']/g)) files.add(`ui/${name}`);
  }
  return files;
}

for (const [what, budget, first] of [['first list', 380 * 1024, own], ['first record', 380 * 1024, [...own, 'ui/records.js']]]) {
  const files = withImports(first);
  const sizes = [...files].map((file) => [gzipSync(readFileSync(`dist/${file}`)).length, file]).sort((a, b) => b[0] - a[0]);
  const total = sizes.reduce((sum, [size]) => sum + size, 0);
  console.log(`${what}: ${kb(total)} gzipped in ${files.size} files, budget ${kb(budget)}`);
  if (total > budget) {
    sizes.forEach(([size, file]) => console.error(`${kb(size).padStart(10)}  ${file}`));
    process.exitCode = 1;
  }
}

for (const page of ['LoginPage', 'SetupPage', 'SignInForm', 'HomePage', 'LowPage', 'SalesPage']) {
  if (!withImports([`ui/${page}.js`]).has('ui/records.js')) continue;
  console.error(`${page}.js needs records.js: main.tsx says how a part of it comes into the first file`);
  process.exitCode = 1;
}
