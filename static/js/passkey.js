// data-passkey="create" or "get" on a form: asks the key or the fingerprint, and sends its answer in the field "credential".
// data-passkey-options on the form: the id of the JSON with what the server asks; without it, the address of the form tells.
// A form that is hidden shows itself where the browser knows keys. [data-passkey-failed] says that it did not work, and
// [data-passkey-known] that this device already holds a key for this account.

const NAMES = { create: "creation_options", get: "request_options" };

const asked = async (form) => {
  const id = form.dataset.passkeyOptions;
  if (id) return JSON.parse(document.getElementById(id).textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
};

// A key that opens without a password must be found by the device itself, and ask who holds it.
const alone = (options) => {
  const wanted = options.publicKey.authenticatorSelection;
  return Object.assign(wanted, { residentKey: "required", requireResidentKey: true, userVerification: "required" });
};

const start = (form) => {
  const failed = document.querySelector("[data-passkey-failed]");
  const known = document.querySelector("[data-passkey-known]");
  form.hidden = form.hidden && !window.PublicKeyCredential;

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    for (const told of [failed, known]) if (told) told.hidden = true;
    try {
      const act = form.dataset.passkey;
      const options = (await asked(form))[NAMES[act]];
      if (form.elements.passwordless?.checked) alone(options);
      form.elements.credential.value = JSON.stringify(await window.webauthnJSON[act](options));
      form.submit();
    } catch (error) {
      const told = (error.name === "InvalidStateError" && known) || failed;
      if (!told) return;
      told.hidden = false;
      told.focus();
    }
  });
};

document.querySelectorAll("form[data-passkey]").forEach(start);
