/* Everything here is comfort: the page says the same without it, and no text is added outside the controls. */
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const byId = (id) => document.getElementById(id);
for (const box of all("[data-control]")) box.hidden = false;
