(() => {
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
})();
