// data-quick-exit: leaves at once, and this page is gone from the history. Escape three times does the same.

const link = document.querySelector("[data-quick-exit]");
const WITHIN = 1500;
let pressed = [];

const leave = () => {
  document.documentElement.hidden = true;
  document.title = "";
  window.location.replace(link.href);
};

if (link) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const now = Date.now();
    pressed = [...pressed.filter((moment) => now - moment < WITHIN), now];
    if (pressed.length === 3) leave();
  });
  // Someone who comes back with the back button sees nothing of the page before it is fetched again.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });
}
