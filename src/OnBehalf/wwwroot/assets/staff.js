// For staff pages and for the pages of a session: the search key, the time that is left, and tabs that hear of each other.
(() => {
  const bar = document.querySelector('.assisted-bar');
  const mine = bar ? { session: bar.dataset.session, buyer: bar.dataset.buyer } : null;
  const tabs = 'BroadcastChannel' in window ? new BroadcastChannel('onbehalf') : null;
  const say = sayToStaff;
  const announce = text => { document.getElementById('announcer')?.replaceChildren(text); };

  // A step that only carries something to the other host, and the last step of a switch that was asked for in the session: pressed for whoever has a script, once.
  document.querySelector('[data-press="once"]')?.closest('form').requestSubmit();

  addEventListener('keydown', event => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.('input, textarea, select, [contenteditable]')) return;
    const box = document.querySelector('[data-search-key]');
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  // Customers as somebody types: htmx brings the list. What is none (the sign-in page, an error) is gone to as the page that it is.
  document.addEventListener('htmx:before:request', event => {
    const { target, sourceElement } = event.detail.ctx;
    if (!target.hasAttribute('data-hits-only') || sourceElement.value.trim()) return;
    event.preventDefault();
    target.replaceChildren();
  });
  document.addEventListener('htmx:before:response', event => {
    const { request, response } = event.detail.ctx;
    if (response.headers.get('HX-Fragment')) return;
    event.preventDefault();
    location.assign(request.action);
  });
  document.addEventListener('htmx:after:swap', event => {
    const { request, target } = event.detail.ctx;
    if (!target.hasAttribute('data-hits-only')) history.replaceState(null, '', request.action);
    announce(document.getElementById('found-count').textContent.trim());
  });

  // What was typed on a page whose session is gone belongs to the operator: it is shown to him to copy, and was sent to nobody.
  const typed = () => [...document.querySelectorAll('main input, main textarea')]
    .filter(field => !['hidden', 'password', 'checkbox', 'radio', 'submit'].includes(field.type) && field.value !== field.defaultValue)
    .map(field => `${(field.labels?.[0]?.textContent ?? field.getAttribute('aria-label') ?? field.name).trim()}: ${field.value}`)
    .join('\n');

  let isOver = false;
  const cover = () => {
    if (isOver) return;
    isOver = true;
    const text = typed();
    for (const part of document.body.children) { part.hidden = true; part.inert = true; part.classList.add('d-none'); }
    document.body.classList.remove('assisted', 'assisted-view', 'assisted-cart', 'assisted-order');
    document.title = `${say('Session over')} · ${document.title.split(' · ').at(-1)}`;
    const notice = document.createElement('main');
    notice.className = 'session-over';
    notice.tabIndex = -1;
    notice.setAttribute('role', 'alert');
    const add = (tag, words, className) => {
      const element = document.createElement(tag);
      element.textContent = words;
      if (className) element.className = className;
      notice.append(element);
      return element;
    };
    add('h1', say('You are no longer acting for {0}.', mine.buyer));
    add('p', say('The session has ended, so this page is hidden. Nothing that you typed here was sent.'));
    if (text) {
      const label = add('label', say('What you had typed'), 'form-label');
      const area = document.createElement('textarea');
      area.readOnly = true;
      area.rows = Math.min(12, text.split('\n').length + 1);
      area.className = 'form-control mb-3';
      area.value = text;
      area.id = 'typed';
      label.htmlFor = 'typed';
      notice.append(area);
    }
    add('a', say('Go to your desk'), 'btn btn-primary').href = '/staff';
    document.body.append(notice);
    notice.focus();
  };

  const tell = words => {
    document.querySelector('.tab-notice')?.remove();
    const notice = document.createElement('div');
    notice.className = 'alert alert-info tab-notice';
    const close = document.createElement('button');
    close.type = 'button';
    close.className = 'btn btn-sm ms-3';
    close.textContent = say('Got it');
    close.addEventListener('click', () => notice.remove());
    notice.append(words, close);
    document.body.append(notice);
    announce(words);
  };

  // The tab that asked for an end tells the others once it has left the session behind.
  const ending = JSON.parse(sessionStorage.getItem('ending') ?? 'null');
  sessionStorage.removeItem('ending');
  if (ending && ending.session !== mine?.session) tabs?.postMessage({ ended: ending });
  for (const form of document.querySelectorAll('form[action$="/assisted-session/end"]')) {
    form.addEventListener('submit', () => { if (mine) sessionStorage.setItem('ending', JSON.stringify(mine)); });
  }

  if (mine) tabs?.postMessage({ acting: mine });
  tabs?.addEventListener('message', ({ data }) => {
    if (mine && (data.ended?.session === mine.session || (data.acting && data.acting.session !== mine.session))) look();
    else if (!mine && data.acting && sessionStorage.getItem('told') !== data.acting.session) {
      sessionStorage.setItem('told', data.acting.session);
      tell(say('You act for {0} in another tab.', data.acting.buyer));
    } else if (!mine && data.ended) tell(say('You are no longer acting for {0}.', data.ended.buyer));
  });

  // Who waits for the answer of a customer sees it when it is there.
  const waiting = document.querySelector('[data-ask]');
  if (waiting) {
    const hear = async () => {
      try {
        const answer = await fetch(waiting.dataset.ask, { headers: { Accept: 'application/json' }, cache: 'no-store' });
        if (answer.ok && (await answer.json()).status !== 'asked') { location.replace(location.href); return; }
      } catch { /* No connection: the next one will tell. */ }
      setTimeout(hear, 3_000);
    };
    setTimeout(hear, 3_000);
  }

  if (!mine) return;

  let idleEnd, hardEnd, hasWarned = false, lastLook = 0;
  const seconds = () => performance.now() / 1000;
  const set = (idle, hard) => { idleEnd = seconds() + idle; hardEnd = seconds() + hard; hasWarned = false; };
  set(Number(bar.dataset.idleLeft), Number(bar.dataset.hardLeft));

  // The server alone decides whether the session lives; a tab that is looked at again asks it.
  const look = async () => {
    lastLook = seconds();
    try {
      const answer = await fetch(`${bar.dataset.base}/assisted-session`, { headers: { Accept: 'application/json' }, cache: 'no-store' });
      if (answer.ok) { const left = await answer.json(); set(left.idleSeconds, left.hardSeconds); mode(left.mode, left.modeWord, left.raisedSeconds); show(); }
      else if (answer.status === 403 || answer.status === 404) cover();
    } catch { /* No connection: the next look will tell. */ }
  };

  // A mode to which the session was raised falls back by itself; the server says to which.
  let raisedEnd = null;
  const mode = (code, word, raised) => {
    const shown = bar.querySelector('[data-mode]');
    raisedEnd = raised === null || raised === undefined ? null : seconds() + Number(raised);
    if (raisedEnd === null) bar.querySelector('.bar-raised')?.remove();
    if (!code || shown.dataset.mode === code) return;
    document.body.classList.replace(`assisted-${shown.dataset.mode}`, `assisted-${code}`);
    shown.dataset.mode = code;
    shown.textContent = word;
    announce(say('This session is now in the mode {0}.', word));
  };
  mode(null, null, bar.querySelector('[data-raised-left]')?.dataset.raisedLeft);

  const time = bar.querySelector('[data-time-left]');
  const extend = bar.querySelector('.bar-extend');
  const show = () => {
    const left = Math.max(0, Math.floor(Math.min(idleEnd, hardEnd) - seconds()));
    const raised = bar.querySelector('.bar-raised');
    if (raised && raisedEnd !== null) {
      const more = Math.max(0, Math.floor(raisedEnd - seconds()));
      raised.textContent = more >= 120 ? `, ${Math.floor(more / 60)} min` : `, ${Math.floor(more / 60)}:${String(more % 60).padStart(2, '0')}`;
      if (more === 0 && seconds() - lastLook > 2) look();
    }
    time.textContent = left >= 120 ? `${Math.floor(left / 60)} min` : `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
    bar.classList.toggle('bar-soon', left < 120);
    extend.hidden = hardEnd <= idleEnd;
    if (left < 120 && !hasWarned) {
      hasWarned = true;
      announce(extend.hidden ? say('This session ends in two minutes.') : say('This session ends in two minutes unless you go on.'));
    }
    if (left === 0 && seconds() - lastLook > 5) look();
  };
  setInterval(() => { if (!isOver) show(); }, 1000);
  show();

  extend.addEventListener('submit', async event => {
    event.preventDefault();
    await fetch(extend.action, { method: 'POST', body: new FormData(extend), headers: { Accept: 'application/json' } });
    await look();
    announce(say('Extended.'));
  });
  document.addEventListener('visibilitychange', () => { if (!document.hidden && !isOver && seconds() - lastLook > 5) look(); });
})();
