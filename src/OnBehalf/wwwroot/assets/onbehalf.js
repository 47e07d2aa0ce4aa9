// Words in the language of the page, by their English; in a session the bar has its own, in the operator's.
(() => {
  const book = id => JSON.parse(document.getElementById(id)?.textContent ?? 'null');
  const from = words => (english, ...values) => (words?.[english] ?? english).replace(/\{(\d)\}/g, (_, place) => values[place]);
  window.say = from(book('words'));
  window.sayToStaff = document.getElementById('words-of-bar') ? from(book('words-of-bar')) : document.querySelector('.assisted-bar') ? from(null) : window.say;
})();

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
      document.getElementById('announcer').textContent = say('Total {0}', document.getElementById('total')?.textContent ?? '');
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
    notice.setAttribute('aria-label', say('Somebody asks to act for you'));
    const add = (tag, text) => { const part = document.createElement(tag); part.textContent = text; notice.append(part); return part; };
    add('p', ask.text).className = 'fw-bold mb-1';
    add('p', say('Why: {0}. On the telephone you can read out {1} instead.', ask.why, ask.code)).className = 'mb-2';
    const form = document.createElement('form');
    form.method = 'post';
    form.action = `/account/assistance/asks/${ask.id}`;
    form.className = 'btn-list';
    const button = (words, value, className) => {
      const made = document.createElement('button');
      [made.name, made.value, made.textContent, made.className] = ['allow', value, words, className];
      form.append(made);
    };
    button(say('Allow {0} minutes', ask.minutes), 'true', 'btn btn-primary');
    button(say('Refuse'), 'false', 'btn');
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

// Suggestions while somebody types into the search of the shop: a combobox with a list. Without this the form searches as it is. Where an article is to be picked (data-pick names the
// field that comes next), its number goes into the field, and the return key takes the first one.
for (const form of document.querySelectorAll('[data-suggest]')) {
  const field = form.querySelector('input');
  const picks = form.dataset.pick;
  const list = document.createElement('ul');
  const set = (element, attributes) => { for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value); };
  list.id = picks ? 'picks' : 'suggestions';
  list.className = 'card suggestions';
  list.hidden = true;
  set(list, { role: 'listbox', 'aria-label': say('Suggestions') });
  set(field, { role: 'combobox', autocomplete: 'off', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': list.id });
  form.append(list);

  let chosen = -1, waiting, running, asked = '';
  const close = () => { list.hidden = true; chosen = -1; field.setAttribute('aria-expanded', 'false'); field.removeAttribute('aria-activedescendant'); };
  const mark = index => {
    const options = list.children;
    options[chosen]?.setAttribute('aria-selected', 'false');
    chosen = index;
    if (index < 0) { field.removeAttribute('aria-activedescendant'); return; }
    options[index].setAttribute('aria-selected', 'true');
    options[index].scrollIntoView({ block: 'nearest' });
    field.setAttribute('aria-activedescendant', options[index].id);
  };
  const show = all => {
    const found = picks ? all.filter(one => one.kind === 'article') : all;
    list.replaceChildren(...found.map((one, index) => {
      const option = document.createElement('li');
      option.id = `${list.id}-${index}`;
      set(option, { role: 'option', 'aria-selected': 'false', 'data-path': one.path, 'data-note': one.note });
      const text = document.createElement('span');
      text.textContent = one.text;
      const note = document.createElement('span');
      note.className = 'suggestion-note';
      note.textContent = one.note;
      option.append(text, ' ', note);
      return option;
    }));
    close();
    list.hidden = found.length === 0;
    field.setAttribute('aria-expanded', String(found.length > 0));
    document.getElementById('announcer').textContent = found.length === 0 ? say('No suggestions.') : say('{0} suggestions.', found.length);
  };
  const go = option => {
    if (!picks) { location.assign(form.dataset.base + option.dataset.path); return; }
    field.value = option.dataset.note;
    asked = field.value.trim();
    close();
    document.getElementById(picks).focus();
  };
  // A number that is typed out whole needs no choice.
  const first = () => picks && ![...list.children].some(option => option.dataset.note.toLowerCase() === field.value.trim().toLowerCase()) ? list.children[0] : null;
  const ask = async () => {
    running?.abort();
    const typed = field.value.trim();
    if (typed.length < 2) { asked = ''; close(); return; }
    if (typed === asked) return;
    asked = typed;
    running = new AbortController();
    try {
      const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(typed)}`, { headers: { Accept: 'application/json' }, signal: running.signal });
      if (answer.ok && document.activeElement === field) show(await answer.json());
    } catch (error) {
      if (error.name !== 'AbortError') close();
    }
  };
  field.addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(ask, 150); });
  field.addEventListener('keydown', event => {
    const count = list.hidden ? 0 : list.children.length;
    if (event.key === 'ArrowDown' && count) { event.preventDefault(); mark(chosen + 1 < count ? chosen + 1 : -1); }
    else if (event.key === 'ArrowUp' && count) { event.preventDefault(); mark(chosen < 0 ? count - 1 : chosen - 1); }
    else if (event.key === 'Enter' && count && (chosen >= 0 || first())) { event.preventDefault(); go(chosen >= 0 ? list.children[chosen] : first()); }
    else if (event.key === 'Escape' && count) { event.preventDefault(); close(); }
  });
  field.addEventListener('blur', () => { clearTimeout(waiting); running?.abort(); asked = ''; close(); });
  list.addEventListener('mousedown', event => event.preventDefault());
  list.addEventListener('click', event => { const option = event.target.closest('[role=option]'); if (option) go(option); });
}
