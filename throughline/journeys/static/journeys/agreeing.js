// Agreeing on one competency: choosing a step proposes the standing that goes with it, until somebody chooses one.
// Without this the standing is chosen by hand, and one that does not fit is asked about.

const form = document.querySelector("form[data-goes-with]");
const standings = form ? [...form.querySelectorAll("input[name=standing]")] : [];
let byHand = standings.some((each) => each.checked);

// before the draft is sent, which listens to the same change
form?.addEventListener(
  "change",
  ({ target }) => {
    if (target.name === "standing") byHand = true;
    if (target.name !== "step" || byHand) return;
    const goesWith = JSON.parse(form.dataset.goesWith)[Number(target.value) - 1];
    for (const each of standings) each.checked = each.value === goesWith;
  },
  true,
);
