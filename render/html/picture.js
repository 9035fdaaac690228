"use strict";
// Failing anything in a picture, and searching it. States are computed here, by
// the same clauses and seeds as the program's own.

const data = JSON.parse(document.getElementById("data").textContent);
const svgSpace = "http://www.w3.org/2000/svg";
const UP = 0, DELAYED = 1, DEGRADED = 2, DOWN = 3;
const words = ["works", "waits", "partly works", "down"];
const many = ["work", "wait", "partly work", "down"];
const classes = ["", "wait", "part", "down"];
const letters = ["", "W", "P", "D"];
const patterns = { wait: "pw", part: "pp", down: "pd", failed: "pf" };

data.designs.forEach(index);

// index adds to a design what turns its clauses round: who reads a group, and
// in which groups of several members a node is.
function index(design) {
  const n = design.nodes.length;
  design.byID = new Map(design.nodes.map((node, v) => [node.id, v]));
  design.readers = Array.from({ length: n + design.groups.length }, () => []);
  design.clauses.forEach((clauses, v) => {
    for (const [group, cap, reason] of clauses) design.readers[group].push([v, cap, reason]);
  });
  design.memberOf = Array.from({ length: n }, () => []);
  design.groups.forEach(([, ...members], i) => members.forEach((m) => design.memberOf[m].push(i)));
}

// states gives the state of every node after one fails: the least fixed point
// of "a node is at least as bad as the k-th best member of a group, up to a
// cap". It also says which clause first made a node as bad as it is, and how
// many steps from the failure that was.
function states(design, failed) {
  const n = design.nodes.length;
  const state = new Array(n).fill(UP), cause = new Array(n).fill(null), wave = new Array(n).fill(0);
  const bad = design.groups.map(() => [0, 0, 0, 0]);
  const queue = [];
  const worsen = (v, s, why, step) => {
    if (s <= state[v]) return;
    queue.push([v, state[v], s, step]);
    [state[v], cause[v], wave[v]] = [s, why, step];
  };
  const reach = (group, s, by, step) => {
    for (const [v, cap, reason] of design.readers[group]) worsen(v, Math.min(s, cap), [reason, by], step);
  };
  worsen(failed, DOWN, null, 0);
  for (const v of design.seeds[failed]) worsen(v, DOWN, [data.reasons.length - 1, failed], 1);
  for (let i = 0; i < queue.length; i++) {
    const [v, from, to, step] = queue[i];
    reach(v, to, v, step + 1);
    for (const group of design.memberOf[v]) {
      const [k, ...members] = design.groups[group];
      for (let s = from + 1; s <= to; s++) {
        if (++bad[group][s] === members.length - k + 1) reach(n + group, s, v, step + 1);
      }
    }
  }
  return { state, cause, wave };
}

// Pictures know their design by the prefix of their ids: d1, and in a
// comparison c1, c2, … of which the second row shows the failure. Besides nodes
// the frames of units can be failed. What shows no states shows only what failed.
const panel = figure.querySelector(".impact");
const status = figure.querySelector("[role=status]");
const comparing = data.designs.length > 1;
const drawn = views.flatMap((v) => all("g[data-id]", v.picture).filter((g) => g.matches(".v:not([data-kind=group])") || g.querySelector(".frame.u, .spot")).map((element) => {
  const [, column, row] = /^d1-c(\d+)-(\d+)-/.exec(element.id) || [0, 0, 0], id = element.dataset.id;
  const design = column ? data.designs[column - 1] : data.designs.findLast((d) => d.byID.has(id));
  return { element, design, id, view: v, shows: row === 0 || row === "2", v: design && design.byID.get(id) };
})).filter((d) => d.v !== undefined);
const start = data.fail || null; // what the page opens with, and Reset goes back to
const wires = views.filter((v) => v.fails).flatMap((v) => all("g.w[data-from]", v.picture));
const changes = { add: "added", gone: "removed", chg: "changed" };
const kindOf = (design, v) => data.kinds[design.nodes[v].kind];
let failed = null; // the id of what has failed

// mark paints a state on a node: class, pattern and a badge with a letter. What
// the picture came with goes first. A frame shows it on its border.
function mark(element, prefix, look, letter, wave) {
  const frame = element.querySelector(".frame"), shown = frame || element;
  shown.classList.remove("failed", ...classes.slice(1));
  delete element.dataset.wave;
  all(".mark, .dot, .b, .x, [fill^='url(']", element).forEach((m) => m.remove());
  if (!look) return;
  shown.classList.add(look);
  element.dataset.wave = Math.min(wave, 4);
  const shapes = all(".k:not(.copy), .bar", element), shape = frame || shapes[0] || element.querySelector(".ground");
  if (!shape) return;
  const box = shape.getBBox();
  if (shapes.length) {
    const overlay = shape.cloneNode();
    overlay.setAttribute("class", "mark");
    overlay.setAttribute("fill", `url(#${prefix}-${patterns[look]})`);
    shapes[shapes.length - 1].after(overlay);
  }
  if (!frame) element.append(badge(look, letter, box.x + box.width - 4, box.y + 2));
}

// badge paints the letter of a state, or a cross for what failed.
function badge(look, letter, x, y) {
  const part = (name, attributes, text = "") => {
    const e = document.createElementNS(svgSpace, name);
    for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
    e.append(text);
    return e;
  };
  const group = part("g", { class: "mark" });
  group.append(part("circle", { class: "dot", cx: x, cy: y, r: 8.5 }));
  group.append(look === "failed"
    ? part("path", { class: "x", d: `M${x - 3} ${y - 3}L${x + 3} ${y + 3}M${x + 3} ${y - 3}L${x - 3} ${y + 3}` })
    : part("text", { class: "b", x, y: y + 3.6 }, letter));
  return group;
}

// fail shows the failure of the node with an id, in every design; null resets.
function fail(id) {
  const results = new Map();
  for (const design of data.designs) {
    const v = id === null ? undefined : design.byID.get(id);
    if (v !== undefined) results.set(design, { v, ...states(design, v) });
  }
  failed = results.size ? id : null;
  figure.classList.toggle("failing", failed !== null);
  for (const d of drawn) if (d.shows) paint(d, results.get(d.design));
  if (comparing) tell(results, id);
  else markWires(results.get(data.designs[0]));
  for (const row of all("tr[data-node]")) row.classList.toggle("failed", row.dataset.node === id);
  fill(results, id);
  if (location.hash.startsWith("#fail=") || failed !== null && id !== data.fail) history.replaceState(null, "", failed !== null ? `#fail=${encodeURIComponent(id)}` : location.pathname + location.search);
}

// paint shows on one thing what a failure does to it, and says so in its name.
function paint({ element, design, id, view, v }, r) {
  const look = !r ? "" : v === r.v ? "failed" : classes[r.state[v]];
  if (view.fails) mark(element, view.id, look, r && letters[r.state[v]], r && r.wave[v]);
  else element.classList.toggle("picked", id === failed);
  const change = Object.keys(changes).find((c) => element.classList.contains(c));
  const name = [design.nodes[v].label, kindOf(design, v), ...(change ? [changes[change]] : [])].join(", ");
  element.setAttribute("aria-label", look ? `${name}: ${look === "failed" ? "failed" : words[r.state[v]]}` : `${name}: fail it`);
}

// fill says in words what a failure does. A reader who acts in the panel stays in it.
function fill(results, id) {
  const inside = panel.contains(document.activeElement);
  const reset = make("button", { type: "button", class: "quiet" }, "Reset");
  reset.addEventListener("click", () => fail(start));
  const head = make("div", { class: "head" }, make("h3", {}, `${labelOf(id)} fails`), ...(id !== start ? [reset] : []));
  const parts = data.designs.map((design) => {
    const r = results.get(design), title = comparing ? [make("h4", {}, design.title)] : [];
    return make("div", {}, ...title, ...(r ? report(design, r) : [make("p", { class: "soft" }, `has no ${labelOf(id)}`)]));
  });
  panel.replaceChildren(...(results.size ? [head, ...parts] : invitation()));
  if (inside) (panel.querySelector("button") || panel).focus();
  status.textContent = [...results].map(([design, r]) => `${comparing ? `${design.title}: ` : ""}${design.nodes[r.v].label} fails, ${summary(design, r)}`).join("; ");
}

// labelOf is what people call the node with an id, in whichever design has it.
function labelOf(id) {
  const design = data.designs.findLast((d) => d.byID.has(id));
  return design ? design.nodes[design.byID.get(id)].label : "nothing";
}

// tell rewrites what a comparison says about its failure: the words at the left
// of the second row, and the captions of its panels.
function tell(results, id) {
  const captions = all(".cap", views[0].picture), label = labelOf(id);
  if (!captions.length) return; // two versions in one picture
  const short = [...label].length > 16 ? [...label].slice(0, 15).join("") + "…" : label;
  all(".what", views[0].picture).forEach((line, i) => { line.textContent = [short, "fails"][i] || ""; });
  const weigh = (design) => { const r = results.get(design), n = r && counts(design, r); return r ? n[DOWN] * 1e6 + n[DEGRADED] * 1e3 + n[DELAYED] : NaN; };
  const weights = data.designs.map(weigh).filter((w) => !isNaN(w)), least = Math.min(...weights), most = Math.max(...weights);
  const tone = (w) => least === most ? "" : w === least ? "good" : w === most ? "bad" : "";
  data.designs.forEach((design, i) => {
    const r = results.get(design), caption = captions[data.designs.length + i];
    caption.setAttribute("class", `cap ${tone(weigh(design))}`);
    caption.textContent = r ? summary(design, r) : id !== null ? `has no ${label}` : "";
  });
}

// counts gives how many services, the failed one left out, are in each state.
function counts(design, r) {
  const out = [0, 0, 0, 0];
  for (let v = 0; v < design.services; v++) if (v !== r.v) out[r.state[v]]++;
  return out;
}

const plural = (n, one, many) => `${n} ${n === 1 ? one : many}`;

// summary counts who is hit, in the words of the program's own pictures.
function summary(design, r) {
  const n = counts(design, r), others = n.reduce((a, b) => a + b);
  const parts = [`${n[DOWN] || "none"} of ${others} others down`];
  if (n[DEGRADED]) parts.push(plural(n[DEGRADED], "partly works", "partly work"));
  if (n[DELAYED]) parts.push(plural(n[DELAYED], "waits", "wait"));
  return parts.join(", ");
}

// markWires brings out the lines along which the failure spread.
function markWires(r) {
  const design = data.designs[0];
  for (const wire of wires) {
    const from = design.byID.get(wire.dataset.from), to = design.byID.get(wire.dataset.to);
    const spread = (a, b) => r && r.cause[a] && r.cause[a][1] === b;
    const victim = spread(from, to) ? from : spread(to, from) ? to : undefined;
    wire.classList.remove("via", ...classes.slice(1));
    if (victim !== undefined) wire.classList.add("via", classes[r.state[victim]]);
  }
}

// invitation is the panel while nothing has failed.
function invitation() {
  const worst = all("#failures tbody tr[data-node]").slice(0, 5).map((row) => row.dataset.node);
  const parts = [make("h3", {}, "What if it fails?"),
    make("p", { class: "soft" }, "Choose anything in the picture to fail it, and see what goes down, works with less, or waits.")];
  if (worst.length) {
    const design = data.designs[0];
    const taken = worst.map((id) => {
      const v = design.byID.get(id);
      return { v, down: counts(design, { v, ...states(design, v) })[DOWN] };
    }).sort((a, b) => b.down - a.down);
    parts.push(make("ul", {}, ...taken.map(({ v, down }) =>
      entry(design, v, "", String(down), `${kindOf(design, v)}, takes ${down} down`))));
  }
  return parts;
}

// entry is a line of the panel: a button that fails what it names.
function entry(design, v, look, letter, why) {
  const button = make("button", { type: "button" }, make("span", { class: `badge ${look}`, "aria-hidden": "true" }, letter),
    make("span", { class: "name" }, design.nodes[v].label), make("span", { class: "why" }, why));
  button.addEventListener("click", () => fail(design.nodes[v].id));
  return make("li", {}, button);
}

// report says what one failure does to one design.
function report(design, r) {
  const n = counts(design, r), others = n.reduce((a, b) => a + b), other = r.v < design.services ? "other " : "";
  const parts = [
    make("p", { class: "soft" }, `${n[DOWN]} of ${plural(others, `${other}service`, `${other}services`)} ${n[DOWN] === 1 ? "goes" : "go"} down`),
    bar(n, others),
    make("dl", {}, ...[DOWN, DEGRADED, DELAYED, UP].flatMap((s) => [make("dt", {}, String(n[s])), make("dd", {}, n[s] === 1 ? words[s] : many[s])]))];
  const stopped = journeys(design, r.state);
  if (stopped) parts.push(make("p", { class: "stop" }, stopped));
  const hit = [...design.nodes.keys()].filter((v) => v !== r.v && r.state[v] > UP);
  hit.sort((a, b) => r.state[b] - r.state[a] || r.wave[a] - r.wave[b] || a - b);
  const lines = hit.slice(0, 200).map((v) => entry(design, v, classes[r.state[v]], letters[r.state[v]], because(design, r.cause[v])));
  if (lines.length) parts.push(make("ul", {}, ...lines));
  if (hit.length > 200) parts.push(make("p", { class: "soft" }, `and ${hit.length - 200} more`));
  return parts;
}

const because = (design, cause) => `${data.reasons[cause[0]]} ${design.nodes[cause[1]].label}`;

// journeys says which journeys of users stop.
function journeys(design, state) {
  const stopped = design.journeys.filter((j) => j.needs.some((v) => state[v] === DOWN)).map((j) => j.id);
  if (!stopped.length) return "";
  const shown = stopped.slice(0, 4).join(", ") + (stopped.length > 4 ? ` and ${stopped.length - 4} more` : "");
  return stopped.length === 1 ? `journey ${shown} stops` : `journeys stop: ${shown}`;
}

// bar draws the shares of the states.
function bar(counts, total) {
  const svg = document.createElementNS(svgSpace, "svg");
  const set = (e, attributes) => { for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value); };
  set(svg, { class: "sum", viewBox: "0 0 100 10", width: "100%", height: "10", preserveAspectRatio: "none", "aria-hidden": "true" });
  let x = 0;
  for (const s of [DOWN, DEGRADED, DELAYED, UP]) {
    const rect = document.createElementNS(svgSpace, "rect"), width = total ? 100 * counts[s] / total : s === UP ? 100 : 0;
    set(rect, { class: classes[s], x, width, height: 10 });
    svg.append(rect);
    x += width;
  }
  return svg;
}

// In each picture one node is the tab stop; arrows move to the nearest node in
// their direction, Enter fails it. Escape resets from anywhere.
function startNodes() {
  for (const v of views) {
    const own = drawn.filter((d) => d.view === v);
    if (own.length) v.picture.setAttribute("role", "group");
    else v.stage.setAttribute("tabindex", "0"); // for keys that scroll
    own.forEach((d, i) => startNode(d, i === 0));
    v.stage.addEventListener("keydown", (event) => {
      const here = own.find((d) => d.element === document.activeElement);
      const way = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key];
      if (way && here) { event.preventDefault(); step(own, here, way); }
    });
  }
  addEventListener("keydown", (event) => { if (event.key === "Escape" && failed !== start) fail(start); });
}

function startNode({ element, id }, first) {
  element.setAttribute("role", "button");
  element.setAttribute("tabindex", first ? "0" : "-1");
  const act = (event) => { if (!(event.ctrlKey || event.metaKey)) { event.preventDefault(); fail(id); } };
  element.addEventListener("click", act);
  element.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") act(event); });
  const link = element.closest("a");
  if (link) link.setAttribute("tabindex", "-1"); // ctrl and a click still follow it
}

// step moves the focus to the nearest node in a direction.
function step(own, here, [dx, dy]) {
  const middle = (d) => { const b = d.element.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; };
  const [x, y] = middle(here);
  let best = null, least = Infinity;
  for (const d of own) {
    const [a, b] = middle(d), along = (a - x) * dx + (b - y) * dy, aside = Math.abs((a - x) * dy) + Math.abs((b - y) * dx);
    if (along > 4 && along + 2 * aside < least) [best, least] = [d, along + 2 * aside];
  }
  if (best) focusOn(best.element);
}

function focusOn(element) {
  for (const d of drawn) if (element.closest(".view") === d.view.element) d.element.setAttribute("tabindex", d.element === element ? "0" : "-1");
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "nearest", inline: "nearest" });
}

// Search: what is typed brings out what fits; Enter or a click fails it.
function startSearch() {
  const input = figure.querySelector("input"), list = figure.querySelector("#found");
  let found = [], chosen = 0;
  const choose = (id) => {
    input.value = "";
    look();
    fail(id);
    const d = drawn.find((x) => x.view === view && x.shows && x.id === id);
    if (d) d.element.scrollIntoView({ block: "nearest", inline: "center" });
  };
  const look = () => {
    const text = input.value.trim().toLowerCase();
    const known = new Map(data.designs.flatMap((d) => d.nodes.map((n) => [n.id, n])));
    found = !text ? [] : [...known.values()].filter((n) => n.label.toLowerCase().includes(text) || n.id.toLowerCase().includes(text));
    const ids = new Set(found.map((n) => n.id));
    chosen = 0;
    figure.classList.toggle("searching", ids.size > 0);
    for (const d of drawn) d.element.classList.toggle("found", ids.has(d.id));
    list.replaceChildren(...found.slice(0, 8).map((n, i) => {
      const item = make("li", { role: "option", id: `found-${i}`, "aria-selected": i === 0 }, make("span", {}, n.label), make("span", {}, data.kinds[n.kind]));
      item.addEventListener("mousedown", (event) => { event.preventDefault(); choose(n.id); });
      return item;
    }), ...(text && !found.length ? [make("li", {}, make("span", { class: "soft" }, "nothing is called that"))] : []));
    list.hidden = !text;
    input.setAttribute("aria-expanded", String(!list.hidden));
  };
  const move = (by) => {
    chosen = Math.max(0, Math.min(Math.min(found.length, 8) - 1, chosen + by));
    all("[role=option]", list).forEach((item, i) => item.setAttribute("aria-selected", i === chosen));
    input.setAttribute("aria-activedescendant", `found-${chosen}`);
  };
  const keys = { ArrowDown: () => move(1), ArrowUp: () => move(-1), Enter: () => found[chosen] && choose(found[chosen].id), Escape: () => { input.value = ""; look(); } };
  const mine = (key) => keys[key] && (key !== "Escape" || input.value !== ""); // with nothing to clear, Escape resets
  input.addEventListener("input", look);
  input.addEventListener("blur", () => { list.hidden = true; });
  input.addEventListener("keydown", (event) => { if (mine(event.key)) { event.preventDefault(); event.stopPropagation(); keys[event.key](); } });
}

// Rows about a node fail it too.
function startRows() {
  for (const row of all("tr[data-node]")) {
    const cell = row.cells[0], button = make("button", { type: "button", title: "fail it" }, ...cell.childNodes);
    button.addEventListener("click", () => { fail(row.dataset.node); figure.scrollIntoView({ block: "start" }); });
    cell.append(button);
  }
}

panel.hidden = false;
startNodes();
startSearch();
startRows();
const asked = () => location.hash.startsWith("#fail=") ? decodeURIComponent(location.hash.slice(6)) : start;
addEventListener("hashchange", () => { if (location.hash.startsWith("#fail=")) fail(asked()); });
fail(asked());
