"use strict";
/* Everything here is comfort: the page says the same without it, and no text is added outside the controls. */
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  for (const box of all("[data-control]")) box.hidden = false;

  /* A region that does not scroll needs no stop of the tab key. */
  const stops = (boxes) => { for (const box of boxes) box.tabIndex = box.scrollWidth > box.clientWidth ? 0 : -1; };
  const regions = all(".scroll");
  stops(regions);
  if ("ResizeObserver" in window) {
    const watch = new ResizeObserver((entries) => stops(entries.map((entry) => entry.target)));
    for (const region of regions) watch.observe(region);
  }

  /* A link into something folded opens it. */
  const reveal = () => {
    let target = null;
    try { target = byId(decodeURIComponent(location.hash.slice(1))); } catch { return; }
    if (!target) return;
    let closed = false;
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS" && !at.open) { at.open = true; closed = true; }
    if (closed) target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();
  const unfolded = [];
  addEventListener("beforeprint", () => { for (const fold of all("details:not([open])")) { fold.open = true; unfolded.push(fold); } });
  addEventListener("afterprint", () => { for (const fold of unfolded.splice(0)) fold.open = false; });

  /* Where the reader is. */
  if ("IntersectionObserver" in window) {
    const links = new Map(all(".toc a").map((a) => [a.hash.slice(1), a]));
    const watch = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        for (const a of links.values()) a.removeAttribute("aria-current");
        links.get(entry.target.id)?.setAttribute("aria-current", "true");
      }
    }, { rootMargin: "-20% 0px -75% 0px" });
    for (const section of all("main > section")) watch.observe(section);
  }

  /* Flow map: point at a tool, move with the arrow keys, choose an object. */
  const map = document.querySelector("svg.flow");
  if (map) {
    const say = byId("flow-say");
    const choose = byId("flow-object");
    const hint = say.textContent;
    const nodes = new Map(all(".node", map).map((node) => [node.dataset.n, node]));
    const name = (node) => node.querySelector("title").textContent;
    const edges = all("[data-e]", map).map((path) => {
      const [from, to, objects, via] = path.dataset.e.split(" ");
      const next = path.nextElementSibling;
      return { path, from, to, objects: objects.split(","), via: via.split(","), cross: next && next.matches(".cross") ? next : null };
    });
    const show = (wanted, text) => {
      map.classList.add("focus");
      for (const node of nodes.values()) node.classList.remove("on");
      for (const edge of edges) {
        const on = wanted(edge);
        edge.path.classList.toggle("on", on);
        edge.cross?.classList.toggle("on", on);
        if (on) for (const end of [edge.from, edge.to, ...edge.via]) nodes.get(end)?.classList.add("on");
      }
      say.textContent = text;
    };
    const clear = () => {
      map.classList.remove("focus");
      say.textContent = hint;
      choose.value = "";
    };
    const focus = (node) => {
      const n = node.dataset.n;
      const mine = (edge) => edge.from === n || edge.to === n || edge.via.includes(n);
      const words = [...edges.filter((edge) => edge.from === n), ...edges.filter((edge) => mine(edge) && edge.from !== n)].map((edge) => edge.path.querySelector("title").textContent);
      show(mine, words.length ? words.slice(0, 6).join(" · ") + (words.length > 6 ? " · +" + (words.length - 6) : "") : name(node));
      node.classList.add("on");
    };
    const object = () => {
      if (!choose.value) return clear();
      const wanted = (edge) => edge.objects.includes(choose.value);
      show(wanted, choose.selectedOptions[0].textContent + ": " + edges.filter(wanted).length);
    };
    const back = () => { if (choose.value) object(); else clear(); };
    choose.addEventListener("change", object);
    byId("flow-clear").addEventListener("click", clear);
    const order = [...nodes.values()];
    order.forEach((node, i) => {
      node.setAttribute("tabindex", i ? "-1" : "0");
      node.addEventListener("pointerenter", () => focus(node));
      node.addEventListener("pointerleave", back);
      node.addEventListener("focus", () => focus(node));
      node.addEventListener("blur", back);
      node.addEventListener("keydown", (event) => {
        if (event.key === "Escape") return clear();
        const step = { ArrowDown: [0, 1], ArrowUp: [0, -1], ArrowRight: [1, 0], ArrowLeft: [-1, 0] }[event.key];
        if (!step) return;
        event.preventDefault();
        const here = node.getBoundingClientRect();
        let best = null, least = Infinity;
        for (const other of order) {
          if (other === node) continue;
          const there = other.getBoundingClientRect();
          const dx = there.x - here.x, dy = there.y - here.y;
          const along = dx * step[0] + dy * step[1];
          const aside = Math.abs(dx * step[1]) + Math.abs(dy * step[0]);
          if (along < 4) continue;
          const far = along + aside * 2;
          if (far < least) { least = far; best = other; }
        }
        if (best) {
          node.setAttribute("tabindex", "-1");
          best.setAttribute("tabindex", "0");
          best.focus();
        }
      });
    });
  }

  /* Findings: filter by severity, confidence, and a word. */
  const filter = byId("filter");
  if (filter) {
    const word = byId("filter-word"), grave = byId("filter-severity"), sure = byId("filter-confidence"), count = byId("filter-count");
    const items = all("#findings .card, #findings .each > li");
    const apply = () => {
      const wanted = word.value.trim().toLowerCase();
      let shown = 0;
      for (const item of items) {
        const fits = (!grave.value || item.classList.contains(grave.value)) && (!sure.value || item.classList.contains(sure.value))
          && (!wanted || item.textContent.toLowerCase().includes(wanted));
        item.hidden = !fits;
        if (fits) shown += 1;
      }
      for (const group of all("#findings .group, #findings .area")) {
        group.hidden = !group.querySelector(".card:not([hidden]), .each > li:not([hidden])");
      }
      count.textContent = shown + " / " + items.length;
    };
    for (const control of [word, grave, sure]) control.addEventListener("input", apply);
    apply();
  }

  /* Tables: sort by a click on a head; the head becomes a button for it. */
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
        const number = (text) => (/^[^\d]{0,4}[\d.,]+/.test(text) ? parseFloat(text.replace(/[^\d.]/g, "")) : NaN);
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
