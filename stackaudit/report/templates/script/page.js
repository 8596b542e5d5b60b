(() => {
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
})();
