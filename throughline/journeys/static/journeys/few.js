// Preparing a round: say it as soon as so few are ticked that hidden names would leave nothing to look at.
// Without this the page of the draft says it.

for (const said of document.querySelectorAll("[data-few]")) {
  const boxes = [...document.querySelectorAll(`input[name="${said.dataset.few}"]`)];
  const look = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    said.hidden = ticked < 3 || ticked > 4;
  };
  for (const box of boxes) box.addEventListener("change", look);
}
