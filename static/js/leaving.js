// data-leaves on a form: when the page has to leave by itself, what was typed on it goes along, to copy. Nothing else does.

const TYPED = "main textarea, main input[type=text]";

document.addEventListener("htmx:beforeOnLoad", (event) => {
  const form = document.querySelector("form[data-leaves]");
  const { elt, xhr } = event.detail;
  if (elt.getAttribute("hx-get") !== form.getAttribute("action") || !xhr.getResponseHeader("HX-Redirect")) return;
  // What the server wrote in a field is not of who sits here.
  const typed = [...document.querySelectorAll(TYPED)].filter((field) => !field.readOnly && field.value !== field.defaultValue);
  if (!typed.length) return;
  event.preventDefault();
  for (const { value } of typed) {
    const field = Object.assign(document.createElement("textarea"), { name: "typed", value });
    form.append(field);
  }
  form.submit();
});
