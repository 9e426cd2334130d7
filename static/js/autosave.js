// data-autosave="URL" on a form: sends what is typed every five seconds, in order, and says so in [data-autosave-state].
// The server answers with one sentence ("Bewaard om 10.42 u."), also when it says no (409: someone was first, 422: not kept).
// data-failed and data-offline on the form: the words when it does not answer. After a no, it waits until something is typed.

const EVERY = 5000;

const start = (form) => {
  const state = document.querySelector("[data-autosave-state]");
  let changed = false;
  let busy = false;

  const say = (words, bad) => {
    if (!state || !words) return;
    state.textContent = words;
    state.parentElement.classList.toggle("guided-unsaved", bad);
  };

  const save = async () => {
    if (!changed || busy) return;
    if (!navigator.onLine) return say(form.dataset.offline, true);
    changed = false;
    busy = true;
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Autosave": "1", Accept: "text/plain" },
      });
      const refused = answer.status === 409 || answer.status === 422;
      if ((!answer.ok && !refused) || answer.redirected) throw new Error(String(answer.status));
      say((await answer.text()).slice(0, 200), refused);
    } catch {
      changed = true;
      say(form.dataset.failed, true);
    } finally {
      busy = false;
    }
  };

  form.addEventListener("input", () => (changed = true));
  form.addEventListener("change", () => (changed = true));
  form.addEventListener("submit", () => (changed = false));
  window.addEventListener("online", save);
  window.addEventListener("beforeunload", (event) => changed && !navigator.onLine && event.preventDefault());
  document.addEventListener("visibilitychange", () => document.hidden && save());
  setInterval(save, EVERY);
};

document.querySelectorAll("form[data-autosave]").forEach(start);
