// Enter goes down a column, as people who key in figures expect; the last row leads to the button. Without this module
// Enter hands the sheet in, and nothing that is missing is accepted.
for (const form of document.querySelectorAll("form.keying")) {
  form.addEventListener("keydown", (event) => {
    const column = event.target.dataset?.down;
    if (!column || event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    const fields = [...form.querySelectorAll(`[data-down="${column}"]`)];
    const next = fields[fields.indexOf(event.target) + (event.shiftKey ? -1 : 1)];
    if (next) {
      next.focus();
      next.select();
    } else if (!event.shiftKey) {
      form.querySelector("button.primary").focus();
    }
  });
}
