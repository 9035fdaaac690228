"use strict";
// The pictures: one at a time, to pan, zoom and follow. A view is as wide as its
// picture is inside a box that scrolls, so that wheels, fingers and keys pan it
// as they do any page.

const figure = document.querySelector(".picture");
const views = all(".view", figure).map((element) => {
  const stage = element.querySelector(".stage"), picture = stage.querySelector("svg");
  return { element, stage, picture, id: element.id.slice(5), tab: document.getElementById("tab-" + element.id.slice(5)),
    fails: "fails" in element.dataset, scale: 1, touched: false };
});
let view = views[0]; // the one that is shown

// zoom keeps the point at which it is aimed where it is: the middle, or the mouse.
function zoom(to, at = { x: view.stage.clientWidth / 2, y: view.stage.clientHeight / 2 }) {
  const { stage, picture, scale } = view;
  view.scale = Math.min(4, Math.max(0.1, to));
  const x = (stage.scrollLeft + at.x) / scale, y = (stage.scrollTop + at.y) / scale;
  picture.style.width = `${picture.viewBox.baseVal.width * view.scale}px`;
  stage.scrollTo(x * view.scale - at.x, y * view.scale - at.y);
}

// scales gives the scale at which all of the view's picture is seen, and the
// least at which it can be read: on a large window a reader would rather see all
// of it and zoom.
function scales({ element, stage, picture }) {
  const { width, height } = picture.viewBox.baseVal;
  const across = stage.clientWidth / width, room = parseFloat(getComputedStyle(stage).maxHeight) || Infinity;
  if ("whole" in element.dataset) return { whole: Math.min(1.25, across), legible: Math.min(1, Math.max(across, 0.65)) };
  const whole = Math.min(1.25, across, (room - 2) / height);
  return { whole, legible: whole >= 0.8 ? whole : Math.min(1, Math.max(across, innerWidth < 800 ? 0.7 : 0.5)) };
}

// begin shows a view as large as can be read, from its beginning or from the
// first thing in it that changed.
function begin(v) {
  const now = view, { stage, picture } = v;
  view = v;
  zoom(scales(v).legible);
  stage.scrollTo(0, 0);
  const news = picture.querySelector(".v:is(.add, .gone, .chg), .w .band");
  if (news) {
    const at = news.getBoundingClientRect(), box = stage.getBoundingClientRect();
    stage.scrollTo(at.x + at.width / 2 - box.x - stage.clientWidth / 2, at.y + at.height / 2 - box.y - stage.clientHeight / 2);
  }
  v.touched = false;
  view = now;
}

// fit shows all of the picture, or when that is how it is, what can be read.
function fit() {
  const { whole, legible } = scales(view);
  const seen = Math.abs(view.scale - whole) < 0.001;
  zoom(seen ? legible : whole);
  view.stage.scrollTo(0, 0);
  view.touched = !seen;
}

// steer zooms as a reader asks; from then on the size of the window does not.
function steer(to, at) {
  zoom(to, at);
  view.touched = true;
}

function show(next) {
  view = next;
  for (const v of views) {
    v.element.classList.toggle("off", v !== view);
    if (!v.tab) continue;
    v.tab.setAttribute("aria-selected", String(v === view));
    v.tab.setAttribute("tabindex", v === view ? "0" : "-1");
    if (v === view) v.tab.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}

// startTabs makes tabs of the views: arrows move between them.
function startTabs() {
  if (views.length < 2) return;
  figure.classList.add("tabbed");
  for (const v of views) {
    v.element.setAttribute("role", "tabpanel");
    v.element.setAttribute("aria-labelledby", v.tab.id);
    v.tab.addEventListener("click", () => show(v));
    v.tab.addEventListener("keydown", (event) => {
      const last = views.length - 1, i = views.indexOf(v);
      const to = { ArrowRight: i === last ? 0 : i + 1, ArrowLeft: i === 0 ? last : i - 1, Home: 0, End: last }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      show(views[to]);
      view.tab.focus();
    });
  }
  show(view);
}

// pan moves the picture with the mouse; a press that moved is no click.
function pan({ stage }) {
  let from = null, moved = false;
  stage.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && event.button === 0) from = { x: event.clientX + stage.scrollLeft, y: event.clientY + stage.scrollTop };
    moved = false;
  });
  addEventListener("pointermove", (event) => {
    if (!from) return;
    const x = from.x - event.clientX, y = from.y - event.clientY;
    moved = moved || Math.hypot(x - stage.scrollLeft, y - stage.scrollTop) > 4;
    if (moved) { stage.classList.add("drag"); stage.scrollTo(x, y); }
  });
  addEventListener("pointerup", () => { from = null; stage.classList.remove("drag"); });
  stage.addEventListener("click", (event) => { if (moved) { event.preventDefault(); event.stopPropagation(); } }, true);
}

// trace brings out the lines of what is pointed at or has the focus.
function trace({ stage, picture }) {
  const wires = all(".w[data-from]", picture);
  let traced = null;
  const follow = (event) => {
    const at = event.target.closest("[data-id]"), id = at ? at.dataset.id : null;
    if (id === traced) return;
    traced = id;
    let any = false;
    for (const wire of wires) {
      const near = id !== null && (wire.dataset.from === id || wire.dataset.to === id);
      wire.classList.toggle("near", near);
      any = any || near;
    }
    picture.classList.toggle("tracing", any);
  };
  for (const type of ["pointerover", "focusin"]) stage.addEventListener(type, follow);
  stage.addEventListener("pointerleave", () => follow({ target: stage }));
  stage.addEventListener("focusout", () => follow({ target: stage }));
}

function startViews() {
  const steps = { in: () => steer(view.scale * 1.3), out: () => steer(view.scale / 1.3), fit };
  for (const button of all("[data-zoom]", figure)) button.addEventListener("click", steps[button.dataset.zoom]);
  const keys = { "+": steps.in, "=": steps.in, "-": steps.out, 0: steps.fit };
  for (const v of views) {
    pan(v);
    trace(v);
    v.stage.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const box = v.stage.getBoundingClientRect();
      steer(v.scale * Math.exp(-event.deltaY / 300), { x: event.clientX - box.left, y: event.clientY - box.top });
    }, { passive: false });
    v.stage.addEventListener("keydown", (event) => { if (keys[event.key] && !event.ctrlKey && !event.metaKey) keys[event.key](); });
  }
  let width = innerWidth;
  addEventListener("resize", () => {
    if (width !== innerWidth) views.filter((v) => !v.touched).forEach(begin);
    width = innerWidth;
  });
  views.forEach(begin);
}

figure.classList.add("on");
figure.classList.toggle("comparing", "whole" in view.element.dataset);
figure.querySelector(".tools").hidden = false;
startTabs();
startViews();
