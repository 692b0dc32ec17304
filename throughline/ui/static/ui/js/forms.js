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

// What was sent in the background and has no answer yet goes along (`as_sent`): the server may have saved it, and it was
// this page, nobody else, who did.
document.addEventListener("htmx:configRequest", (event) => {
  const form = event.detail.elt.closest("form");
  const sent = form?.elements.as_sent;
  if (!sent) return;
  const words = new FormData(form);
  for (const own of ["as_sent", "csrfmiddlewaretoken", "_by"]) words.delete(own);
  const before = sent.value ? JSON.parse(sent.value) : [];
  sent.value = JSON.stringify([...before.slice(-4), new URLSearchParams(words).toString()]);
});

document.addEventListener("htmx:afterOnLoad", (event) => {
  const sent = event.detail.elt.closest("form")?.elements.as_sent;
  if (sent && event.detail.successful) sent.value = "";
});

// what is saved in the background and did not arrive says so where it would have said that it did
for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => {
    const { target, xhr } = event.detail;
    const { lost, signedOut, full } = target?.dataset ?? {};
    if (lost) target.textContent = { 401: signedOut, 507: full }[xhr?.status] || lost;
  });
}

// A key that a script has set comes back when somebody goes back, so that sending the same form again changes
// nothing. With other words in it, it is another form and gets the key that this page would have sent.
const keys = new Map();
const another = (key) => keys.set(key, crypto.randomUUID?.() ?? key.defaultValue);

for (const key of document.querySelectorAll("input[name=_once]")) {
  another(key);
  if (key.value === key.defaultValue) key.value = keys.get(key);
}

document.addEventListener("input", (event) => {
  for (const [key, fresh] of keys) if (key.form === event.target.form) key.value = fresh;
});

addEventListener("pageshow", (event) => {
  if (event.persisted) [...keys.keys()].forEach(another);
});

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
