(() => {
  /* Findings: filter and sort; the choice is in the address, so that a filtered view can be linked. */
  const filter = byId("filter");
  if (filter) {
    const names = ["word", "area", "severity", "confidence", "owner", "tool", "sort"];
    const box = Object.fromEntries(names.map((name) => [name, byId("filter-" + name)]));
    const count = byId("filter-count"), home = byId("findings"), mark = "#findings?";
    const grades = ["high", "medium", "low", "info"];
    const items = all("#findings .card, #findings .each > li").map((item, place) => ({
      item, place,
      area: item.closest(".area").id.slice(5),
      grade: grades.findIndex((grade) => item.classList.contains(grade)),
      sure: item.classList.contains("confirmed") ? 0 : 1,
      tools: (item.dataset.t || "").split(" "),
      size: 1 + item.querySelectorAll(".led > ul > li").length,
      home: item.parentNode, next: null, text: null,
    }));
    const total = items.reduce((sum, one) => sum + one.size, 0);
    for (const one of items) { one.next = document.createComment(""); one.item.after(one.next); }

    /* Sorted otherwise than by area, all stand in one list, each under the title of its check. */
    const flat = document.createElement("div");
    flat.className = "flat";
    filter.after(flat);
    /* On paper there are no controls: a part must not pass for the whole. */
    const note = document.createElement("p");
    note.className = "paper reading";
    note.dataset.control = "";
    filter.after(note);
    const choice = (name) => {
      const one = box[name], label = one.closest("label").firstChild.textContent.trim();
      return label + ": " + (one.selectedOptions ? one.selectedOptions[0]?.textContent : one.value);
    };
    const orders = {
      severity: (one) => one.sure * 10 + one.grade,
      deadline: (one) => Number(one.item.dataset.d || Infinity),
      saving: (one) => -Number(one.item.dataset.s || -1),
    };
    let sorted = "";
    const sort = () => {
      const order = orders[box.sort.value];
      if (box.sort.value === sorted) return;
      sorted = box.sort.value;
      for (const one of items) {
        one.next.before(one.item);
        /* Without the headings of areas and checks around it, that of a finding is a level of its own. */
        const head = one.item.querySelector("h5");
        if (order) head?.setAttribute("aria-level", "3"); else head?.removeAttribute("aria-level");
      }
      flat.replaceChildren();
      if (!order) return;
      const rows = [...items].sort((a, b) => (order(a) === order(b) ? a.place - b.place : order(a) < order(b) ? -1 : 1));
      for (const one of rows) {
        const title = one.next.parentNode.closest(".group")?.querySelector("h4");
        const row = document.createElement(one.item.tagName === "LI" ? "ul" : "div");
        row.className = one.item.tagName === "LI" ? "each" : "";
        const head = document.createElement("p");
        head.className = "from";
        head.textContent = title ? title.textContent : "";
        row.append(one.item);
        const block = document.createElement("div");
        block.append(head, row);
        flat.append(block);
      }
    };

    const fits = (one) => {
      const wanted = box.word.value.trim().toLowerCase();
      if (box.area.value && one.area !== box.area.value) return false;
      if (box.severity.value && grades[one.grade] !== box.severity.value) return false;
      if (box.confidence.value && one.sure !== (box.confidence.value === "confirmed" ? 0 : 1)) return false;
      if (box.owner.value && one.item.dataset.o !== box.owner.value) return false;
      if (box.tool.value && !one.tools.includes(box.tool.value)) return false;
      if (!wanted) return true;
      one.text ??= one.item.textContent.toLowerCase();
      return one.text.includes(wanted);
    };
    const show = () => {
      sort();
      let shown = 0;
      for (const one of items) {
        one.item.hidden = !fits(one);
        if (!one.item.hidden) shown += one.size;
      }
      const empty = (part) => !part.querySelector(".card:not([hidden]), .each > li:not([hidden])");
      for (const part of all("#findings .group, #findings .area, #findings .together, .flat > div")) part.hidden = empty(part);
      count.textContent = count.dataset.say.replace("{n}", shown).replace("{of}", total);
      const made = names.filter((name) => box[name].value).map(choice);
      note.textContent = made.length ? [count.textContent, ...made].join(" · ") : "";
    };
    const chosen = () => new URLSearchParams(names.filter((name) => box[name].value).map((name) => [name, box[name].value]));
    const keep = () => {
      const state = chosen().toString();
      if (!state && !location.hash.startsWith(mark)) return;
      try { history.replaceState(null, "", state ? mark + state : "#findings"); } catch { /* Some viewers forbid it; the filter works all the same. */ }
    };
    const reset = () => { for (const name of names) box[name].value = ""; };
    const arrive = () => {
      if (location.hash.startsWith(mark)) {
        const state = new URLSearchParams(location.hash.slice(mark.length));
        reset();
        for (const name of names) if (state.has(name)) box[name].value = state.get(name);
        show();
        home.scrollIntoView();
        return;
      }
      /* A link to a finding that is filtered out shows it. */
      let target = null;
      try { target = byId(decodeURIComponent(location.hash.slice(1))); } catch { return; }
      const lost = target && items.find((one) => one.item.hidden && one.item.contains(target));
      if (lost) { reset(); show(); target.scrollIntoView(); }
    };
    for (const name of names) box[name].addEventListener("input", () => { show(); keep(); });
    byId("filter-reset").addEventListener("click", () => { reset(); show(); keep(); });
    addEventListener("hashchange", arrive);
    show();
    if (location.hash) arrive();
  }
})();
