// data-typing on the search form: what comes while someone types is one step of the way back, not one for every letter.
// Without an answer, [data-unanswered] says that what stands there belongs to other words.

let typing = false;

const search = (heard) => (event) => (event.detail.requestConfig ?? event.detail).elt.matches("[data-typing]") && heard(event);
const unanswered = (is) => () => (document.querySelector("[data-unanswered]").hidden = !is);

document.addEventListener("htmx:configRequest", ({ detail }) => {
  const typed = detail.elt.matches("[data-typing]") && detail.triggeringEvent?.type === "input";
  if (typed) detail.headers["X-Typing"] = typing ? "on" : "begin";
  typing = typed;
});
// That search is away is an answer as well, with ways on.
document.addEventListener(
  "htmx:beforeSwap",
  search(({ detail }) => detail.xhr.status === 503 && Object.assign(detail, { shouldSwap: true, isError: false })),
);
document.addEventListener("htmx:beforeSend", search(unanswered(false)));
["responseError", "sendError", "timeout"].forEach((one) => document.addEventListener(`htmx:${one}`, search(unanswered(true))));
