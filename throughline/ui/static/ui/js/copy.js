// <button data-copy>: copies the field beside it; shown only where the browser can.

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = button.parentElement.querySelector("input, textarea");
    const words = button.lastChild;
    const before = words.textContent;
    try {
      await navigator.clipboard.writeText(field.value);
      words.textContent = button.dataset.done;
      button.setAttribute("aria-live", "polite");
      setTimeout(() => (words.textContent = before), 2500);
    } catch {
      field.select();
    }
  });
}
