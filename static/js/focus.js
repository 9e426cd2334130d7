// data-focus: takes the focus when it appears, so that a reader hears it first (the summary of errors).
// The links in it lead to the control itself, also inside a group of radios.

const take = (root) => root.querySelector("[data-focus]")?.focus();

take(document);
document.addEventListener("htmx:afterSettle", (event) => take(event.detail.elt.parentElement ?? document));

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-focus] a[href^='#']");
  const control = link && document.getElementById(link.hash.slice(1));
  if (!control) return;
  event.preventDefault();
  control.focus();
  control.closest(".field")?.scrollIntoView({ block: "center" });
});
