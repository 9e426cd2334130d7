// data-fill="ID" on a button: puts its value in that field. With data-save="FORM" it saves at once, unless someone changed
// the field by hand: then it goes there, to look first. data-mirror="ID" shows what stands in the field.

for (const button of document.querySelectorAll("[data-fill]")) button.hidden = false;

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-fill]");
  if (!button) return;
  const field = document.getElementById(button.dataset.fill);
  const touched = field.value !== field.defaultValue;
  field.value = button.value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  if (button.dataset.save && !touched) {
    document.getElementById(button.dataset.save).requestSubmit(document.querySelector("[data-saves]"));
    return;
  }
  field.focus();
  field.closest(".field")?.scrollIntoView({ block: "center" });
});

document.addEventListener("input", ({ target }) => {
  for (const shown of document.querySelectorAll("[data-mirror]"))
    if (shown.dataset.mirror === target.id) shown.textContent = target.value;
});
