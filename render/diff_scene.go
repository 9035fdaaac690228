package render

import (
	"context"
	"fmt"

	"github.com/taut-dev/taut/analyze/diff"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/render/scene"
)

// DiffScene is the picture of both versions in one.
func DiffScene(d Diff) scene.Scene {
	r := d.Result
	union, both := r.Union(d.Limits)
	marks := r.Marks()
	word := func(op diff.Op) scene.Change {
		return [...]scene.Change{diff.Added: scene.Added, diff.Removed: scene.Removed, diff.Changed: scene.Modified}[op]
	}
	shown := scene.Marks{Nodes: map[string]scene.Change{}, Edges: map[[2]string]scene.Change{}}
	for id, op := range marks.Nodes {
		shown.Nodes[id] = word(op)
	}
	for ends, op := range marks.Edges {
		shown.Edges[ends] = word(op)
	}
	s := scene.Overlay(metric.NewFacts(context.Background(), union, metric.Options{}), shown, scene.Options{MaxNodes: d.Limits.DrawnNodes, MaxEdges: d.Limits.DrawnEdges})
	s.Headlines = diffHeadlines(d)
	if !both {
		s.Messages = append(s.Messages, "what was removed does not fit into one picture with what is new, and is left out")
	}
	return s
}

// diffHeadlines are the numbers over the picture: the failure and the measure
// that changed most, and how much changed.
func diffHeadlines(d Diff) []scene.Headline {
	v := &diffView{Diff: d, r: d.Result}
	tones := [...]scene.Tone{diff.Neither: scene.Plain, diff.Better: scene.Better, diff.Worse: scene.Worse}
	var out []scene.Headline
	if len(v.r.Failures) > 0 {
		if f := &v.r.Failures[0]; f.Op == diff.Changed && f.Old.Down != f.New.Down {
			out = append(out, scene.Headline{Value: fmt.Sprintf("%d → %d of %d", f.Old.Down, f.New.Down, f.New.Others),
				Caption: "others down with " + f.Label, Tone: tones[f.Verdict()]})
		}
	}
	worse, better := v.r.Verdicts(d.Tolerance)
	if worse > 0 {
		out = append(out, scene.Headline{Value: fmt.Sprint(worse), Caption: verbFor(worse, "measure", "measures") + " worse", Tone: scene.Worse})
	}
	if better > 0 {
		out = append(out, scene.Headline{Value: fmt.Sprint(better), Caption: verbFor(better, "measure", "measures") + " better", Tone: scene.Better})
	}
	return append(out, scene.Headline{Value: fmt.Sprint(len(v.r.Changes)), Caption: verbFor(len(v.r.Changes), "change", "changes") + " in all"})
}
