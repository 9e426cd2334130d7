// data-pins around a map: a tap chooses the nearest number, by the link with the same data-number in the list.
// The list does the same without script; the map stays one picture with a name.

const REACH = 44;

const distance = (mark, { clientX, clientY }) => {
  const box = mark.getBoundingClientRect();
  return Math.hypot(clientX - (box.left + box.right) / 2, clientY - (box.top + box.bottom) / 2);
};

document.addEventListener("click", (event) => {
  const map = event.target.closest("[data-pins]");
  if (!map) return;
  const near = [...map.querySelectorAll(".map-figure")]
    .map((mark) => ({ mark, away: distance(mark, event) }))
    .filter(({ away }) => away <= REACH)
    .sort((one, other) => one.away - other.away)[0];
  const number = near && parseInt(near.mark.textContent, 10);
  document.querySelector(`[data-number="${number}"]`)?.click();
});
