const key = 'storekeeper.reloaded';
const pauseMs = 30_000; // prevents endless reloading while servers of two builds answer in turn

/**
 * Reloads the page when a part of its code is missing because the server now has another build.
 * Each build is served under an address of its own, so that two are never mixed.
 */
export function followBuild() {
  window.addEventListener('vite:preloadError', () => void reloadWhenGone());
}

async function reloadWhenGone() {
  const answer = await fetch(import.meta.url, { cache: 'no-store' }).catch(() => undefined);
  if (answer?.status !== 404 || Date.now() - Number(sessionStorage.getItem(key)) < pauseMs) return;
  sessionStorage.setItem(key, String(Date.now()));
  location.reload();
}
