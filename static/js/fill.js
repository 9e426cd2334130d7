// data-fill="ID" on a button: puts its value in that field, and goes there.

for (const button of document.querySelectorAll("[data-fill]")) button.hidden = false;

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-fill]");
  if (!button) return;
  const field = document.getElementById(button.dataset.fill);
  field.value = button.value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
  field.closest(".field")?.scrollIntoView({ block: "center" });
});
