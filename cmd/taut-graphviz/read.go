package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/taut-dev/taut/render/layout"
)

// output is what Graphviz's json format gives: objects are clusters and nodes.
type output struct {
	BB      string `json:"bb"`
	Objects []struct {
		Name, Pos, Width, Height, BB string
	} `json:"objects"`
	Edges []struct{ ID, Pos string } `json:"edges"`
}

var errIncomplete = errors.New("graphviz did not place everything")

// read takes the coordinates out of Graphviz's answer and checks that
// everything is there: on some graphs it fails without an error.
func read(g layout.Graph, data []byte) (layout.Result, error) {
	var o output
	if err := json.Unmarshal(data, &o); err != nil {
		return layout.Result{}, fmt.Errorf("graphviz gave no answer that can be read: %w", err)
	}
	box, err := numbers(o.BB, 4)
	if err != nil {
		return layout.Result{}, err
	}
	height := box[3]
	r := layout.Result{W: box[2], H: height, Nodes: make([]layout.Rect, len(g.Nodes)), Edges: make([]layout.Path, len(g.Edges)),
		Frames: make([]layout.Rect, len(g.Frames)), Titles: make([]layout.Rect, len(g.Frames))}
	placed := 0
	for _, x := range o.Objects {
		if i, ok := index(x.Name, "cluster_", len(g.Frames)); ok {
			b, err := numbers(x.BB, 4)
			if err != nil {
				return r, err
			}
			r.Frames[i] = layout.Rect{X: b[0], Y: height - b[3], W: b[2] - b[0], H: b[3] - b[1]}
			r.Titles[i] = layout.Rect{X: b[0] + 12, Y: height - b[3] + 8, W: g.Frames[i].TitleW, H: g.Frames[i].TitleH}
		} else if i, ok := index(x.Name, "n", len(g.Nodes)); ok {
			p, err := numbers(x.Pos, 2)
			if err != nil {
				return r, err
			}
			n := g.Nodes[i]
			r.Nodes[i] = layout.Rect{X: p[0] - n.W/2, Y: height - p[1] - n.H/2, W: n.W, H: n.H}
			placed++
		}
	}
	if placed != len(g.Nodes) {
		return r, errIncomplete
	}
	for _, e := range o.Edges {
		if i, ok := index(e.ID, "e", len(g.Edges)); ok {
			if r.Edges[i], err = spline(e.Pos, height); err != nil {
				return r, err
			}
		}
	}
	return r, nil
}

// spline reads "e,x,y x,y x,y …": an optional arrow point, then a start and
// three points for each piece.
func spline(pos string, height float64) (layout.Path, error) {
	p := layout.Path{Curve: true}
	var tip *layout.Point
	for _, word := range strings.Fields(pos) {
		rest, isTip := strings.CutPrefix(word, "e,")
		rest = strings.TrimPrefix(rest, "s,")
		xy, err := numbers(rest, 2)
		if err != nil {
			return p, err
		}
		point := layout.Point{X: xy[0], Y: height - xy[1]}
		if isTip {
			tip = &point
		} else {
			p.Points = append(p.Points, point)
		}
	}
	if tip != nil && len(p.Points) > 0 {
		last := p.Points[len(p.Points)-1]
		p.Points = append(p.Points, last, *tip, *tip)
		p.Points[len(p.Points)-2] = layout.Point{X: (last.X + tip.X) / 2, Y: (last.Y + tip.Y) / 2}
	}
	if len(p.Points) < 4 {
		return p, errIncomplete
	}
	return p, nil
}

func index(name, prefix string, n int) (int, bool) {
	rest, ok := strings.CutPrefix(name, prefix)
	i, err := strconv.Atoi(rest)
	return i, ok && err == nil && i >= 0 && i < n
}

func numbers(text string, n int) ([]float64, error) {
	words := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' })
	if len(words) != n {
		return nil, errIncomplete
	}
	out := make([]float64, n)
	for i, w := range words {
		x, err := strconv.ParseFloat(w, 64)
		if err != nil {
			return nil, err
		}
		out[i] = x
	}
	return out, nil
}
