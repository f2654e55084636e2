/** A name of this machine that browsers do not trust over plain http, as they trust localhost. */
export const plainHost = 'stockroom.test';

/** Debian's Chromium, kept from calling anybody but the server under test. */
export const chromium = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', `--host-resolver-rules=MAP ${plainHost} 127.0.0.1`, '--lang=en-GB', // dates in inputs follow it, not the page's locale
  ],
};
