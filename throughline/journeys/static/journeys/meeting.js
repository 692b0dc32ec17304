// The clock of a meeting: counts down the line at hand and says in words when little is left and when to go on.
// It makes no sound. Where it stands is kept in this browser, so that a page opened in between loses nothing.
// Without this the agenda is a plain list with its minutes.

const box = document.querySelector("[data-timer]");
const key = box && `meeting-${box.dataset.timer}`;

const lines = () =>
  [...document.querySelectorAll(".agenda > li")]
    .map((element) => ({
      element,
      name: element.dataset.line,
      seconds: 60 * Number(element.querySelector("input[type=number]")?.value ?? element.dataset.minutes),
    }))
    .filter((line) => line.seconds > 0);

const read = () => {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? {};
  } catch {
    return {};
  }
};

let state = box ? read() : {};
const keep = () => {
  try {
    localStorage.setItem(key, JSON.stringify(state));
  } catch {
    // a browser that keeps nothing still counts
  }
};

const left = (line) => Math.round(state.until ? (state.until - Date.now()) / 1000 : (state.left ?? line.seconds));
const clock = (seconds) => {
  const size = Math.abs(seconds);
  const two = (n) => String(n).padStart(2, "0");
  return `${seconds < 0 ? "+" : ""}${Math.floor(size / 60)}:${two(size % 60)}`;
};
const minutes = (seconds) =>
  new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: "minute", unitDisplay: "long" }).format(
    Math.max(1, Math.round(seconds / 60)),
  );

const put = (element, text) => {
  if (element.textContent !== text) element.textContent = text;
};

// What is read out changes only at the start of a line, at its last minute and at its end.
const words = (line, seconds) => {
  const said = seconds <= 0 ? box.dataset.wordsOver : box.dataset.wordsLeft;
  const milestone = seconds <= 60 ? 60 : line.seconds;
  return said.replace("%(minutes)s", minutes(milestone)).replace("%(line)s", line.name);
};

const show = () => {
  const all = lines();
  const line = all[state.at ?? 0];
  for (const each of all) {
    if (each === line && state.begun) each.element.setAttribute("aria-current", "step");
    else each.element.removeAttribute("aria-current");
  }
  const start = box.querySelector("[data-do=start]");
  put(start, state.until ? box.dataset.wordsPause : state.begun ? box.dataset.wordsOn : box.dataset.wordsStart);
  start.disabled = !line;
  box.querySelector("[data-do=next]").disabled = !line;
  put(box.querySelector(".clock"), line ? clock(left(line)) : "");
  put(box.querySelector(".now"), line ? (state.begun ? words(line, left(line)) : line.name) : box.dataset.wordsDone);
};

const acts = {
  start() {
    const line = lines()[state.at ?? 0];
    if (!line) return;
    if (state.until) state = { ...state, left: left(line), until: null };
    else state = { ...state, begun: true, until: Date.now() + 1000 * left(line) };
  },
  next() {
    const running = Boolean(state.until);
    const at = (state.at ?? 0) + 1;
    const line = lines()[at];
    state = { begun: true, at, until: running && line ? Date.now() + 1000 * line.seconds : null };
  },
  reset() {
    state = {};
  },
};

if (box) {
  box.hidden = false;
  box.addEventListener("click", (event) => {
    const act = acts[event.target.closest("[data-do]")?.dataset.do];
    if (!act) return;
    act();
    keep();
    show();
  });
  document.querySelector(".agenda").addEventListener("input", show);
  setInterval(show, 1000);
  show();
}

const print = document.querySelector("[data-print]");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
