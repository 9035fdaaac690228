package svg

import (
	"bytes"
	"strings"
	"testing"

	"github.com/taut-dev/taut/render/scene"
)

// TestOverlay: what changed is told by words, signs and classes, each with its
// line in the legend; a picture in which nothing changed pays nothing for it.
func TestOverlay(t *testing.T) {
	picture := func(changes ...scene.Change) string {
		s := scene.Scene{Title: "s", Subtitle: "what changed"}
		for i, ch := range changes {
			id := string(rune('a' + i))
			s.Drawing.Nodes = append(s.Drawing.Nodes, scene.Node{ID: id, Label: id, Group: -1, Frame: -1, Attach: -1, Replicas: 1, Change: ch})
			if i > 0 {
				s.Drawing.Edges = append(s.Drawing.Edges, scene.Edge{From: 0, To: i, Calls: 1, Change: ch})
			}
		}
		var b bytes.Buffer
		if err := Write(&b, &s, Options{}); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	out := picture(scene.Unchanged, scene.Added, scene.Removed, scene.Modified)
	for ch := scene.Added; ch <= scene.Modified; ch++ {
		word, kind := ch.Word(), string(changeClass(ch))
		for _, want := range []string{" (" + word + ")</title>", `class="band ` + kind + `"`, `class="sg ` + kind + `"`, `data-legend="change-` + word + `"`, ".band." + kind} {
			if !strings.Contains(out, want) {
				t.Errorf("%s: no %s", word, want)
			}
		}
		if ch.Sign() == "" {
			t.Errorf("%s has no sign", word)
		}
	}
	if plain := picture(scene.Unchanged, scene.Unchanged); strings.Contains(plain, "band") || strings.Contains(plain, "change-") || strings.Contains(plain, `class="sg`) {
		t.Error("a picture of one version carries what only an overlay needs")
	}
}
