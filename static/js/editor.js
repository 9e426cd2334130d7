// In the editors' screens: a press and an autosave go one after the other. Crossing each other, the older text could
// come last, and the next press would warn of a newer version "in another window".

const PATIENCE = 5000;
let underWay = null;
let waiting = null;
let gone = false;

function go() {
  if (!waiting) return;
  const { form, button, timer } = waiting;
  waiting = null;
  clearTimeout(timer);
  // The spinner has put it out of use, and what is out of use is not sent along.
  if (button) button.disabled = false;
  form.requestSubmit(button);
}

document.addEventListener("w-autosave:save", (event) => {
  // What was pressed brings all that was typed.
  if (gone) event.preventDefault();
  else underWay = event.detail.trigger;
});

for (const end of ["w-autosave:success", "w-autosave:error"]) {
  document.addEventListener(end, (event) => {
    // Of several close together the last one is sent, for all.
    if (event.detail.trigger !== underWay) return;
    underWay = null;
    go();
  });
}

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || !event.target.matches("[data-edit-form]")) return;
  gone = !underWay;
  if (gone) return;
  event.preventDefault();
  if (waiting) clearTimeout(waiting.timer);
  const timer = setTimeout(() => {
    underWay = null;
    go();
  }, PATIENCE);
  waiting = { form: event.target, button: event.submitter, timer };
});

// Back in the history.
window.addEventListener("pageshow", () => {
  gone = false;
});
