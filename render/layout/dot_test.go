package layout

import (
	"bytes"
	"encoding/csv"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

var graphs = flag.String("graphs", "", "compare with dot on the graphs in this folder")

// TestAgainstDot prints the measures of ours and of Graphviz's dot for the graphs
// of a folder of folders, each with nodes.csv and edges.csv.
func TestAgainstDot(t *testing.T) {
	root := *graphs
	if root == "" {
		t.Skip("go test -run AgainstDot -v -graphs DIR compares with Graphviz's dot")
	}
	dirs, err := filepath.Glob(filepath.Join(root, "*", "edges.csv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range dirs {
		dir := filepath.Dir(file)
		for _, framed := range []bool{false, true} {
			g := generated(t, dir, framed)
			start := time.Now()
			r := Layered(g, Options{})
			took := time.Since(start)
			name := fmt.Sprintf("%s framed=%v", filepath.Base(dir), framed)
			if len(g.Nodes) > 1000 {
				t.Logf("%-20s ours %8s", name, took.Round(time.Millisecond/10))
				continue
			}
			t.Logf("%-20s ours %8s %s", name, took.Round(time.Millisecond/10), brief(Measure(g, r)))
			wide := Layered(g, Options{Aspect: 40})
			t.Logf("%-20s wide %8s %s", name, "", brief(Measure(g, wide)))
			if *pictures != "" && len(g.Nodes) <= 200 {
				svg := picture(g, r, nil)
				if err := os.WriteFile(filepath.Join(*pictures, fmt.Sprintf("gen-%s-%v.svg", filepath.Base(dir), framed)), []byte(svg), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if len(g.Nodes) > 200 {
				continue
			}
			start = time.Now()
			d := dot(t, g)
			t.Logf("%-20s dot  %8s %s", name, time.Since(start).Round(time.Millisecond/10), brief(Measure(g, d)))
		}
	}
}

func brief(q Quality) string {
	return fmt.Sprintf("crossings %4d  bends %4d  length %7.0f  area %5.2f M  aspect %4.1f  overlaps %d/%d/%d  through boxes %d", q.Crossings, q.Bends, q.Length, q.Area/1e6, q.Aspect, q.NodeOverlaps, q.FrameViolations, q.LabelOverlaps, q.BoxCrossings)
}

func generated(t *testing.T, dir string, framed bool) Graph {
	t.Helper()
	table := func(name string) [][]string {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return rows[1:]
	}
	var g Graph
	frames := map[string]int{}
	for _, row := range table("nodes.csv") {
		v := Node{W: 110, H: 38, Frame: None, Attach: None}
		if framed {
			f, known := frames[row[3]]
			if !known {
				f = len(g.Frames)
				frames[row[3]] = f
				g.Frames = append(g.Frames, Frame{Parent: None, TitleW: 60, TitleH: 16})
			}
			v.Frame = f
		}
		g.Nodes = append(g.Nodes, v)
	}
	for _, row := range table("edges.csv") {
		from, _ := strconv.Atoi(row[0])
		to, _ := strconv.Atoi(row[1])
		g.Edges = append(g.Edges, Edge{From: from, To: to, Event: row[2] == "async"})
	}
	return g
}

// dot lays a graph out with Graphviz.
func dot(t *testing.T, g Graph) Result {
	t.Helper()
	var b strings.Builder
	b.WriteString("digraph g { nodesep=0.33; ranksep=0.6; node [shape=box fixedsize=true];\n")
	for f := range g.Frames {
		fmt.Fprintf(&b, "subgraph cluster_%d { label=%d;", f, f)
		for i, v := range g.Nodes {
			if v.Frame == f {
				fmt.Fprintf(&b, " n%d;", i)
			}
		}
		b.WriteString("}\n")
	}
	for i, v := range g.Nodes {
		fmt.Fprintf(&b, "n%d [width=%g height=%g];\n", i, v.W/72, v.H/72)
	}
	for i, e := range g.Edges {
		fmt.Fprintf(&b, "n%d -> n%d [label=\"\" id=%d];\n", e.From, e.To, i)
	}
	b.WriteString("}\n")
	cmd := exec.Command("dot", "-Tplain")
	cmd.Stdin = strings.NewReader(b.String())
	out, err := cmd.Output()
	if err != nil {
		t.Skip("no dot: ", err)
	}
	return plain(g, string(out))
}

// plain reads dot's plain format.
func plain(g Graph, text string) Result {
	r := Result{Nodes: make([]Rect, len(g.Nodes)), Edges: make([]Path, len(g.Edges))}
	num := func(s string) float64 {
		v, _ := strconv.ParseFloat(s, 64)
		return v * 72
	}
	byEnds := map[string][]int{}
	for i, e := range g.Edges {
		key := fmt.Sprintf("n%d n%d", e.From, e.To)
		byEnds[key] = append(byEnds[key], i)
	}
	for _, line := range strings.Split(text, "\n") {
		f := strings.Fields(line)
		switch {
		case len(f) > 3 && f[0] == "graph":
			r.W, r.H = num(f[2]), num(f[3])
		case len(f) > 5 && f[0] == "node":
			i, _ := strconv.Atoi(f[1][1:])
			w, h := num(f[4]), num(f[5])
			r.Nodes[i] = Rect{num(f[2]) - w/2, num(f[3]) - h/2, w, h}
		case len(f) > 4 && f[0] == "edge":
			key := f[1] + " " + f[2]
			i := byEnds[key][0]
			byEnds[key] = byEnds[key][1:]
			n, _ := strconv.Atoi(f[3])
			for k := range n {
				r.Edges[i].Points = append(r.Edges[i].Points, Point{num(f[4+2*k]), num(f[5+2*k])})
			}
			r.Edges[i].Curve = true
		}
	}
	return r
}
