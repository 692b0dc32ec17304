// Forms: say that something is under way, send once, and warn before typed words are lost.
// Everything here is a help; without it the server still takes a form only once.

const busy = (form, on, submitter) => {
  if (on) form.setAttribute("aria-busy", "true");
  else form.removeAttribute("aria-busy");
  for (const button of form.querySelectorAll("[data-busy]")) button.removeAttribute("data-busy");
  if (on && submitter) submitter.setAttribute("data-busy", "");
};

const asksServer = (form) => form.method === "post" && form.target !== "_blank";

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !asksServer(form)) return;
  if (form.getAttribute("aria-busy") === "true") {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  if (event.defaultPrevented) return;
  busy(form, true, event.submitter);
  form.removeAttribute("data-changed");
  // a download or a lost connection leaves the page where it is
  setTimeout(() => busy(form, false), 10000);
});

addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of document.querySelectorAll("form[aria-busy]")) busy(form, false);
});

for (const name of ["htmx:afterRequest", "htmx:sendError"]) {
  document.addEventListener(name, (event) => {
    const form = event.target.closest?.("form");
    if (form) busy(form, false);
  });
}

// <form data-unsaved>: leaving with changed words asks first
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.hasAttribute("data-unsaved")) form.setAttribute("data-changed", "");
});

addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-unsaved][data-changed]")) event.preventDefault();
});

// a refused form: go to the first field that needs another look
const wrong = document.querySelector("main .field.wrong :is(input, select, textarea)");
if (wrong && !document.activeElement?.closest("main")) wrong.focus();
