(() => {
  /* Matrix: the pair of tools a cell stands for, under the pointer. */
  const grid = document.querySelector("svg.matrix.screen");
  const say = byId("matrix-say");
  if (!grid || !say) return;
  const at = (label, key) => Number(label.getAttribute(key));
  const rows = all("text.lab.end", grid), columns = all("text.lab.small", grid);
  const name = (label) => (label.querySelector("title") ?? label).textContent;
  const cursor = grid.createSVGPoint();
  const hint = say.textContent;
  let lit = [];
  const light = (labels) => {
    for (const label of lit) label.classList.remove("lit");
    lit = labels;
    for (const label of lit) label.classList.add("lit");
    say.textContent = lit.length ? name(lit[0]) + " \u2192 " + name(lit[1]) : hint;
  };
  grid.addEventListener("pointermove", (event) => {
    cursor.x = event.clientX;
    cursor.y = event.clientY;
    const place = cursor.matrixTransform(grid.getScreenCTM().inverse());
    const row = rows.find((label) => place.y >= at(label, "y") - 14 && place.y < at(label, "y") + 6);
    const column = columns.find((label) => place.x >= at(label, "x") - 13 && place.x < at(label, "x") + 7);
    light(row && column && place.x > 0 ? [row, column] : []);
  });
  grid.addEventListener("pointerleave", () => light([]));
})();
