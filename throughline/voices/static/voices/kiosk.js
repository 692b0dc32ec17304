// A school's own tablet: whoever walks away leaves nothing behind. Without this script a button does the same.
const still = document.getElementById("still");
const next = document.getElementById("next-person");
const again = document.getElementById("again");

// Going back must ask the server, which shows nobody what somebody else has answered.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

if (still && next) {
  const after = Number(still.dataset.after) * 1000;
  const warns = Number(still.dataset.warns) * 1000;
  let quiet;
  let last;

  const watch = () => {
    clearTimeout(quiet);
    clearTimeout(last);
    quiet = setTimeout(() => {
      still.showModal();
      last = setTimeout(() => next.requestSubmit(), warns);
    }, after);
  };

  still.addEventListener("close", watch);
  for (const sign of ["pointerdown", "keydown", "input", "scroll"]) {
    addEventListener(sign, () => still.open || watch(), { passive: true });
  }
  watch();
}

if (again) setTimeout(() => location.replace(again.href), Number(again.dataset.after) * 1000);
