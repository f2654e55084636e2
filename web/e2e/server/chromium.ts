import { existsSync } from 'node:fs';

/** A name of this machine that browsers do not trust over plain http, as they trust localhost. */
export const plainHost = 'stockroom.test';

/** The shell renders as the whole browser does, in two thirds of its time. */
const installed = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

/** Debian's Chromium, kept from calling anybody but the server under test. */
export const chromium = {
  executablePath: process.env.CHROMIUM ?? installed.find((path) => existsSync(path)) ?? installed[0]!,
  args: [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', `--host-resolver-rules=MAP ${plainHost} 127.0.0.1`, '--lang=en-GB', // dates in inputs follow it, not the page's locale
  ],
};
