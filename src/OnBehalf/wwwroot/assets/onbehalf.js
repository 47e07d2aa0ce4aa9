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

// Somebody of the shop may ask a buyer whether he may act for him: the open page hears of it without being loaded again. The question costs the server one
// command and counts as nobody's activity; a page that nobody looks at asks nothing.
(() => {
  if (document.body.dataset.listens !== 'yes') return;
  const began = performance.now();
  let shown = null;
  const close = () => { document.querySelector('.consent-notice')?.remove(); shown = null; };
  const show = ask => {
    if (shown === ask.id || location.pathname === `/account/assistance/asks/${ask.id}`) return;
    close();
    shown = ask.id;
    document.querySelector('.consent-open')?.remove();
    const notice = document.createElement('section');
    notice.className = 'alert alert-warning consent-notice';
    notice.setAttribute('aria-label', 'Somebody asks to act for you');
    const add = (tag, text) => { const part = document.createElement(tag); part.textContent = text; notice.append(part); return part; };
    add('p', ask.text).className = 'fw-bold mb-1';
    add('p', `Why: ${ask.why}. On the telephone you can read out ${ask.code} instead.`).className = 'mb-2';
    const form = document.createElement('form');
    form.method = 'post';
    form.action = `/account/assistance/asks/${ask.id}`;
    form.className = 'btn-list';
    const button = (words, value, className) => {
      const made = document.createElement('button');
      [made.name, made.value, made.textContent, made.className] = ['allow', value, words, className];
      form.append(made);
    };
    button(`Allow ${ask.minutes} minutes`, 'true', 'btn btn-primary');
    button('Refuse', 'false', 'btn');
    const token = document.createElement('input');
    [token.type, token.name, token.value] = ['hidden', ask.field, ask.token];
    form.append(token);
    notice.append(form);
    document.getElementById('main').prepend(notice);
    document.getElementById('announcer').textContent = ask.text;
  };
  const ask = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch('/account/assistance/question', { headers: { Accept: 'application/json' }, cache: 'no-store' });
        if (answer.status === 200) show(await answer.json()); else close();
      } catch { /* No connection: the next one will tell. */ }
    }
    setTimeout(ask, performance.now() - began < 180_000 ? 5_000 : 30_000);
  };
  setTimeout(ask, 1_000);
})();
