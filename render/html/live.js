"use strict";
// The live preview: a stream of events says which version there is now, and
// what is wrong with the file while it cannot be read. A page that is older
// loads itself again, as it was left; what is wrong is shown over the last
// version that was right.

function showProblem(problem) {
  const old = document.getElementById("live");
  if (old) old.remove();
  if (!problem) return;
  const place = make("div", { class: "live", id: "live", role: "alert" },
    make("div", { class: "wrap" }, make("p", { class: "strong" }, problem.title), make("pre", { tabindex: "0", "aria-label": problem.title }, problem.text)));
  document.body.prepend(place);
}

const figures = typeof views === "undefined" ? [] : views; // a page that waits for a file has none
const tables = all("table").filter((t) => t.tHead);
const sorted = (t) => [...t.tHead.rows[0].cells].findIndex((h) => h.getAttribute("aria-sort") !== "none");

// keep notes how the page was left: which view, how large and where, how tables
// are sorted. What has failed is in the address.
function keep() {
  const state = {
    top: scrollY,
    shown: figures.findIndex((v) => v === view),
    views: figures.map((v) => v.touched ? [v.scale, v.stage.scrollLeft, v.stage.scrollTop] : null),
    sorts: tables.map((t) => { const i = sorted(t); return i < 0 ? null : [t.closest("[aria-label]").getAttribute("aria-label"), i, t.tHead.rows[0].cells[i].getAttribute("aria-sort")]; }).filter(Boolean),
  };
  sessionStorage.setItem("taut-left", JSON.stringify(state));
}

// restore leaves the new page as the old one was, as far as it has the same things.
function restore() {
  const text = sessionStorage.getItem("taut-left");
  if (!text) return;
  sessionStorage.removeItem("taut-left");
  const state = JSON.parse(text);
  for (const [label, column, direction] of state.sorts) {
    const table = tables.find((t) => t.closest("[aria-label]").getAttribute("aria-label") === label);
    const head = table && table.tHead.rows[0].cells[column];
    for (let i = 0; head && i < 2 && head.getAttribute("aria-sort") !== direction; i++) sortBy(table, column);
  }
  state.views.forEach((was, i) => {
    if (!was || !figures[i]) return;
    show(figures[i]);
    steer(was[0]);
    figures[i].stage.scrollTo(was[1], was[2]);
  });
  if (figures.length) show(figures[state.shown] || figures[0]);
  scrollTo(0, state.top);
}

function startLive() {
  const stream = new EventSource("events");
  stream.addEventListener("state", (event) => {
    const now = JSON.parse(event.data);
    if (now.page !== Number(document.documentElement.dataset.page)) { keep(); location.reload(); }
    else showProblem(now.problem);
  });
  stream.addEventListener("error", () => showProblem({ title: "The preview has ended", text: "taut serve does not answer. The page shows what it said last." }));
}

restore();
startLive();
