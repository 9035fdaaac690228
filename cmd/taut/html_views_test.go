package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPageHasViews goes through the tabs of the shop with mouse and keyboard.
func TestPageHasViews(t *testing.T) {
	b := openBrowser(t)
	b.size(1400, 1000)
	_, address := webPage(t, "analyze", "../../examples/shop")
	b.open(address)
	b.want(`[...document.querySelectorAll("[role=tab]")].map((e) => e.textContent).join()`, "Services,Units,Surge,Timeline,Journey browse,Journey buy,Teams,Matrix,Scatter")
	shown := func(want string) {
		t.Helper()
		b.want(`views.filter((v) => v.element.checkVisibility({visibilityProperty: true})).map((v) => v.tab.textContent + " " + v.tab.getAttribute("aria-selected") + " " + v.tab.tabIndex).join()`, want+" true 0")
		b.want(`document.querySelectorAll("[role=tab][aria-selected=false][tabindex='-1']").length`, 8)
	}
	shown("Services")
	b.click("#tab-d3")
	shown("Surge")
	for _, press := range []struct{ key, want string }{{"ArrowRight", "Timeline"}, {"ArrowLeft", "Surge"}, {"ArrowLeft", "Units"}, {"ArrowLeft", "Services"}, {"ArrowLeft", "Scatter"}, {"ArrowRight", "Services"}} {
		b.key(press.key)
		shown(press.want)
		b.want(`document.activeElement === view.tab`, true)
	}
	b.want(`views.every((v) => v.element.getAttribute("role") === "tabpanel" && document.getElementById(v.element.getAttribute("aria-labelledby")) === v.tab && document.getElementById(v.tab.getAttribute("aria-controls")) === v.element)`, true)

	// What fails in one view fails in all: with its states, or picked out where
	// a view has states of its own.
	b.click("#tab-d3")
	b.click("#d3-n-payments")
	b.want(`["d1", "d2", "d5"].map((d) => document.getElementById(d + "-n-payments").matches(".failed") && document.getElementById(d + "-n-orders").matches(".down")).join()`, "true,true,true")
	b.want(`document.getElementById("d2-n-orders").querySelector(".mark[fill]").getAttribute("fill")`, "url(#d2-pd)")
	b.want(`document.querySelectorAll(".picked").length + " " + document.getElementById("d3-n-payments").matches(".picked:not(.failed)") + " " + ["d8-r-payments", "d9-p-payments"].every((id) => document.getElementById(id).matches(".picked"))`, "3 true true")
	b.want(`document.querySelector(".impact h3").textContent`, "Payments fails")
	b.want(`document.querySelector("[role=status]").textContent`, "Payments fails, 1 of 8 others down, 2 partly work")
	b.click(".impact li button")
	b.want(`document.activeElement.textContent + " " + document.querySelector(".impact h3").textContent`, "Reset Orders fails")
	b.eval(`document.activeElement.blur()`, nil)
	b.key("Escape")
	b.want(`document.querySelectorAll(".picked, .failed, .mark").length`, 0)

	b.eval(`document.getElementById("d3-n-orders").dispatchEvent(new PointerEvent("pointerover", {bubbles: true}))`, nil)
	b.want(`document.querySelectorAll(".tracing .near").length + " " + document.querySelectorAll("#view-d3 .w[data-from=orders], #view-d3 .w[data-to=orders]").length`, "6 6")
	b.eval(`view.stage.dispatchEvent(new PointerEvent("pointerleave"))`, nil)
	b.want(`document.querySelectorAll(".tracing, .near").length`, 0)
	b.quiet(address)
}

// TestPageZooms zooms about the mouse, and keeps what a reader chose when the
// window changes.
func TestPageZooms(t *testing.T) {
	b := openBrowser(t)
	b.size(1400, 1000)
	_, address := webPage(t, "analyze", "../../examples/self")
	b.open(address)
	b.eval(`steer(1.5); view.stage.scrollTo(200, 150); at = {x: 300, y: 200}; under = () => [(view.stage.scrollLeft + at.x) / view.scale, (view.stage.scrollTop + at.y) / view.scale]; was = under(); 0`, nil)
	for range 3 {
		b.eval(`{ const box = view.stage.getBoundingClientRect(); view.stage.dispatchEvent(new WheelEvent("wheel", {deltaY: -60, ctrlKey: true, clientX: box.left + at.x, clientY: box.top + at.y, bubbles: true, cancelable: true})) }`, nil)
	}
	b.want(`view.scale > 2.5`, true)
	b.want(`under().every((x, i) => Math.abs(x - was[i]) < 2)`, true)
	b.eval(`chosen = view.scale; 0`, nil)
	b.size(900, 800)
	b.want(`view.scale === chosen`, true)
	b.click("[data-zoom=fit]")
	b.want(`view.picture.getBoundingClientRect().width <= view.stage.clientWidth + 1 && view.picture.getBoundingClientRect().height <= view.stage.clientHeight + 1`, true)
	b.quiet(address)
}

// TestLargePageSaysWhatItLeavesOut makes a page of more services than a picture
// can show.
func TestLargePageSaysWhatItLeavesOut(t *testing.T) {
	var text strings.Builder
	text.WriteString("system: large\nservices:\n")
	for i := range 400 {
		fmt.Fprintf(&text, "  s%d: {owner: t%d, depends_on: [s%d]}\n", i, i/40, i+1)
	}
	text.WriteString("  s400: {owner: t9}\njourneys:\n")
	for i := range 5 {
		fmt.Fprintf(&text, "  j%d: {entry: s%d}\n", i, 395+i)
	}
	file := filepath.Join(t.TempDir(), "architecture.yaml")
	if err := os.WriteFile(file, []byte(text.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	page, _ := webPage(t, "analyze", file)
	data, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`>Services</button>`, `>Teams</button>`, "Too large to be read here, and left out: units, surge, timeline, journey, matrix, scatter.", "folded to 10 teams", "Only the first 3 of 5 journeys"} {
		if !strings.Contains(string(data), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if n := strings.Count(string(data), `role="tab"`); n != 2 {
		t.Errorf("%d views, not 2", n)
	}
	if len(data) > 1<<20 {
		t.Errorf("the page has %d bytes", len(data))
	}
}

// everyPage makes a page of each kind.
func everyPage(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, args := range [][]string{{"analyze", "../../examples/shop"}, {"analyze", "../../examples/bank"}, {"compare", "../../examples/shop"}, {"diff", "../../examples/shop", "../../examples/bank"}} {
		_, address := webPage(t, args...)
		out = append(out, address)
	}
	return out
}

// TestPagesFitAPhone holds pages to the width of a telephone, and everything to
// be touched to 24 pixels each way (WCAG 2.2, 2.5.8). Names in rows and what
// stands in a picture are as large as their rows and zoom make them.
func TestPagesFitAPhone(t *testing.T) {
	b := openBrowser(t)
	b.size(390, 844)
	for _, address := range everyPage(t) {
		b.open(address)
		b.want(`document.documentElement.scrollWidth`, 390)
		b.want(`[...document.querySelectorAll("a, button, input")].filter((e) => { const r = e.getBoundingClientRect(); return !e.closest("svg, .skip") && e.checkVisibility({visibilityProperty: true}) && (r.width < 24 || r.height < 24) }).map((e) => e.outerHTML).join("\n")`, "")
		b.want(`[...document.querySelectorAll("button, input, [role=button], [role=tab]")].filter((e) => !(e.getAttribute("aria-label") || e.textContent).trim()).map((e) => e.outerHTML).join("\n")`, "")
		b.quiet(address)
	}
}

// TestPagesCanBeRead measures the contrast of all text that is not in a picture
// (WCAG 2.2, 1.4.3), in both themes.
func TestPagesCanBeRead(t *testing.T) {
	b := openBrowser(t)
	b.size(1400, 1000)
	for _, address := range everyPage(t) {
		b.open(address)
		for _, theme := range []string{"light", "dark"} {
			b.eval(fmt.Sprintf(`document.documentElement.dataset.theme = %q; fail(data.designs[0].nodes[0].id)`, theme), nil)
			b.want(`(() => {
				const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);
				const light = (colour) => numbers(colour).slice(0, 3).map((v) => v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
				const ground = (e) => { const c = getComputedStyle(e).backgroundColor; return e.parentElement && numbers(c)[3] === 0 ? ground(e.parentElement) : c };
				return [...document.querySelectorAll("body *:not(script)")].filter((e) => {
					if (e.closest("svg") || !e.checkVisibility({visibilityProperty: true}) || ![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) return false;
					const [a, b] = [light(getComputedStyle(e).color), light(ground(e))];
					return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5;
				}).map((e) => e.outerHTML.slice(0, 80)).join("\n");
			})()`, "")
		}
		b.quiet(address)
	}
}

// TestPageOnPaper shows every view, and heads that are repeated on every sheet.
func TestPageOnPaper(t *testing.T) {
	b := openBrowser(t)
	_, address := webPage(t, "analyze", "../../examples/shop")
	b.open(address)
	b.call("Emulation.setEmulatedMedia", map[string]any{"media": "print"})
	b.want(`views.filter((v) => v.stage.checkVisibility({visibilityProperty: true}) && v.picture.getBoundingClientRect().height > 100).length`, 9)
	b.want(`[...document.querySelectorAll(".tools, nav, #theme, .impact")].filter((e) => e.checkVisibility()).length`, 0)
	b.want(`[...document.querySelectorAll("thead")].every((e) => getComputedStyle(e).display === "table-header-group" && [...e.querySelectorAll("button")].every((x) => getComputedStyle(x).display === "contents"))`, true)
	b.want(`[...document.querySelectorAll("tr")].every((e) => getComputedStyle(e).breakInside === "avoid")`, true)
	b.eval(`fail("payments")`, nil)
	b.want(`document.querySelector(".impact").checkVisibility()`, true)
	b.quiet(address)
}

// TestDiffPage fails things as they were and as they are.
func TestDiffPage(t *testing.T) {
	b := openBrowser(t)
	dir := t.TempDir()
	old, now := filepath.Join(dir, "old.yaml"), filepath.Join(dir, "new.yaml")
	for name, text := range map[string]string{
		old: "system: s\nservices:\n  shop: {depends_on: [pay]}\n  pay: {}\n  mail: {}\n  gone: {depends_on: [mail]}\n",
		now: "system: s\nservices:\n  shop: {depends_on: [pay, mail]}\n  pay: {}\n  mail: {}\n  fresh: {depends_on: [shop]}\n",
	} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	page, address := webPage(t, "diff", old, now)
	inert(t, page)
	guarded(t, page)
	offline(t, page)
	b.open(address)
	b.want(`["fresh", "gone", "mail"].map((id) => document.getElementById("d1-n-" + id).getAttribute("class") + ": " + document.getElementById("d1-n-" + id).getAttribute("aria-label")).join("; ")`,
		"v add: fresh, service, added: fail it; v gone: gone, service, removed: fail it; v: mail, service: fail it")
	b.want(`getComputedStyle(document.querySelector("#d1-n-fresh .k")).strokeWidth`, "2.6px")
	b.click("#d1-n-mail")
	said := `[...document.querySelectorAll(".impact > div")].map((e) => e.querySelector("h3, h4").textContent + ": " + (e.querySelector("p") || {}).textContent).join("; ")`
	b.want(said, "mail fails: undefined; "+old+": 1 of 3 other services goes down; "+now+": 2 of 3 other services go down")
	b.want(`document.querySelectorAll(".picked").length + " " + document.querySelectorAll(".v.down, .v.failed").length`, "1 0")
	b.click("#d1-n-fresh")
	b.want(said, "fresh fails: undefined; "+old+": has no fresh; "+now+": 0 of 3 other services go down")
	b.key("Escape")
	b.want(`document.querySelector(".impact h3").textContent`, "What if it fails?")
	b.want(`document.querySelector(".cards .big").textContent`, "5")
	b.size(390, 844)
	b.open(address)
	b.want(`(() => { const at = document.querySelector(".v:is(.add, .gone)").getBoundingClientRect(), box = view.stage.getBoundingClientRect(); return at.left >= box.left && at.right <= box.right })()`, true)
	b.quiet(address)

	page, address = webPage(t, "diff", old, old)
	inert(t, page)
	b.open(address)
	b.want(`document.querySelectorAll(".picture").length + document.querySelector("main").textContent.trim()`, "0nothing differs")
	b.quiet(address)
}
