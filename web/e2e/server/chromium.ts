import { existsSync } from 'node:fs';

/** A name of this machine that browsers, unlike localhost, do not trust over plain http. */
export const plainHost = 'stockroom.test';

/** The headless shell renders like the whole browser, and takes two thirds of the time. */
const installed = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

/** Debian's Chromium, set up to call no server but the one under test. */
export const chromium = {
  executablePath: process.env.CHROMIUM ?? installed.find((path) => existsSync(path)) ?? installed[0]!,
  args: [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', `--host-resolver-rules=MAP ${plainHost} 127.0.0.1`, '--lang=en-GB', // date inputs follow --lang, not the page's locale
  ],
};
