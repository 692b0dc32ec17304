// File drops: name what was chosen, and say at once when it is over the stated limit.

const size = (bytes) =>
  new Intl.NumberFormat(document.documentElement.lang, {
    style: "unit",
    unit: bytes < 1e6 ? "kilobyte" : "megabyte",
    maximumFractionDigits: bytes < 1e6 ? 0 : 1,
  }).format(bytes / (bytes < 1e6 ? 1e3 : 1e6));

const show = (input) => {
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
  if (event.target.matches?.(".file-drop input[type=file]")) show(event.target);
});

for (const [name, on] of [["dragenter", true], ["dragleave", false], ["drop", false]]) {
  document.addEventListener(name, (event) => {
    if (event.target.matches?.(".file-drop input[type=file]")) event.target.classList.toggle("over", on);
  });
}
