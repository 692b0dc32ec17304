// A team to choose: find a person by typing, and tick everyone of a role at once.
// Without this the list is whole and the buttons ask the server.

for (const field of document.querySelectorAll("[data-filter]")) {
  const rows = document.querySelectorAll(`#${field.dataset.filter} tbody tr`);
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLocaleLowerCase();
    for (const row of rows) row.hidden = !row.textContent.toLocaleLowerCase().includes(wanted);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}

for (const button of document.querySelectorAll("[data-tick]")) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    for (const row of document.querySelectorAll("tr[data-roles]")) {
      if (!row.dataset.roles.split(" ").includes(button.dataset.tick)) continue;
      for (const box of row.querySelectorAll("input[type=checkbox]")) box.checked = true;
    }
    button.form.setAttribute("data-changed", "");
  });
}
