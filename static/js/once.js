// data-once on a form: it is sent once, however often someone presses. data-busy on its button: the words while it goes.

const sent = new WeakSet();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("[data-once]")) return;
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  sent.add(form);
  const button = event.submitter;
  if (!button) return;
  button.setAttribute("aria-disabled", "true");
  const words = button.querySelector("span") ?? button;
  if (button.dataset.busy) {
    button.dataset.words = words.textContent;
    words.textContent = button.dataset.busy;
  }
});

// Back in the history: the page comes out of the cache with its button still busy.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-once]")) {
    sent.delete(form);
    for (const button of form.querySelectorAll("[aria-disabled][data-words]")) {
      button.removeAttribute("aria-disabled");
      (button.querySelector("span") ?? button).textContent = button.dataset.words;
    }
  }
});
