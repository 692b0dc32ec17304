// A number that stands on a box is shown on the box, and the next row comes by itself; without this module Tab leads on.
for (const form of document.querySelectorAll("form.sheet")) {
  const fields = [...form.querySelectorAll(".sheet-row input, .sheet-row textarea")];

  const show = (field) => {
    const boxes = document.getElementById(`${field.id}-boxes`);
    for (const box of boxes?.querySelectorAll("[data-box]") ?? []) {
      box.classList.toggle("chosen", box.dataset.box === field.value);
    }
    const found = boxes?.querySelector(`[data-box="${CSS.escape(field.value)}"]`);
    if (found) field.removeAttribute("aria-invalid");
    else if (field.value) field.setAttribute("aria-invalid", "true");
    return found;
  };

  const go = (field, by) => {
    const next = fields[fields.indexOf(field) + by] ?? (by > 0 && form.querySelector("button.primary"));
    if (!next) return;
    next.focus();
    next.select?.();
  };

  // With ten boxes or more, 1 may be the beginning of 10.
  const isWhole = ({ value, dataset }) => value === "0" || Number(value) * 10 > Number(dataset.most);

  for (const field of fields) if (field.dataset.most) show(field);

  form.addEventListener("input", ({ target }) => {
    if (!target.dataset.most) return;
    if (show(target) && isWhole(target)) go(target, 1);
  });

  form.addEventListener("keydown", (event) => {
    const { target, key } = event;
    if (event.isComposing) return;
    if (target.matches("textarea") && key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    }
    if (!target.dataset?.most) return;
    const by = { ArrowDown: 1, ArrowUp: -1, Backspace: target.value ? 0 : -1 }[key] ?? 0;
    if (!by) return;
    event.preventDefault();
    go(target, by);
  });
}
