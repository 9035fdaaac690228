package svg

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/render/scene"
)

// TestLegendShowsExactlyWhatOccurs compares the legend of each view with the
// classes of what is painted above it.
func TestLegendShowsExactlyWhatOccurs(t *testing.T) {
	signs := map[string]string{ // entry of the legend → what it stands for in the rest of the file
		"impact-failed": `class="v failed"`, "impact-down": `class="v down"`, "impact-waits": `class="v wait"`, "impact-partly works": `class="v part"`,
		"kind-function": `data-kind="function"`, "kind-store": `data-kind="store"`, "kind-channel": `data-kind="channel"`, "kind-queue": `data-kind="queue"`,
		"kind-external": `data-kind="external"`, "kind-platform": `data-kind="platform"`, "frame-unit": `class="frame u`, "copies": `class="pill"`, "copies-more": `class="pill grew"`,
		"icon-entry": string(entryIcon), "icon-server": string(serverIcon), "icon-managed": string(managedIcon),
		"edge-call it can do without": `class="e soft`, "edge-event": `class="e event`, "edge-uses a store": `class="e use`,
		"edge-internals": `e gap`, "edge-cross": `class="e cross"`, "edge-width": `class="e w`,
		"mark-needs": `class="m"`, "mark-can do without": `class="m soft"`, "mark-takes events of": `class="m event"`, "cycle": `class="cyc"`,
		"frame-bound": `class="frame bound`, "edge-ties": ` tie"`, "need-must work": ` must"`, "need-can do without it": ` spare"`, "need-works later": ` late"`,
		"carries-down": ` c4"`, "carries-partly works": ` c3"`, "carries-waits": ` c2"`,
		"time-demand": `class="dm"`, "time-overload": `class="ov"`, "time-held": `class="hb"`, "time-waiting": `class="wt"`,
	}
	for name, data := range pictures(t, Light) {
		_, body, _ := strings.Cut(string(data), "</defs>")
		cut := strings.Index(body, `id="legend"`)
		legend, rest := body[cut:], body[:cut]
		if !strings.HasSuffix(name, "compare") { // the drawing follows the legend
			_, rest, _ = strings.Cut(legend, "</text>\n<g transform")
			legend = strings.TrimSuffix(legend, rest)
		}
		for key, sign := range signs {
			shown, occurs := strings.Contains(legend, `data-legend="`+key+`"`), strings.Contains(rest, sign)
			if shown != occurs {
				t.Errorf("%s: legend has %s: %v; the picture has it: %v", name, key, shown, occurs)
			}
		}
	}
}

func TestLegendNamesTheTeams(t *testing.T) {
	f := metric.NewFacts(context.Background(), example(t, "shop"), metric.Options{})
	s, err := scene.Views()[0].Build(f, scene.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := Write(&b, &s, Options{}); err != nil {
		t.Fatal(err)
	}
	var teams []string
	for _, e := range elements(t, b.Bytes()) {
		if key := get(e, "data-legend"); strings.HasPrefix(key, "group-") {
			teams = append(teams, key[6:])
		}
	}
	if want := []string{"web", "catalogue", "checkout", "logistics"}; !slices.Equal(teams, want) {
		t.Errorf("got %v, want %v", teams, want)
	}
}
