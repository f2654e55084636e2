const key = 'storekeeper.reloaded';
const pauseMs = 30_000; // while servers of two builds answer in turn

/**
 * Loads the page again when a part of it cannot be had because the server has another build
 * now: it serves each under an address of its own, so that no two are mixed.
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
