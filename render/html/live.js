"use strict";
// The live preview: a stream of events says which version there is now, and
// what is wrong with the file while it cannot be read. A page that is older
// loads itself again, where it was; what is wrong is shown over the last
// version that was right.

function showProblem(problem) {
  const old = document.getElementById("live");
  if (old) old.remove();
  if (!problem) return;
  const place = make("div", { class: "live", id: "live", role: "alert" },
    make("div", { class: "wrap" }, make("p", { class: "strong" }, problem.title), make("pre", {}, problem.text)));
  document.body.prepend(place);
}

function startLive() {
  const stream = new EventSource("events");
  stream.addEventListener("state", (event) => {
    const now = JSON.parse(event.data);
    if (now.page !== Number(document.documentElement.dataset.page)) location.reload();
    else showProblem(now.problem);
  });
  stream.addEventListener("error", () => showProblem({ title: "The preview has ended", text: "taut serve does not answer. The page shows what it said last." }));
}

startLive();
