// Passkeys: a button asks the server for a question, the device for the answer, and sends its form with it. Without passkeys in the browser there is no button.
(() => {
  const can = window.PublicKeyCredential?.parseRequestOptionsFromJSON && window.PublicKeyCredential.parseCreationOptionsFromJSON;
  if (!can) return;

  const wanted = { new: 'offer', proof: 'question', 'sign-in': 'question' };

  const answer = async (form, purpose) => {
    const sent = await fetch(`/staff/account/passkeys/${wanted[purpose]}`, { method: 'POST', body: new FormData(form), headers: { Accept: 'application/json' } });
    const options = await sent.json();
    if (!sent.ok) throw new Error(options.detail);
    const credential = purpose === 'new'
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
    return JSON.stringify(credential);
  };

  const tell = (form, words) => {
    const place = form.querySelector('[data-passkey-trouble]');
    if (!place) return;
    place.textContent = words;
    place.hidden = !words;
  };

  for (const button of document.querySelectorAll('[data-passkey]')) {
    const form = button.form;
    const purpose = button.dataset.passkey;
    button.hidden = false;
    button.addEventListener('click', async () => {
      const name = form.querySelector('[name="Input.Name"]');
      if (purpose === 'new' && !name.value.trim()) {
        tell(form, say('Give it a name first.'));
        name.focus();
        return;
      }
      tell(form, '');
      button.disabled = true;
      try {
        form.querySelector(`[data-passkey-result="${purpose}"]`).value = await answer(form, purpose);
        form.submit();
      } catch (error) {
        button.disabled = false;
        tell(form, error.name === 'NotAllowedError' ? say('That was not finished. Try again.') : error.name === 'InvalidStateError' ? say('This device has a passkey for you already.') : error.message || say('That did not work. Try again.'));
      }
    });
  }
})();
