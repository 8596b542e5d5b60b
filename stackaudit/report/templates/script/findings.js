(() => {
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
})();
