package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/model/design"
	"github.com/taut-dev/taut/model/importer"
	"github.com/taut-dev/taut/render/layout"
	"github.com/taut-dev/taut/render/scene"
	"github.com/taut-dev/taut/render/svg"
)

// group is where a system comes from.
type group int

const (
	examples group = iota
	real
	made
	groups
)

func (g group) String() string { return [...]string{"examples", "real systems", "made systems"}[g] }

// picture is one view of one system, as the layout gets it.
type picture struct {
	name   string
	group  group
	view   string
	system *model.System
	graph  layout.Graph
	ids    []string // of the graph's nodes
}

// collect draws all systems. Of pictures with equal graphs the first stays, and
// what has no line is nothing to compare.
func collect(root string) ([]picture, error) {
	var all []picture
	seen := map[string]bool{}
	add := func(name string, g group, view string, s *model.System) error {
		p, err := draw(s, view)
		if err != nil || len(p.graph.Edges) == 0 {
			return err
		}
		p.name, p.group = name, g
		key, err := json.Marshal(p.graph)
		if err == nil && !seen[string(key)] {
			seen[string(key)] = true
			all = append(all, p)
		}
		return err
	}
	if err := ours(add); err != nil {
		return nil, err
	}
	if _, err := os.Stat(root); err != nil {
		fmt.Fprintf(os.Stderr, "layout: no real systems: %s is absent\n", root)
	} else if err := others(root, add); err != nil {
		return nil, err
	}
	for _, n := range []int{12, 20, 40, 80} {
		for _, tangled := range []bool{false, true} {
			for _, framed := range []bool{false, true} {
				name, text := invent(n, tangled, framed)
				s, found := model.Parse(name, []byte(text), model.Limits{})
				if s == nil {
					return nil, fmt.Errorf("%s: %v", name, found[0].Message)
				}
				if err := add(name, made, "services", s); err != nil {
					return nil, err
				}
			}
		}
	}
	return all, nil
}

type adder func(name string, g group, view string, s *model.System) error

// ours adds every design of the examples in the views that are drawn with lines.
func ours(add adder) error {
	files, err := filepath.Glob("examples/*/architecture.yaml")
	if err != nil {
		return err
	}
	for _, file := range files {
		dir := filepath.Dir(file)
		base, found := model.Load(os.DirFS(dir), filepath.Base(file), model.LoadOptions{})
		if base == nil {
			return fmt.Errorf("%s: %v", file, found[0].Message)
		}
		ids := []string{design.Base}
		for _, d := range base.Designs {
			ids = append(ids, d.ID)
		}
		for _, id := range ids {
			s, found := design.Apply(base, id, model.Limits{})
			if s == nil {
				return fmt.Errorf("%s, %s: %v", file, id, found[0].Message)
			}
			for _, view := range []string{"services", "units", "teams"} {
				if view == "teams" && !slices.ContainsFunc(s.Services, func(x *model.Service) bool { return x.Owner != "" }) {
					continue // there are none to draw
				}
				name := strings.Join([]string{filepath.Base(dir), id, view}, " ")
				if err := add(name, examples, view, s); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// others adds every file of a folder that taut reads or imports.
func others(root string, add adder) error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		ext := filepath.Ext(path)
		if err != nil || !d.Type().IsRegular() || ext != ".yaml" && ext != ".yml" && ext != ".json" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		s, _ := model.Parse(path, data, model.Limits{})
		if s == nil {
			s = imported(path, data)
		}
		if s == nil {
			return nil
		}
		name, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		return add(filepath.ToSlash(name), real, "services", s)
	})
}

// imported reads a file of another format with the .env beside it; nil: it is in
// none that is known, or broken.
func imported(path string, data []byte) *model.System {
	files := []importer.File{{Name: filepath.ToSlash(path), Data: data}}
	env := filepath.Join(filepath.Dir(path), ".env")
	if data, err := os.ReadFile(env); err == nil {
		files = append(files, importer.File{Name: filepath.ToSlash(env), Data: data})
	}
	format, ok := importer.Detect(files)
	if !ok {
		return nil
	}
	result, _ := format.Import(files, importer.Options{})
	return result.System
}

// draw takes a system the way of every picture and keeps what the layout is asked.
func draw(s *model.System, view string) (picture, error) {
	p := picture{view: view, system: s}
	i := slices.IndexFunc(scene.Views(), func(v scene.View) bool { return v.ID == view })
	drawn, err := scene.Views()[i].Build(metric.NewFacts(context.Background(), s, metric.Options{}), scene.Options{})
	if err != nil {
		return p, err
	}
	for _, n := range drawn.Drawing.Nodes {
		if n.Kind != scene.Platform { // drawn as a line below everything
			p.ids = append(p.ids, n.ID)
		}
	}
	err = svg.Write(io.Discard, &drawn, svg.Options{Place: func(g layout.Graph, o layout.Options) (layout.Result, error) {
		p.graph = g
		return layout.Layered(g, o), nil
	}})
	if err == nil && len(p.ids) != len(p.graph.Nodes) && len(p.graph.Nodes) > 0 {
		err = fmt.Errorf("%d names for %d nodes", len(p.ids), len(p.graph.Nodes))
	}
	return p, err
}

// invent writes a system like those that grow: services call older ones, most in
// their own domain, the popular ones most; some calls go back. A tangled one has
// twice the lines.
func invent(n int, tangled, framed bool) (name, text string) {
	r := rand.New(rand.NewPCG(uint64(n), 11))
	domains, edges := max(3, n/10), n*13/10
	name = fmt.Sprintf("made %d", n)
	if tangled {
		edges, name = n*5/2, name+" tangled"
	}
	if framed {
		name += " in domains"
	}
	calls := make([][]int, n)
	popular := []int{0}
	for k := range edges {
		u := 1 + (k+r.IntN(3))%(n-1)
		v := popular[r.IntN(len(popular))]
		switch at := r.IntN(10); {
		case at < 6:
			v = u%domains + r.IntN(u/domains+1)*domains
		case at < 8:
			v = r.IntN(u)
		}
		if u == v || slices.Contains(calls[u], v) || slices.Contains(calls[v], u) {
			continue
		}
		popular = append(popular, v)
		if r.IntN(20) == 0 {
			u, v = v, u
		}
		calls[u] = append(calls[u], v)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "version: 1\nsystem: %s\nservices:\n", name)
	for u, to := range calls {
		fmt.Fprintf(&b, "  service-%d:\n", u)
		if framed {
			fmt.Fprintf(&b, "    domain: domain-%d\n", u%domains)
		}
		if len(to) == 0 {
			fmt.Fprint(&b, "    exposed: false\n")
			continue
		}
		fmt.Fprint(&b, "    depends_on:\n")
		for _, v := range to {
			fmt.Fprintf(&b, "      - {to: service-%d}\n", v)
		}
	}
	return name, b.String()
}
