// data-session on a closed <dialog>: before a session without a sign of life ends, it asks who is there (data-stay: stays).

const dialog = document.querySelector("dialog[data-session]");
const MINUTE = 60_000;
// Two minutes to answer, and half a minute because the server does not write down every sign of life.
const BEFORE = 2.5 * MINUTE;
let due;

const look = () => {
  if (Date.now() >= due && !dialog.open) dialog.showModal();
};

const wait = () => {
  const left = dialog.dataset.session * MINUTE - BEFORE;
  due = Date.now() + left;
  setTimeout(look, left);
};

// Any page that asks who one is will do; when it is too late after all, the next press keeps what was typed.
const stay = () => {
  wait();
  fetch(dialog.dataset.alive, { method: "HEAD", redirect: "manual" }).catch(() => {});
};

dialog.querySelector("[data-stay]").addEventListener("click", () => dialog.close());
dialog.addEventListener("close", stay);
// A device that slept does not keep time.
document.addEventListener("visibilitychange", look);
// What a page asks by itself is no sign of life.
document.addEventListener("htmx:afterRequest", ({ detail }) => detail.requestConfig.headers["X-By-Itself"] || wait());
wait();
