// Buttons that print the page: <button type="button" data-print>.
for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}
