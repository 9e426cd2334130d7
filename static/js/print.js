// Buttons that print the page: <button type="button" data-print hidden>. They show where this script runs.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
