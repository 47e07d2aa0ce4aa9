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

// A form with data-refresh="a b" brings parts a and b of its page up to date when a choice in it changes: what its update button does, without the jump.
(() => {
  let running;
  document.addEventListener('change', async event => {
    const form = event.target.closest('form[data-refresh]');
    if (!form || !event.target.matches('input[type=radio], select, [name$=Region]')) return;
    running?.abort();
    running = new AbortController();
    try {
      const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)), signal: running.signal });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      for (const id of form.dataset.refresh.split(' ')) {
        const [now, next] = [document.getElementById(id), page.getElementById(id)];
        if (now && next && !now.contains(document.activeElement)) now.replaceWith(next);
      }
      document.getElementById('announcer').textContent = 'Total ' + (document.getElementById('total')?.textContent ?? '');
    } catch (error) {
      if (error.name !== 'AbortError') throw error;
    }
  });

  for (const button of document.querySelectorAll('[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => print());
  }
})();
