// Native dialogs and menus: opened by their own elements, closed the way people expect.

const dialogOf = (hash) => {
  const found = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
  return found instanceof HTMLDialogElement ? found : null;
};

const leaveAddress = () => {
  if (dialogOf(location.hash)) history.replaceState(null, "", location.pathname + location.search);
};

document.addEventListener("click", (event) => {
  const opener = event.target.closest("a[data-dialog]");
  if (opener) {
    const dialog = dialogOf(opener.hash);
    if (dialog) {
      event.preventDefault();
      dialog.showModal();
    }
    return;
  }
  const closer = event.target.closest("[data-close]");
  const open = closer?.closest("dialog");
  if (open) {
    event.preventDefault();
    leaveAddress();
    open.close();
    return;
  }
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

for (const opener of document.querySelectorAll("a[data-dialog]")) opener.setAttribute("aria-haspopup", "dialog");

// an address that names a dialog opens it properly
const named = dialogOf(location.hash);
if (named && !named.open) {
  leaveAddress();
  named.showModal();
}
