// data-combobox="URL" on a text field: offers in [data-combobox-list] below it what the words may become (editable combobox
// of WAI-ARIA 1.2). The options come from the server: data-text fills the field, data-href is a page.

const [WAIT, LEAST] = [120, 2];
let field, list, timer, asking;

const [options, active] = [() => [...list.querySelectorAll("[role=option]")], () => list.querySelector("[aria-selected=true]")];
const activate = (option) => {
  active()?.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  option ? field.setAttribute("aria-activedescendant", option.id) : field.removeAttribute("aria-activedescendant");
};
const show = (open) => {
  list.hidden = !open;
  field.setAttribute("aria-expanded", String(open));
  activate(null);
};
const close = () => (clearTimeout(timer), asking?.abort(), show(false));
const choose = ({ dataset }) => {
  close();
  if (dataset.href) return location.assign(dataset.href);
  field.value = dataset.text;
  field.form.requestSubmit();
};
const offer = async () => {
  asking?.abort();
  if (field.value.trim().length < LEAST) return close();
  asking = new AbortController();
  const url = `${field.dataset.combobox}?q=${encodeURIComponent(field.value)}`;
  const answer = await fetch(url, { signal: asking.signal }).then((one) => (one.ok ? one.text() : "")).catch(() => null);
  if (answer === null) return;
  list.innerHTML = answer;
  show(options().length > 0 && document.activeElement === field);
};
const hear = {
  focusin: ({ target }) => {
    if (!target.matches("[data-combobox]") || target === field) return;
    [field, list] = [target, target.parentElement.querySelector("[data-combobox-list]")];
    const dress = { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" };
    Object.entries(dress).forEach(([name, value]) => field.setAttribute(name, value));
  },
  input: ({ target }) => target === field && (clearTimeout(timer), (timer = setTimeout(offer, WAIT))),
  focusout: ({ target }) => target === field && close(),
  mousedown: (event) => event.target.closest("[data-combobox-list]") && event.preventDefault(),
  click: ({ target }) => target.closest("[data-combobox-list] [role=option]") && choose(target.closest("[role=option]")),
  keydown: (event) => {
    if (event.target !== field || event.isComposing) return;
    const [all, key, stop] = [list.hidden ? [] : options(), event.key, () => event.preventDefault()];
    const at = all.indexOf(active());
    const to = { ArrowDown: at + 1, ArrowUp: (at < 0 ? all.length : at) - 1 }[key];
    if (to !== undefined) stop(), all.length ? activate(all[to]) : offer();
    else if (key === "Enter" && at >= 0) stop(), choose(all[at]);
    else if (key === "Escape" && all.length) stop(), close();
    else if (key === "Enter" || key === "Tab") close();
    else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(key)) activate(null);
  },
};
Object.entries(hear).forEach(([name, listener]) => document.addEventListener(name, listener));
