// <input data-propose-place>: where the browser is, as a proposal, while nobody has typed anything.

const here = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

for (const field of document.querySelectorAll("input[data-propose-place]")) {
  if (field.value || !here()) continue;
  const option = [...field.list.options].find((each) => each.dataset.zone.split(" ").includes(here()));
  field.value = option ? option.value : here();
  const note = field.parentElement.querySelector("[data-proposed]");
  if (!note) continue;
  note.hidden = false;
  field.addEventListener("input", () => (note.hidden = true), { once: true });
}
