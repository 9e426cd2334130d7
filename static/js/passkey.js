// data-passkey="create" or "get" on a form: asks the key or the fingerprint, and sends its answer in the field "credential".
// data-passkey-options on the form: the id of the JSON with what the server asks. [data-passkey-failed] says that it did not work.

const NAMES = { create: "creation_options", get: "request_options" };

const start = (form) => {
  const asked = JSON.parse(document.getElementById(form.dataset.passkeyOptions).textContent);
  const failed = document.querySelector("[data-passkey-failed]");

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (failed) failed.hidden = true;
    try {
      const act = form.dataset.passkey;
      const credential = await window.webauthnJSON[act](asked[NAMES[act]]);
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch {
      if (!failed) return;
      failed.hidden = false;
      failed.focus();
    }
  });
};

document.querySelectorAll("form[data-passkey]").forEach(start);
