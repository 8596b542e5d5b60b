(() => {
  /* Flow map. What it knows is in #flow-data (flowdata.py says what the numbers are), its words as well. */
  const map = document.querySelector("svg.flow");
  if (!map) return;
  const data = JSON.parse(byId("flow-data").textContent);
  const box = (name) => byId("flow-" + name);
  const say = box("say"), card = box("card"), hint = say.textContent;
  const objects = box("object"), scopes = box("scope"), about = box("about"), tool = box("tool"), ask = box("ask"), steps = box("steps"), goal = box("to");
  const nodes = new Map(all(".node", map).map((node) => [+node.dataset.n, node]));
  const name = (n) => nodes.get(n).querySelector("title,text").textContent;
  const titles = all("option", objects).slice(1).map((option) => option.textContent);
  const whole = (o) => (o < titles.length ? o : data.parts[o - titles.length]);
  const say_ = (key, values = {}) => {
    const form = data.words[key];
    const text = typeof form === "string" ? form : (values.n === 0 && form.zero) || (values.n === 1 ? form.one : form.other);
    return text.replace(/\{(\w+)\}/g, (_, k) => values[k]);
  };
  const list = (items, most = 8) => {
    const shown = items.length > most ? [...items.slice(0, most - 1), say_("more", { n: items.length - most + 1 })] : items;
    return shown.length < 2 ? shown.join("") : shown.slice(0, -1).join(", ") + say_("and") + shown[shown.length - 1];
  };
  const unique = (items) => [...new Set(items)];
  const named = (numbers) => list(unique(numbers).map(name).sort((a, b) => a.localeCompare(b)));

  const flows = data.flows.map(([from, to, carried, how, mask = data.all, via = []]) => (
    { from, to, carried, wholes: carried && carried.map(whole), how: how & 7, back: how & 8, open: how & 16, mask, via }));
  const lines = all("[data-e]", map).map((path) => {
    const [from, to] = path.dataset.e.split(" ").map(Number);
    const next = path.nextElementSibling;
    return { path, from, to, cross: next && next.matches(".cross") ? next : null,
      flows: flows.filter((f) => (f.from === from && f.to === to) || (f.back && f.from === to && f.to === from)) };
  });
  const bits = (mask) => { const found = []; for (let bit = 1; bit <= mask; bit *= 2) if (mask & bit) found.push(bit); return found; };
  const inScopes = (mask) => list(data.scopes.filter((_, i) => mask >> i & 1));
  const at = (n) => (data.tools ? data.tools[n] : [data.all, 0]);
  let picked = null, pointed = null;

  /* What is chosen above the map. */
  const object = () => (objects.value === "" ? null : +objects.value);
  const scope = () => (scopes && scopes.value ? +scopes.value : data.all);
  const fits = (flow) => (object() === null || (flow.wholes || []).includes(object())) && flow.mask & scope();
  const spoken = (...boxes) => boxes.filter((b) => b?.value).map((b) => b.selectedOptions[0].textContent).join(", ");
  const findings = (data.checks || []).flatMap(([area, check, found]) => found.map(([end, tools, over = []]) => ({ area: "a" + area, check, anchor: "f-" + check + "-" + end, tools, over }))).filter((f) => byId(f.anchor));
  const meant = () => (about && about.value ? findings.filter((f) => ["a", f.area, f.check].includes(about.value)) : []);

  const paint = (on, ends, text, more = {}) => {
    map.classList.toggle("focus", !!on);
    for (const [n, node] of nodes) for (const kind of ["on", "cut", "lost", "found"]) node.classList.toggle(kind, kind === "on" ? ends.has(n) : !!more[kind]?.has(n));
    for (const line of lines) {
      const is = !!on && on.has(line);
      line.path.classList.toggle("on", is);
      line.path.classList.toggle("cut", is && !!more.cut);
      line.cross?.classList.toggle("on", is);
    }
    if (say.textContent !== text) say.textContent = text;
  };
  const withEnds = (on) => new Set([...on].flatMap((line) => [line.from, line.to, ...line.flows.filter(fits).flatMap((f) => f.via)]));

  const spelt = (line) => {
    const parts = line.flows.map((f) => (f.wholes ? unique(f.wholes).map((o) => titles[o]).join(", ") : say_("content")) + (f.how ? ", " + data.how[f.how] : ""));
    return name(line.from) + " → " + name(line.to) + ": " + list(unique(parts), 4);
  };

  /* One tool and what is up to so many steps before and after it. */
  const walk = (start, ahead, far, usable) => {
    const seen = new Set([start]), used = new Set();
    let front = [start];
    for (let i = 0; i < far && front.length; i += 1) {
      const next = [];
      for (const line of usable) {
        const [near, end] = ahead ? [line.from, line.to] : [line.to, line.from];
        if (!front.includes(near) && (i || !line.flows.some((f) => f.via.includes(start)))) continue;
        used.add(line);
        if (!seen.has(end)) { seen.add(end); next.push(end); }
      }
      front = next;
    }
    seen.delete(start);
    return { used, seen };
  };
  const around = (n, marks) => {
    const usable = lines.filter((line) => line.flows.some(fits));
    const way = ask ? ask.value : "both", far = steps ? +steps.value : 1;
    const none = { used: new Set(), seen: new Set() };
    const down = way === "up" ? none : walk(n, true, far, usable), up = way === "down" ? none : walk(n, false, far, usable);
    const on = new Set([...down.used, ...up.used]);
    let text;
    if (!on.size) text = say_("alone", { tool: name(n) });
    else if (far === 1) {
      const said = [...on].map((line) => spelt(line));
      text = said.slice(0, 5).join(" · ") + (said.length > 5 ? " · +" + (said.length - 5) : "");
    } else {
      const of = (key, found) => say_(key, { n: found.seen.size, steps: far, tool: name(n) });
      text = [way !== "down" && of("up", up), way !== "up" && of("down", down)].filter(Boolean).join("; ") + ".";
    }
    paint(on, withEnds(on).add(n), text, marks);
  };

  /* The way of one object from tool to tool, by the rule of `stackaudit path`: by itself, else perhaps, else with the fewest hops by hand. */
  const arcs = (o, bit, usable) => {
    const out = new Map();
    const add = (from, to, flow) => {
      if (!out.has(from)) out.set(from, []);
      out.get(from).push({ from, to, flow, hand: flow && (flow.how === 1 || flow.how === 3) });
    };
    for (const flow of flows) {
      if (!(flow.mask & bit) || !usable(flow)) continue;
      add(flow.from, flow.to, flow);
      if (flow.back || flow.open) add(flow.to, flow.from, flow);
    }
    const both = (a, b, one) => {
      if (!(at(a)[0] & at(b)[0] & bit)) return;
      add(a, b, null);
      if (!one) add(b, a, null);
    };
    for (const [a, b] of data.hosts || []) both(a, b);
    for (const [a, b, shared, one] of data.shared || []) if (shared.includes(o)) both(a, b, one);
    return out;
  };
  const search = (start, out, free, more) => {
    const came = new Map([[start, null]]);
    for (let layer = [start]; layer.length;) {
      const step = (n, ok, to) => { for (const arc of out.get(n) || []) if (ok(arc) && !came.has(arc.to)) { came.set(arc.to, arc); to.push(arc.to); } };
      for (let i = 0; i < layer.length; i += 1) step(layer[i], free, layer);
      const next = [];
      if (more) for (const n of layer) step(n, () => true, next);
      layer = next;
    }
    return came;
  };
  const trace = (came, end) => {
    const hops = [];
    for (let arc = came.get(end); arc; arc = came.get(arc.from)) hops.unshift(arc);
    return hops;
  };
  const sure = (f) => !f.open && !(at(f.from)[1] & 2) && !(at(f.to)[1] & 2);
  const judge = (a, b, o, bit) => {
    if ((data.permission || []).includes(o) && (data.gates || []).some(([gate, held]) => gate === a && held === b)) return { outcome: "gate", hops: [] };
    const carries = (f) => f.carried && f.carried.includes(o);
    const certain = arcs(o, bit, (f) => f.how < 3 && carries(f) && sure(f));
    const auto = (arc) => !arc.flow || arc.flow.how === 0, rather = (arc) => !arc.hand;
    for (const [outcome, free, more] of [["auto", auto], ["unknown", rather], ["hand", rather, true]]) {
      const came = search(a, certain, free, more);
      if (came.has(b)) return { outcome, hops: trace(came, b) };
    }
    const mended = search(a, arcs(o, bit, (f) => (f.how < 3 || f.how === 3) && carries(f) && sure(f)), rather, true);
    if (mended.has(b)) return { outcome: "broken", hops: trace(mended, b).filter((arc) => arc.flow && arc.flow.how === 3) };
    const wide = search(a, arcs(o, bit, (f) => f.how < 3 && (!f.carried || carries(f))), (arc) => !arc.flow || (carries(arc.flow) && sure(arc.flow)), true);
    if (wide.has(b)) return { outcome: "perhaps", hops: trace(wide, b).filter((arc) => arc.flow && !(carries(arc.flow) && sure(arc.flow))) };
    return { outcome: "no", hops: [] };
  };
  const ranks = ["gate", "auto", "unknown", "hand", "broken", "perhaps", "no"];
  const works = (way) => ranks.indexOf(way.outcome) < 4;
  /* The ways in the scopes both tools serve, the best first; scopes of one way together. */
  const ways = (a, b, o) => {
    const common = at(a)[0] & at(b)[0] & scope(), found = new Map();
    for (const bit of bits(common)) {
      const way = judge(a, b, o, bit);
      const key = way.outcome + way.hops.map((arc) => flows.indexOf(arc.flow) + ">" + arc.to);
      if (found.has(key)) found.get(key).mask |= bit; else found.set(key, { ...way, key, mask: bit, common, carried: [o] });
    }
    return [...found.values()].sort((x, y) => ranks.indexOf(x.outcome) - ranks.indexOf(y.outcome) || x.hops.length - y.hops.length);
  };
  const stop = (n, via) => (via.length ? say_("through", { tool: name(n), via: named(via) }) : name(n));
  const spell = (a, hops) => [name(a), ...hops.map((arc) => stop(arc.to, arc.flow ? arc.flow.via : []))].join(" → ");
  const path = (a, b, marks) => {
    const quiet = (key, values) => paint(new Set(), new Set([a, b]), say_(key, values), marks);
    if (a === b) return quiet("same", { tool: name(a) });
    for (const n of [a, b]) if (at(n)[1] & 1) return quiet("unused", { tool: name(n) });
    if (!(at(a)[0] & at(b)[0] & scope())) return quiet("apart", { a: name(a), b: name(b) });
    const asked = object() === null ? titles.map((_, o) => o) : [object()];
    const best = asked.map((o) => ways(a, b, o)[0]);
    /* Objects that take one way are told together; of several ways the one of most objects comes first. */
    const groups = new Map();
    for (const way of best) { const key = way.key + "/" + way.mask; if (groups.has(key)) groups.get(key).carried.push(...way.carried); else groups.set(key, way); }
    const good = [...groups.values()].filter(works).sort((x, y) => ranks.indexOf(x.outcome) - ranks.indexOf(y.outcome) || x.hops.length - y.hops.length || y.carried.length - x.carried.length);
    const things = (carried) => (carried.length === titles.length ? say_("everything") : list(carried.map((o) => titles[o])));
    const where = (way) => (way.mask === way.common ? "" : say_("in", { scopes: inScopes(way.mask) }));
    if (good.length) {
      const [way, ...others] = good;
      const how = way.hops.map((arc) => (arc.flow ? data.how[arc.flow.how] : say_("shares"))).join(say_("then"));
      let text = way.outcome === "gate" ? say_("gate", { a: name(a), b: name(b) }) : say_("path", { way: spell(a, way.hops), what: things(way.carried), how });
      text += where(way);
      if (others.length) text += say_("otherwise", { what: things(others.flatMap((other) => other.carried)) });
      const on = new Set(lines.filter((line) => way.hops.some((arc) => arc.from === line.from && arc.to === line.to)));
      return paint(on, new Set([a, b, ...way.hops.flatMap((arc) => [arc.to, ...(arc.flow ? arc.flow.via : [])])]), text, marks);
    }
    let text = say_("no-path", { a: name(a), b: name(b), what: object() === null ? say_("everything") : titles[object()] });
    const on = new Set(), ends = new Set([a, b]);
    const stuck = best.filter((way) => way.hops.length).sort((x, y) => ranks.indexOf(x.outcome) - ranks.indexOf(y.outcome))[0];
    const pieces = (hops) => list(hops.map((arc) => name(arc.from) + " → " + name(arc.to)));
    if (stuck) {
      text += say_(stuck.outcome, { way: pieces(stuck.hops) });
      for (const line of lines) if (stuck.hops.some((arc) => arc.from === line.from && arc.to === line.to)) { on.add(line); ends.add(line.from); ends.add(line.to); }
    }
    const ahead = new Set();
    for (const o of asked) for (const bit of bits(at(a)[0] & at(b)[0] & scope())) {
      for (const arc of search(a, arcs(o, bit, (f) => f.how < 3 && f.carried && f.carried.includes(o) && sure(f)), () => true).values()) {
        if (!arc) continue;
        ahead.add(arc.to);
        for (const line of lines) if (line.from === arc.from && line.to === arc.to) on.add(line);
      }
    }
    text += say_("ahead", { a: name(a), tools: ahead.size ? named([...ahead]) : say_("nowhere") });
    paint(on, new Set([...ends, ...ahead]), text, marks);
  };

  /* One tool taken away: what stops with it, what nothing else brings, and the needed flows that fall. */
  const removal = (n) => {
    const gone = new Set([n]);
    for (const inside of gone) for (const [host, app] of data.hosts || []) if (host === inside) gone.add(app);
    const hit = (f) => [f.from, f.to, ...f.via].some((end) => gone.has(end));
    const live = flows.filter((f) => f.how < 3 && fits(f));
    const stops = live.filter(hit);
    const into = (f) => (f.back ? [f.from, f.to] : [f.to]);
    const loses = new Map();
    for (const f of stops) for (const end of into(f)) {
      if (gone.has(end)) continue;
      for (const o of f.wholes || []) {
        if (object() !== null && o !== object()) continue;
        if (!live.some((other) => !hit(other) && into(other).includes(end) && (other.wholes || []).includes(o) && (other.mask & f.mask) === f.mask)) {
          if (!loses.has(end)) loses.set(end, new Set());
          loses.get(end).add(o);
        }
      }
    }
    const pairs = (data.falls || {})[n] || [], falls = [];
    let count = 0, must = 0;
    for (let i = 0; i < pairs.length; i += 2) {
      const [o, from, to, grave, process] = data.needs[pairs[i]], mask = pairs[i + 1] & scope();
      if (!mask || (object() !== null && whole(o) !== object())) continue;
      const times = bits(mask).length;
      count += times;
      must += grave * times;
      falls.push((o < 0 ? "" : titles[whole(o)] + ": ") + [from, to].map((end) => data.names[end]).filter(Boolean).join(" → ") + (process === undefined ? "" : ", " + data.names[process]) + (mask === data.all ? "" : " (" + inScopes(mask) + ")"));
    }
    return { gone, stops, loses, falls, count, must };
  };
  const removed = (n) => {
    const { gone, stops, loses, count, must } = removal(n);
    const apps = [...gone].filter((app) => app !== n);
    let text = say_("stop", { n: stops.length, tool: name(n) });
    if (apps.length) text += say_("inside", { n: apps.length, tools: named(apps) });
    if (loses.size) text += say_("starve", { tools: named([...loses.keys()]) });
    text += say_("fall", { n: count, must });
    const on = new Set(lines.filter((line) => line.flows.some((f) => stops.includes(f))));
    paint(on, withEnds(on).add(n), text, { cut: gone, lost: new Set(loses.keys()) });
  };

  /* The card of the chosen tool; every word of it is in the page. */
  const make = (tag, text, parent) => {
    const made = document.createElement(tag);
    made.textContent = text;
    parent.append(made);
    return made;
  };
  const fill = (n) => {
    card.replaceChildren();
    if (n === null) return;
    const head = make("p", "", card);
    make("b", name(n) + (spoken(objects, scopes) && " · " + spoken(objects, scopes)), head);
    const link = make("a", say_("card-register"), head);
    link.href = nodes.get(n).getAttribute("href");
    const facts = make("dl", "", card);
    facts.className = "facts";
    const fact = (key, values, value) => {
      make("dt", say_(key, values), facts);
      const cell = make("dd", "", facts);
      if (typeof value === "string") cell.textContent = value || say_("none");
      else for (const item of value.slice(0, 12)) make("div", "", cell).append(item);
      if (value.length > 12 && typeof value !== "string") make("div", say_("more", { n: value.length - 12 }), cell);
    };
    if (ask.value === "remove") {
      const { loses, falls } = removal(n);
      fact("card-loses", {}, loses.size ? [...loses].map(([end, lost]) => say_("loses", { tool: name(end), what: list([...lost].map((o) => titles[o])) })) : "");
      fact("card-falls", {}, falls.length ? falls : "");
    } else {
      const live = flows.filter((f) => f.how < 3 && fits(f));
      const out = live.filter((f) => f.from === n || (f.back && f.to === n)), into = live.filter((f) => f.to === n || (f.back && f.from === n));
      const over = live.filter((f) => f.via.includes(n));
      const far = (f) => (f.from === n ? f.to : f.from);
      fact("card-sends", {}, named(out.map(far)));
      fact("card-receives", {}, named(into.map(far)));
      if (over.length) fact("card-carries", {}, list(over.map((f) => name(f.from) + " → " + name(f.to))));
      const carried = unique([...out, ...into, ...over].flatMap((f) => f.wholes || [])).sort((x, y) => x - y);
      fact("card-data", {}, list(carried.map((o) => titles[o]), 12));
    }
    const found = findings.filter((f) => f.tools.includes(n));
    if (found.length) fact("card-findings", { n: found.length }, found.map((f) => {
      const there = byId(f.anchor), a = document.createElement("a");
      const copy = (there.querySelector("h5,.say,:scope>span:not([class])") || there).cloneNode(true);
      for (const gone of all(".sev,.conf,ul", copy)) gone.remove();
      a.href = "#" + f.anchor;
      a.textContent = copy.textContent.trim();
      return a;
    }));
  };

  const draw = () => {
    const n = picked ?? pointed, found = meant();
    const marks = { found: new Set(found.flatMap((f) => f.tools)) };
    const kind = ask ? ask.value : "both";
    if (ask) {
      goal.parentNode.hidden = kind !== "path";
      steps.parentNode.hidden = kind === "path" || kind === "remove";
    }
    if (picked !== null && kind === "path") {
      const end = find(goal.value);
      if (end !== null) path(picked, end, marks);
      else paint(new Set(), new Set([picked]), goal.value ? say_("no-tool", { name: goal.value }) : say_("choose-to", { tool: name(picked) }), marks);
    } else if (n !== null && kind === "remove") removed(n);
    else if (n !== null) around(n, marks);
    else if (spoken(objects, scopes, about)) {
      const named_ = new Set(found.flatMap((f) => f.over));
      const shown = flows.filter((f, i) => fits(f) && (!about || !about.value || named_.has(i)));
      const on = new Set(lines.filter((line) => line.flows.some((f) => shown.includes(f))));
      const ends = new Set([...on].flatMap((line) => [line.from, line.to, ...line.flows.filter((f) => shown.includes(f)).flatMap((f) => f.via)]));
      for (const mark of marks.found) ends.add(mark);
      const tools = marks.found.size ? say_("tools", { n: marks.found.size }) : "";
      paint(on, ends, say_(tools ? "marked" : "shown", { what: spoken(objects, scopes, about), n: shown.length, of: flows.length, tools }), marks);
    } else paint(null, new Set(), tool && tool.value ? say_("no-tool", { name: tool.value }) : kind === "both" ? hint : say_("choose-tool"));
  };

  const known = [...nodes.keys()];
  const find = (text, exact) => {
    const wanted = text.trim().toLowerCase();
    if (!wanted) return null;
    const hits = known.filter((n) => name(n).toLowerCase() === wanted);
    const near = exact || hits.length ? hits : known.filter((n) => name(n).toLowerCase().includes(wanted));
    return near.length && (hits.length || near.length === 1) ? near[0] : null;
  };
  const bring = (n) => {
    const region = map.closest(".scroll"), here = nodes.get(n).getBoundingClientRect(), frame = region.getBoundingClientRect();
    if (here.left < frame.left || here.right > frame.right) region.scrollLeft += here.left - frame.left - (frame.width - here.width) / 2;
  };
  const pick = (n) => {
    picked = n;
    if (tool) fill(n);
    if (n !== null) bring(n);
    draw();
  };
  const clear = () => {
    for (const control of [objects, scopes, about, tool, goal]) if (control) control.value = "";
    if (ask) { ask.value = "both"; steps.value = "1"; }
    pointed = null;
    pick(null);
  };
  for (const control of [objects, scopes, about, steps, ask]) control?.addEventListener("change", () => pick(picked));
  if (tool) {
    const names = box("names"), checks = box("checks");
    if (checks) for (const check of unique(findings.map((f) => f.check))) {
      const head = byId("check-" + check)?.querySelector("th");
      make("option", head ? head.firstChild.textContent.trim() : check, checks).value = check;
    }
    for (const title of unique(known.map(name)).sort((a, b) => a.localeCompare(b))) make("option", "", names).value = title;
    for (const kind of ["input", "change"]) {
      tool.addEventListener(kind, () => pick(find(tool.value, kind === "input")));
      goal.addEventListener(kind, draw);
    }
  }
  box("clear").addEventListener("click", clear);
  const order = [...nodes.values()];
  order.forEach((node, i) => {
    const n = +node.dataset.n;
    const point = (to) => { pointed = to; if (picked === null) draw(); };
    node.setAttribute("tabindex", i ? "-1" : "0");
    node.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") point(n); });
    node.addEventListener("pointerleave", () => point(null));
    node.addEventListener("focus", () => point(n));
    node.addEventListener("blur", () => point(null));
    if (tool) node.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (ask.value === "path" && picked !== null && picked !== n) {
        goal.value = name(n);
        draw();
      } else {
        tool.value = name(n);
        pick(n);
      }
    });
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
})();
