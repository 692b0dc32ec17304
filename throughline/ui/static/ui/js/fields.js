// Fields: name the files that were chosen, and copy what a field holds.

// File drops say at once what was chosen, and when it is over the stated limit.

const size = (bytes) =>
  new Intl.NumberFormat(document.documentElement.lang, {
    style: "unit",
    unit: bytes < 1e6 ? "kilobyte" : "megabyte",
    maximumFractionDigits: bytes < 1e6 ? 0 : 1,
  }).format(bytes / (bytes < 1e6 ? 1e3 : 1e6));

const nameChosen = (input) => {
  const zone = input.closest(".file-drop");
  if (!zone) return;
  const limit = Number(zone.dataset.limit);
  const list = zone.querySelector(".chosen");
  const files = [...input.files];
  const over = files.some((file) => limit && file.size > limit);
  input.setCustomValidity(over ? zone.dataset.tooLarge : "");
  list.replaceChildren(
    ...files.map((file) => {
      const line = document.createElement("li");
      const large = limit && file.size > limit;
      line.className = large ? "too-large" : "";
      line.textContent = `${file.name} · ${size(file.size)}` + (large ? ` · ${zone.dataset.tooLarge}` : "");
      return line;
    }),
  );
};

document.addEventListener("change", (event) => {
  if (event.target.matches?.(".file-drop input[type=file]")) nameChosen(event.target);
});

for (const [name, on] of [["dragenter", true], ["dragleave", false], ["drop", false]]) {
  document.addEventListener(name, (event) => {
    if (event.target.matches?.(".file-drop input[type=file]")) event.target.classList.toggle("over", on);
  });
}

// <button data-copy>: copies the field beside it; shown only where the browser can.

const offerCopies = (part) => {
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

offerCopies(document);
document.addEventListener("htmx:load", (event) => offerCopies(event.target));
