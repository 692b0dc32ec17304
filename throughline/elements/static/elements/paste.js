// <textarea data-takes-formats>: what is pasted keeps its formats, as HTML, where the browser hands them over.

document.addEventListener("paste", (event) => {
  const field = event.target.closest?.("textarea[data-takes-formats]");
  const formatted = event.clipboardData?.getData("text/html");
  if (!field || !formatted || field.value.trim()) return;
  event.preventDefault();
  field.value = formatted.trimStart().startsWith("<") ? formatted : `<div>${formatted}</div>`;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  const told = document.querySelector("[data-pasted]");
  if (told) told.hidden = false;
});
