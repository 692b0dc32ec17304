// <button data-copy>: copies the field beside it; shown only where the browser can.

const show = (part) => {
  if (!navigator.clipboard) return;
  for (const button of part.querySelectorAll("[data-copy]")) button.hidden = false;
};

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  const field = button.parentElement.querySelector("input, textarea");
  const words = button.lastChild;
  try {
    await navigator.clipboard.writeText(field.value);
    button.setAttribute("aria-live", "polite");
    const before = button.dataset.before ?? words.textContent;
    button.dataset.before = before;
    words.textContent = button.dataset.done;
    setTimeout(() => (words.textContent = before), 2500);
  } catch {
    field.select();
  }
});

show(document);
document.addEventListener("htmx:load", (event) => show(event.target));
