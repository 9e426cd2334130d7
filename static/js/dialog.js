// data-dialog on an open <dialog>: above the page with script, a part of the page without. Escape takes the safest way (data-safe).

const raise = (dialog) => {
  if (dialog.matches(":modal")) return;
  dialog.close();
  dialog.showModal();
  dialog.addEventListener("cancel", (event) => {
    if (!dialog.dataset.safe) return;
    event.preventDefault();
    window.location.assign(dialog.dataset.safe);
  });
};

const raiseAll = (root) => root.querySelectorAll("dialog[data-dialog]").forEach(raise);

raiseAll(document);
document.addEventListener("htmx:afterSettle", (event) => raiseAll(event.detail.elt));
