// data-typing on the search form: what comes while someone types is one step of the way back, not one for every letter.

let typing = false;

document.addEventListener("htmx:configRequest", ({ detail }) => {
  const typed = detail.elt.matches("[data-typing]") && detail.triggeringEvent?.type === "input";
  if (typed) detail.headers["X-Typing"] = typing ? "on" : "begin";
  typing = typed;
});
