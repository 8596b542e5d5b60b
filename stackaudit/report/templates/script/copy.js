(() => {
  /* Every table can be copied, as text for a sheet and as a table for a letter, with all its rows. */
  const say = byId("copied");
  if (!say) return;
  const rest = byId("rest") ? JSON.parse(byId("rest").textContent) : {};
  const apart = new Set(["SMALL", "LI", "BR", "CITE", "CODE", "DIV", "P", "SPAN"]);
  const words = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE || node.tagName === "svg" || node.getAttribute("aria-hidden") === "true" || node.dataset?.control !== undefined) return "";
    return (apart.has(node.tagName) ? " " : "") + [...node.childNodes].map(words).join("");
  };
  /* A cell that a sheet would take for a formula is text here, whoever wrote it. */
  const cell = (text) => {
    const plain = text.replace(/\s+/g, " ").trim();
    return /^[=+@-]/.test(plain) && !/^[+-]?[\d.,\s]+$/.test(plain) ? "'" + plain : plain;
  };
  const rowsOf = (table) => {
    const rows = [...table.rows].map((row) => [...row.cells].map((one) => cell(words(one))));
    const more = table.dataset.rest ? rest[table.id]?.columns : null;
    if (more) for (let i = 0; i < more[0].length; i += 1) rows.push(more.map((column) => cell(column[i])));
    return rows;
  };
  const asTable = (rows) => {
    const table = document.createElement("table");
    rows.forEach((cells, number) => {
      const row = table.insertRow();
      for (const text of cells) {
        const made = document.createElement(number ? "td" : "th");
        made.textContent = text;
        row.append(made);
      }
    });
    return table.outerHTML;
  };
  /* Pages opened from a disk, and older browsers, have only the old way. */
  const oldWay = (table, text, html) => {
    const picked = getSelection(), before = picked.rangeCount ? picked.getRangeAt(0) : null;
    let done = false;
    const put = (event) => {
      event.clipboardData.setData("text/plain", text);
      event.clipboardData.setData("text/html", html);
      event.preventDefault();
      done = true;
    };
    picked.selectAllChildren(table.caption ?? table);
    document.addEventListener("copy", put, { once: true });
    document.execCommand("copy");
    document.removeEventListener("copy", put);
    picked.removeAllRanges();
    if (before) picked.addRange(before);
    return done;
  };
  const copy = async (table) => {
    const rows = rowsOf(table), html = asTable(rows);
    const text = rows.map((cells) => cells.join("\t")).join("\n");
    try {
      const blob = (kind, content) => new Blob([content], { type: kind });
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob("text/plain", text), "text/html": blob("text/html", html) })]);
      return rows.length - 1;
    } catch {
      return oldWay(table, text, html) ? rows.length - 1 : -1;
    }
  };
  for (const table of all("table")) {
    const home = table.closest(".scroll");
    if (!home || !table.caption || !table.tBodies[0]?.rows.length) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = say.dataset.copy;
    button.setAttribute("aria-label", say.dataset.label.replace("{what}", () => cell(words(table.caption))));
    const place = document.createElement("p");
    place.className = "copies screen";
    place.dataset.control = "";
    place.append(button);
    home.classList.add("has-copy");
    home.prepend(place);
    let wait = 0;
    button.addEventListener("click", async () => {
      const n = await copy(table);
      say.textContent = n < 0 ? say.dataset.failed : (n === 1 ? say.dataset.one : say.dataset.done).replace("{n}", n);
      clearTimeout(wait);
      wait = setTimeout(() => { say.textContent = ""; }, 6000);
    });
  }
})();
