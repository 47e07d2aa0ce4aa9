// An order that is typed: what the form does by itself, without the jump, so that the next article can be typed at once.
(() => {
  const form = document.getElementById('fast-order');
  const parts = ['messages', 'typed-lines', 'methods', 'payment', 'sent-for-part', 'review'];
  const next = ['Input.Sku', 'Input.Quantity', 'Input.Price'];
  let queue = Promise.resolve();

  const put = (page, pressed, hasList) => {
    const words = page.getElementById('messages').textContent.trim();
    // The first article that is sent asks where to; otherwise what is typed there stays as it is. Before the parts, of which one lies in it.
    const [sending, asked] = [document.getElementById('sending'), page.getElementById('sending')];
    if (!sending.querySelector('[name="Input.Shipping"]') !== !asked.querySelector('[name="Input.Shipping"]')) sending.replaceWith(asked);

    for (const id of hasList ? [...parts, 'typed-list'] : parts) {
      const [now, next] = [document.getElementById(id), page.getElementById(id)];
      if (now && next) now.replaceWith(next);
    }

    // The fields of the next line stay where they are: somebody may be typing in them already. What was not added comes back into them.
    for (const name of ['sku', 'quantity', 'price']) {
      const [field, next] = [document.getElementById(name), page.getElementById(name)];
      if (!field || !next) continue;
      if (field.value === '') field.value = next.value;
      if (name === 'price') continue;
      const wrong = next.classList.contains('is-invalid');
      field.classList.toggle('is-invalid', wrong);
      document.getElementById(`${name}-error`).textContent = page.getElementById(`${name}-error`).textContent;
    }
    const wrong = document.querySelector('#typed-next .is-invalid') ?? (document.getElementById('sku').value === '' ? document.querySelector('#typed-lines .is-invalid') : null);
    if (wrong) { wrong.focus(); wrong.select?.(); }
    else if (pressed === 'remove') document.getElementById('sku').focus();
    document.getElementById('announcer').textContent = [words, say('Total {0}', document.getElementById('total')?.textContent ?? '')].join(' ');
  };

  const send = async (data, pressed) => {
    // What the lines before it have changed is known by now.
    for (const name of ['Input.Cart', 'Input.Version']) data.set(name, form.elements[name].value);
    const answer = await fetch(form.action, { method: 'POST', body: data }).catch(() => null);
    const page = answer && new DOMParser().parseFromString(await answer.text(), 'text/html');
    if (page?.getElementById('fast-order')) { put(page, pressed, data.get('Input.List')?.trim() || data.get('Input.File')?.size); return; }

    // Nothing was added: it stands in its fields again. Whether the session is over is asked by the page itself.
    for (const name of next) if (form.elements[name] && !form.elements[name].value) form.elements[name].value = data.get(name);
    document.getElementById('announcer').textContent = say('Nothing was added. Please try again.');
    document.dispatchEvent(new Event('visibilitychange'));
  };

  // Another address, way of sending or of paying: the totals follow. What is being typed into the next line is not sent with it.
  form.addEventListener('change', event => {
    if (!event.target.closest('#sending, #payment') || !event.target.matches('input[type=radio], select, [name$=Region]')) return;
    const data = new FormData(form);
    for (const name of [...next, 'Input.List', 'Input.File', 'Input.SentFor']) data.delete(name);
    queue = queue.catch(() => {}).then(() => send(data, null));
  });

  form.addEventListener('submit', event => {
    const button = event.submitter;
    if (button?.name === 'Input.Place') return;
    event.preventDefault();
    const data = new FormData(form, button);
    if (!button?.name && data.get('Input.Sku')?.trim()) {
      for (const name of next) if (form.elements[name]) form.elements[name].value = '';
      document.getElementById('sku').focus();
    }
    queue = queue.catch(() => {}).then(() => send(data, button?.name === 'Input.Remove' ? 'remove' : null));
  });
})();
