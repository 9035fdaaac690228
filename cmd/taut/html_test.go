package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/taut-dev/taut/analyze/blast"
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/model/design"
)

// webPage writes the web page of a system and gives its file and address.
func webPage(t *testing.T, args ...string) (file, address string) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "page.html")
	code, _, errs := run(t, append(args, "--format", "html", "-o", file)...)
	if code != exitFine {
		t.Fatal(errs)
	}
	return file, "file://" + filepath.ToSlash(file)
}

// exampleGraphs gives the graph of an example as it is and in all its designs.
func exampleGraphs(t *testing.T, name string) map[string]*graph.Graph {
	t.Helper()
	system, diagnostics := model.Load(os.DirFS("../../examples/"+name), "architecture.yaml", model.LoadOptions{Limits: model.DefaultLimits()})
	if system == nil {
		t.Fatal(diagnostics)
	}
	graphs := map[string]*graph.Graph{"base": graph.Build(system)}
	for _, d := range system.Designs {
		other, diagnostics := design.Apply(system, d.ID, model.DefaultLimits())
		if other == nil {
			t.Fatal(diagnostics)
		}
		graphs[d.ID] = graph.Build(other)
	}
	return graphs
}

// TestPageComputesWhatTheProgramDoes fails every node of every design of every
// example in a browser, and compares all states with the program's own.
func TestPageComputesWhatTheProgramDoes(t *testing.T) {
	b := openBrowser(t)
	for _, example := range exampleNames {
		for id, g := range exampleGraphs(t, example) {
			_, address := webPage(t, "analyze", "../../examples/"+example, "--design", id)
			b.open(address)
			var got [][]graph.State
			b.eval(`data.designs[0].nodes.map((_, v) => states(data.designs[0], v).state)`, &got)
			if len(got) != g.Len() {
				t.Fatalf("%s as %s: %d nodes, not %d", example, id, len(got), g.Len())
			}
			for v := range int32(g.Len()) {
				if want := blast.States(g, v); fmt.Sprint(want) != fmt.Sprint(got[v]) {
					t.Errorf("%s as %s: when %s fails the page says\n%v, the program\n%v", example, id, g.ID(v), got[v], want)
				}
			}
			b.drawsStates(example+" as "+id, g)
			b.quiet(address)
		}
	}
}

// drawsStates fails each thing in the picture by a click and reads what is
// drawn then.
func (b *browser) drawsStates(name string, g *graph.Graph) {
	b.t.Helper()
	var got map[string]map[string]string
	b.eval(`Object.fromEntries(drawn.filter((d) => d.view === views[0]).map((d) => {
		d.element.dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}));
		const look = (e) => ["failed", "down", "part", "wait"].find((c) => e.classList.contains(c)) || "";
		return [d.id, Object.fromEntries(drawn.filter((o) => o.view.fails).map((o) => [o.view.id + " " + o.id, look(o.element.querySelector(".frame") || o.element) + (o.element.querySelector(".mark .b, .mark .x") ? "!" : "")]))];
	}))`, &got)
	looks := [...]string{graph.Up: "", graph.Delayed: "wait!", graph.Degraded: "part!", graph.Down: "down!"}
	for failed, shown := range got {
		v, _ := g.Lookup(failed)
		states := blast.States(g, v)
		for where, look := range shown {
			_, id, _ := strings.Cut(where, " ")
			u, _ := g.Lookup(id)
			want := looks[states[u]]
			if u == v {
				want = "failed!"
			}
			if g.Kind(u) == graph.Unit {
				want = strings.TrimSuffix(want, "!") // a frame has its state on its border
			}
			if look != want {
				b.t.Errorf("%s: when %s fails, %s is drawn %q, not %q", name, failed, where, look, want)
			}
		}
	}
}

// TestPageIsUsed works through the shop's page with mouse and keyboard.
func TestPageIsUsed(t *testing.T) {
	b := openBrowser(t)
	b.size(1400, 1000)
	_, address := webPage(t, "analyze", "../../examples/shop")
	b.open(address)
	looks := func(id, want string) {
		t.Helper()
		b.want(fmt.Sprintf(`["failed","down","part","wait"].find((c) => document.getElementById("d1-n-%s").classList.contains(c)) || ""`, id), want)
	}
	title := `document.querySelector(".impact h3").textContent`

	b.click("#d1-n-payments-db")
	looks("payments-db", "failed")
	looks("orders", "down")
	looks("cart", "part")
	looks("search", "")
	b.want(title, "payments-db fails")
	b.want(`location.hash`, "#fail=payments-db")
	b.want(`document.querySelector(".impact .stop").textContent`, "journey buy stops")
	b.want(`document.getElementById("d1-n-orders").getAttribute("aria-label")`, "Orders, service: down")
	b.want(`view.picture.querySelectorAll(".w.via").length`, 4)

	b.key("Escape")
	looks("orders", "")
	b.want(title, "What if it fails?")
	b.eval(`focusOn(document.getElementById("d1-n-storefront"))`, nil)
	for _, way := range []struct{ key, test string }{
		{"ArrowDown", "is.top > was.top"}, {"ArrowUp", "is.top < was.top"}, {"ArrowDown", "is.top > was.top"}, {"ArrowRight", "is.left > was.left"}, {"ArrowLeft", "is.left < was.left"},
	} {
		b.eval(`was = document.activeElement.getBoundingClientRect(), from = document.activeElement, 0`, nil)
		b.key(way.key)
		b.want(`is = document.activeElement.getBoundingClientRect(), document.activeElement.matches(".v[tabindex='0']") && from.matches("[tabindex='-1']") && `+way.test, true)
	}
	b.eval(`focusOn(document.getElementById("d1-n-catalogue"))`, nil)
	b.key("Enter")
	looks("storefront", "down")

	b.eval(`document.querySelector(".find input").focus()`, nil)
	b.call("Input.insertText", map[string]any{"text": "STRI"})
	b.want(`[...view.picture.querySelectorAll(".v.found")].map((e) => e.dataset.id).join()`, "stripe")
	b.key("Enter")
	b.want(title, "Stripe fails")
	b.click(".impact .quiet")
	b.want(title, "What if it fails?")

	b.tables()
	b.click("#theme")
	b.want(`document.documentElement.dataset.theme + " " + document.getElementById("theme").getAttribute("aria-pressed")`, "dark true")
	b.want(`getComputedStyle(document.body).backgroundColor`, "rgb(20, 24, 29)")
	before := 0.0
	b.eval(`view.picture.getBoundingClientRect().width`, &before)
	b.click("[data-zoom=in]")
	b.want(fmt.Sprintf(`Math.round(100 * view.picture.getBoundingClientRect().width / %f)`, before), 130)
	b.open(address + "#fail=cart")
	b.want(title, "Cart fails")
	b.quiet(address)
}

// tables sorts one by the keyboard and by the mouse, and fails a row.
func (b *browser) tables() {
	b.t.Helper()
	order := `[...document.querySelectorAll("#services tbody tr")].map((r) => r.dataset.node).slice(0, 3).join()`
	head := `document.querySelector("#services thead th:nth-child(6)")`
	b.want(head+`.textContent`, "tightness")
	b.eval(head+`.querySelector("button").focus()`, nil)
	b.key("Enter")
	b.want(head+`.getAttribute("aria-sort")`, "descending")
	b.want(order, "orders,storefront,cart")
	b.key("Enter")
	b.want(head+`.getAttribute("aria-sort")`, "ascending")
	b.click("#services thead th:first-child button")
	b.want(order, "cart,catalogue,email")
	b.want(`document.querySelectorAll("#services [aria-sort=none]").length`, 14)
	b.want(`["512 MiB", "1 GiB", "20 ms", "3 s", "n/a", "1,200/s"].map((t) => sortKey({textContent: t, dataset: {}}, true)).join()`, "536870912,1073741824,0.02,3,-Infinity,1200")
	b.click(`#failures tr[data-node="search-index"] button`)
	b.want(`document.querySelector(".impact h3").textContent`, "search-index fails")
	b.eval(`fail(null)`, nil)
}

// TestComparisonPageFailsAllDesigns clicks a service in one design and reads the
// failure of it in each.
func TestComparisonPageFailsAllDesigns(t *testing.T) {
	b := openBrowser(t)
	_, address := webPage(t, "compare", "../../examples/shop", "--designs", "base,monolith,events", "--fail", "payments")
	b.call("Emulation.setScriptExecutionDisabled", map[string]any{"value": true})
	b.open(address)
	captions := `[...document.querySelectorAll("text.cap")].map((e) => e.getAttribute("class").trim() + " " + e.textContent).join("; ")`
	var drawn string
	b.eval(captions, &drawn)
	b.call("Emulation.setScriptExecutionDisabled", map[string]any{"value": false})
	b.open(address + "#")
	b.call("Page.reload", nil)
	b.until(`typeof fail === "function" && document.readyState === "complete"`)
	b.want(captions, drawn) // the page says of the failure it opens with what the picture does
	graphs := exampleGraphs(t, "shop")
	names := []string{"base", "monolith", "events"}
	for _, failed := range []string{"payments", "orders", "catalogue"} {
		if failed != "payments" {
			b.click("#d1-c1-1-" + failed)
		}
		for i, design := range names {
			g := graphs[design]
			v, _ := g.Lookup(failed)
			down := 0
			for u, state := range blast.States(g, v)[:g.Services()] {
				if state == graph.Down && int32(u) != v {
					down++
				}
			}
			row := fmt.Sprintf(`[...document.querySelectorAll("g.v[id^='d1-c%d-2-'].down")].filter((e) => e.dataset.kind === "service" && e.querySelectorAll(".dot").length === 1).length`, i+1)
			b.want(row, down)
			b.want(fmt.Sprintf(`document.querySelectorAll("text.cap")[%d].textContent.split(" of ")[0]`, len(names)+i), map[bool]any{true: "none", false: down}[down == 0])
			b.want(fmt.Sprintf(`document.querySelectorAll("g[id^='d1-c%d-3-'].failed").length`, i+1), 0)
		}
	}
	b.key("Escape")
	b.quiet(address)
}

// TestPageWithoutScripts reads the page as it stands.
func TestPageWithoutScripts(t *testing.T) {
	b := openBrowser(t)
	b.call("Emulation.setScriptExecutionDisabled", map[string]any{"value": true})
	_, address := webPage(t, "analyze", "../../examples/shop")
	b.call("Page.navigate", map[string]any{"url": address})
	b.until(`document.readyState === "complete" && document.querySelector("#metrics")`)
	b.want(`document.querySelectorAll("button:not([hidden]):not([hidden] *), input:not([hidden] *)").length`, 0)
	b.want(`[...document.querySelectorAll(".view")].filter((e) => e.checkVisibility({visibilityProperty: true}) && e.querySelector("h3").checkVisibility() && e.querySelector("svg").getBoundingClientRect().width > 500).length`, 9)
	b.want(`document.querySelectorAll("#failures tbody tr").length`, 18)
	b.quiet(address)
}

// TestHostilePages opens pages of systems full of markup.
func TestHostilePages(t *testing.T) {
	b := openBrowser(t)
	for i, evil := range []string{`<script>alert(1)</script>`, `</script><script>alert(1)</script>`, `--><img src=x onerror=alert(1)>`, `]]><svg onload=alert(1)>`,
		`"><iframe src=javascript:alert(1)>`, `' onmouseover='alert(1)`, `{{constructor.constructor('alert(1)')()}}`, `</style><script>alert(1)</script>`,
		`</title><script>alert(1)</script>`, `<!--<script>`, `&lt;b&gt;`} {
		dir := t.TempDir()
		file := filepath.Join(dir, "architecture.yaml")
		quoted := fmt.Sprintf("%q", evil)
		text := fmt.Sprintf("system: %s\ndescription: %s\nservices:\n  a: {name: %s, owner: %s, domain: %s, description: %s, url: %s, exposed: true, depends_on: [{to: b, fallback: %s}]}\n  b: {name: %s}\njourneys:\n  j: {name: %s, entry: a}\ndesigns:\n  d: {name: %s, preset: monolith}\n",
			quoted, quoted, quoted, quoted, quoted, quoted, quoted, quoted, quoted, quoted, quoted)
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		older := filepath.Join(dir, "older.yaml")
		if err := os.WriteFile(older, []byte(strings.Replace(text, "a: {", "a: {tier: 1, ", 1)), 0o644); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{{"analyze", file}, {"compare", file}, {"diff", older, file}} {
			page, address := webPage(t, args...)
			inert(t, page)
			b.open(address)
			b.want(`document.querySelector("h1").textContent`, evil)
			b.want(`document.scripts.length`, 4)
			b.want(`document.querySelectorAll("iframe, img, object, embed, svg svg, form").length`, 0)
			b.quiet(address)
			if t.Failed() {
				t.Fatalf("case %d: %s", i, evil)
			}
		}
	}
}

// TestPagesAreInert reads every page of the examples with the strict reader.
func TestPagesAreInert(t *testing.T) {
	for _, example := range exampleNames {
		for _, command := range []string{"analyze", "compare"} {
			page, _ := webPage(t, command, "../../examples/"+example)
			inert(t, page)
			guarded(t, page)
			offline(t, page)
		}
	}
}
