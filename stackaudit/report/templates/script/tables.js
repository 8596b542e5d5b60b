(() => {
  /* Tables: sort by a click on a head; the head becomes a button for it. */
  const point = document.documentElement.dataset.decimal, months = document.documentElement.dataset.months.split(" ");
  for (const table of all("table:not(.grid):not(.heat)")) {
    const body = table.tBodies[0];
    if (!body || body.rows.length < 4 || table.dataset.rest) continue;
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      if (!head.textContent.trim()) return;
      head.classList.add("sorts");
      head.tabIndex = 0;
      const sort = () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const value = (row) => (row.cells[column]?.textContent ?? "").trim();
        const number = (text) => {
          /* A day is sorted as one; of anything else the first number counts. */
          const month = text.length < 20 ? months.findIndex((name) => text.includes(name)) : -1;
          const year = text.match(/\d{4}/), day = text.match(/(?<!\d)\d{1,2}(?!\d)/);
          if (month >= 0 && year && day) return year[0] * 10000 + month * 100 + day[0] * 1;
          const first = text.match(/^[^\d]{0,5}(\d[\d.,\u2019\u00a0\u202f]*)/);
          return first ? parseFloat([...first[1]].filter((sign) => /\d/.test(sign) || sign === point).join("").replace(point, ".")) : NaN;
        };
        const rows = [...body.rows].map((row) => [row, value(row), number(value(row))]);
        rows.sort((a, b) => (Number.isNaN(a[2]) || Number.isNaN(b[2]) ? a[1].localeCompare(b[1]) : a[2] - b[2]) * (down ? -1 : 1));
        body.append(...rows.map((row) => row[0]));
      };
      head.addEventListener("click", sort);
      head.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); sort(); } });
    });
  }

  /* Long tables: the rows past the shown ones are data; only those in view are in the page. */
  const rest = byId("rest");
  if (rest) {
    for (const [id, data] of Object.entries(JSON.parse(rest.textContent))) {
      const place = byId("rest-" + id);
      if (!place) continue;
      const rows = data.columns[0].length, high = 30;
      place.hidden = false;
      const room = document.createElement("div");
      room.className = "room";
      const table = document.createElement("table");
      const head = table.createTHead().insertRow();
      for (const label of data.labels) { const cell = document.createElement("th"); cell.textContent = label; cell.scope = "col"; head.append(cell); }
      const body = table.createTBody();
      room.append(table);
      place.append(room);
      const draw = () => {
        const first = Math.max(0, Math.floor(place.scrollTop / high) - 5);
        const last = Math.min(rows, first + Math.ceil(place.clientHeight / high) + 10);
        body.replaceChildren();
        const pad = (n) => { const row = body.insertRow(); const cell = row.insertCell(); cell.colSpan = data.labels.length; cell.className = "pad"; cell.height = n * high; };
        if (first) pad(first);
        for (let i = first; i < last; i += 1) {
          const row = body.insertRow();
          row.className = "one";
          for (const column of data.columns) row.insertCell().textContent = column[i];
        }
        if (last < rows) pad(rows - last);
      };
      place.addEventListener("scroll", draw);
      draw();
    }
  }
})();
