// data-here="URL" on a button: asks the device once where it is, and writes the name of the village in the field that
// data-field names. The point is rounded to about a kilometre before it leaves here; nobody keeps it.
// [data-here-said] beside it speaks data-failed when that does not work.

const DECIMALS = 2;
const reveal = () => document.querySelectorAll("[data-here]").forEach((one) => (one.hidden = !("geolocation" in navigator)));

const name = async (url, { latitude, longitude }) => {
  const body = new URLSearchParams({ breedte: latitude.toFixed(DECIMALS), lengte: longitude.toFixed(DECIMALS) });
  const answer = await fetch(url, { method: "POST", body });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.text();
};

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-here]");
  if (!button) return;
  const field = document.getElementById(button.dataset.field);
  const said = button.parentElement.querySelector("[data-here-said]");
  const fail = () => (said.textContent = button.dataset.failed);
  said.textContent = "";
  navigator.geolocation.getCurrentPosition(
    ({ coords }) =>
      name(button.dataset.here, coords).then((village) => {
        field.value = village;
        if (field.form.querySelector("[type=search]").value) field.form.requestSubmit();
        else field.focus();
      }, fail),
    fail,
    { timeout: 10000, maximumAge: 300000 },
  );
});
document.addEventListener("htmx:load", reveal);
reveal();
