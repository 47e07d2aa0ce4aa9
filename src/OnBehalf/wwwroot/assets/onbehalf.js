// Smooths what already works without it: theme, leftover pages of ended sessions, time left in the assisted bar.
(() => {
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const show = () => root.setAttribute('data-bs-theme', localStorage.getItem('theme') ?? (dark.matches ? 'dark' : 'light'));
  show();
  dark.addEventListener('change', show);

  // A page that comes back from the browser's memory may belong to somebody who is no longer acted for.
  addEventListener('pageshow', event => { if (event.persisted) location.reload(); });
})();
