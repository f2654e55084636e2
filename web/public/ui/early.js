// Asks who is there and what the shop consists of while the rest of the program
// is on its way; src/api/http.ts takes the answers.
window.early = Object.fromEntries(
  ['/api/v1/auth/me', '/api/v1/schema'].map((path) => [
    path,
    fetch(path, { headers: { Accept: 'application/json' } }).catch(() => undefined),
  ]),
);

// The colours that the person chose, as MUI keeps them, before anything is drawn.
{
  const mode = localStorage.getItem('mui-mode') ?? 'system';
  const dark = mode === 'dark' || (mode === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
}
