package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/taut-dev/taut/render/layout"
)

// engine places graphs.
type engine struct {
	name    string
	version string
	runs    int // how often a picture is placed to take the time: the fastest counts
	place   func(layout.Graph) (layout.Result, error)
}

// engines lists what is compared, ours first. done removes what was built.
func engines(wasm bool) (list []engine, done func(), err error) {
	done = func() {}
	list = append(list, engine{"taut", "this repository", 9, func(g layout.Graph) (layout.Result, error) {
		return layout.Layered(g, layout.Options{}), nil
	}})
	said, err := exec.Command("dot", "-V").CombinedOutput()
	if err != nil {
		return nil, done, fmt.Errorf("dot is needed: apt-get install graphviz: %w", err)
	}
	version := strings.TrimPrefix(strings.TrimSpace(string(said)), "dot - graphviz version ")
	list = append(list, engine{"dot", "Graphviz " + version, 3, native})
	if !wasm {
		return list, done, nil
	}
	dir, err := os.MkdirTemp("", "taut-layout-*")
	if err != nil {
		return nil, done, err
	}
	done = func() { os.RemoveAll(dir) }
	program := filepath.Join(dir, "taut-graphviz")
	if said, err := exec.Command("go", "build", "-o", program, "./cmd/taut-graphviz").CombinedOutput(); err != nil {
		return nil, done, fmt.Errorf("taut-graphviz: %w: %s", err, said)
	}
	list = append(list, engine{"taut-graphviz", "the same as `--engine dot`", 1, func(g layout.Graph) (layout.Result, error) { return child(program, dir, g) }})
	return list, done, nil
}

// measure places a graph and counts; the time is in milliseconds.
func measure(e engine, g layout.Graph) (q layout.Quality, up int, took float64, err error) {
	for k := range e.runs {
		start := time.Now()
		r, err := e.place(g)
		if err != nil {
			return q, up, took, err
		}
		if t := float64(time.Since(start).Microseconds()) / 1000; k == 0 || t < took {
			took = t
		}
		q, up = layout.Measure(g, r), upwards(r)
	}
	return q, up, took, nil
}

// upwards counts the lines that end plainly above their start.
func upwards(r layout.Result) int {
	n := 0
	for _, e := range r.Edges {
		if k := len(e.Points); k > 0 && e.Points[k-1].Y < e.Points[0].Y-plainly {
			n++
		}
	}
	return n
}

// child places a graph with the program that "taut render --engine dot" starts.
func child(program, cache string, g layout.Graph) (r layout.Result, err error) {
	input, err := json.Marshal(g)
	if err != nil {
		return r, err
	}
	cmd := exec.Command(program)
	cmd.Env = []string{"TMPDIR=" + cache}
	cmd.Stdin = bytes.NewReader(input)
	out, err := cmd.Output()
	if err != nil {
		return r, err
	}
	return r, json.Unmarshal(out, &r)
}

const inch = 72

// native places a graph with dot: the same sizes, the same distances between
// boxes and rows as ours, clusters for frames, boxes of fixed size for labels.
func native(g layout.Graph) (layout.Result, error) {
	cmd := exec.Command("dot", "-Tjson0")
	cmd.Stdin = bytes.NewReader(text(g))
	out, err := cmd.Output()
	if err != nil {
		return layout.Result{}, err
	}
	return read(g, out)
}

// text writes a graph in dot's language.
func text(g layout.Graph) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "digraph g {\ngraph [compound=true, nodesep=%.4f, ranksep=%.4f];\nnode [shape=box, fixedsize=true, label=\"\"];\nedge [arrowhead=none];\n", 24.0/inch, 44.0/inch)
	var frame func(f int)
	frame = func(f int) {
		fmt.Fprintf(&b, "subgraph cluster_%d {\nmargin=14;\nlabel=%s;\n", f, blank(g.Frames[f].TitleW, g.Frames[f].TitleH))
		members(&b, g, f)
		for i, x := range g.Frames {
			if x.Parent == f {
				frame(i)
			}
		}
		fmt.Fprint(&b, "}\n")
	}
	for f, x := range g.Frames {
		if x.Parent < 0 {
			frame(f)
		}
	}
	members(&b, g, layout.None)
	for i, e := range g.Edges {
		from, tail := end(g, e.From)
		to, head := end(g, e.To)
		if from < 0 || to < 0 {
			continue
		}
		fmt.Fprintf(&b, "n%d -> n%d [id=e%d%s%s", from, to, i, tail.attribute("ltail"), head.attribute("lhead"))
		if e.LabelW > 0 {
			fmt.Fprintf(&b, ", label=%s", blank(e.LabelW, e.LabelH))
		}
		fmt.Fprint(&b, "];\n")
	}
	fmt.Fprint(&b, "}\n")
	return b.Bytes()
}

// members writes the nodes that are directly in a frame.
func members(b *bytes.Buffer, g layout.Graph, f int) {
	for i, n := range g.Nodes {
		if n.Frame == f {
			fmt.Fprintf(b, "n%d [width=%.4f, height=%.4f];\n", i, n.W/inch, n.H/inch)
		}
	}
}

// blank is a label of a size.
func blank(w, h float64) string {
	return fmt.Sprintf(`<<table border="0" cellborder="0" cellspacing="0" cellpadding="0" fixedsize="true" width="%.0f" height="%.0f"><tr><td></td></tr></table>>`, w, h)
}

// cluster is the frame that an edge ends at; None: a node.
type cluster int

func (c cluster) attribute(name string) string {
	if c < 0 {
		return ""
	}
	return fmt.Sprintf(", %s=cluster_%d", name, c)
}

// end is the node that an edge ends at; of a frame, one inside it.
func end(g layout.Graph, x int) (int, cluster) {
	if x >= 0 {
		return x, layout.None
	}
	outer := layout.FrameEnd(x)
	for i, n := range g.Nodes {
		for f := n.Frame; f >= 0; f = g.Frames[f].Parent {
			if f == outer {
				return i, cluster(outer)
			}
		}
	}
	return layout.None, layout.None
}

// answer is what dot gives as JSON: objects are clusters and nodes.
type answer struct {
	BB      string
	Objects []struct{ Name, Pos, BB, LP, LWidth, LHeight string }
	Edges   []struct{ ID, Pos, LP string }
}

// read takes the places out of dot's answer; its y grows upwards.
func read(g layout.Graph, data []byte) (layout.Result, error) {
	r := layout.Result{Nodes: make([]layout.Rect, len(g.Nodes)), Edges: make([]layout.Path, len(g.Edges)),
		Frames: make([]layout.Rect, len(g.Frames)), Titles: make([]layout.Rect, len(g.Frames))}
	var a answer
	if err := json.Unmarshal(data, &a); err != nil {
		return r, err
	}
	box := numbers(a.BB)
	if len(box) != 4 {
		return r, fmt.Errorf("no size in %q", a.BB)
	}
	r.W, r.H = box[2]-box[0], box[3]-box[1]
	centred := func(at string, w, h float64) layout.Rect {
		p := numbers(at)
		if len(p) != 2 || w == 0 {
			return layout.Rect{}
		}
		return layout.Rect{X: p[0] - w/2, Y: r.H - p[1] - h/2, W: w, H: h}
	}
	for _, o := range a.Objects {
		if f, ok := index(o.Name, "cluster_", len(g.Frames)); ok {
			if b := numbers(o.BB); len(b) == 4 {
				r.Frames[f] = layout.Rect{X: b[0], Y: r.H - b[3], W: b[2] - b[0], H: b[3] - b[1]}
			}
			r.Titles[f] = centred(o.LP, g.Frames[f].TitleW, g.Frames[f].TitleH)
		} else if i, ok := index(o.Name, "n", len(g.Nodes)); ok {
			r.Nodes[i] = centred(o.Pos, g.Nodes[i].W, g.Nodes[i].H)
		}
	}
	for _, e := range a.Edges {
		i, ok := index(e.ID, "e", len(g.Edges))
		if !ok {
			continue
		}
		p := numbers(e.Pos)
		for k := 0; k+1 < len(p); k += 2 {
			r.Edges[i].Points = append(r.Edges[i].Points, layout.Point{X: p[k], Y: r.H - p[k+1]})
		}
		r.Edges[i].Curve = true
		r.Edges[i].Label = centred(e.LP, g.Edges[i].LabelW, g.Edges[i].LabelH)
	}
	return r, nil
}

// index is the number in a name, if it is the name of one of n things.
func index(name, prefix string, n int) (int, bool) {
	rest, ok := strings.CutPrefix(name, prefix)
	i, err := strconv.Atoi(rest)
	return i, ok && err == nil && i >= 0 && i < n
}

// numbers reads all numbers of a text; nothing where one is none.
func numbers(text string) []float64 {
	var out []float64
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' }) {
		x, err := strconv.ParseFloat(w, 64)
		if err != nil {
			return nil
		}
		out = append(out, x)
	}
	return out
}
