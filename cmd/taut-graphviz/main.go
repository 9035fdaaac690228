// Command taut-graphviz places a graph with Graphviz for "taut render --engine
// dot". It reads a layout.Graph as JSON from standard input and writes a
// layout.Result as JSON to standard output.
//
// It is a program of its own because Graphviz runs as WebAssembly: linking it
// would make every start of taut compile it, and a graph that takes it too long
// can be stopped only by ending its process.
package main

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"

	"github.com/goccy/go-graphviz"

	"github.com/taut-dev/taut/render/layout"
)

// inputLimit is the most that is read, in bytes: many times the largest graph
// that Graphviz places in reasonable time.
const inputLimit = 16 << 20

func main() {
	if err := run(os.Stdin, os.Stdout, os.Getenv("TAUT_GRAPHVIZ_MEMORY")); err != nil {
		fmt.Fprintln(os.Stderr, "taut-graphviz:", err)
		os.Exit(1)
	}
}

func run(in io.Reader, out io.Writer, memory string) error {
	if memory != "" {
		bytes, err := strconv.ParseUint(memory, 10, 64)
		if err != nil {
			return fmt.Errorf("TAUT_GRAPHVIZ_MEMORY: %w", err)
		}
		if err := limitMemory(bytes); err != nil {
			return err
		}
	}
	data, err := io.ReadAll(io.LimitReader(in, inputLimit))
	if err != nil {
		return err
	}
	var g layout.Graph
	if err := json.Unmarshal(data, &g); err != nil {
		return fmt.Errorf("the input is no graph: %w", err)
	}
	placed, err := place(g)
	if err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(placed)
}

// place lets Graphviz lay the graph out and reads the coordinates back.
func place(g layout.Graph) (layout.Result, error) {
	if err := check(g); err != nil {
		return layout.Result{}, err
	}
	ctx := context.Background()
	// No attribute that we write names a file; an empty file system makes sure.
	graphviz.SetFileSystem(embed.FS{})
	gv, err := graphviz.New(ctx)
	if err != nil {
		return layout.Result{}, err
	}
	parsed, err := graphviz.ParseBytes(dot(g))
	if err != nil {
		return layout.Result{}, err
	}
	var b bytes.Buffer
	if err := gv.Render(ctx, parsed, graphviz.Format("json"), &b); err != nil {
		return layout.Result{}, err
	}
	return read(g, b.Bytes())
}

// check refuses indices that point nowhere: the input may be anybody's.
func check(g layout.Graph) error {
	for i, n := range g.Nodes {
		if n.Frame >= len(g.Frames) || n.Attach >= len(g.Nodes) || !(n.W >= 0 && n.W < 1e5 && n.H >= 0 && n.H < 1e5) {
			return fmt.Errorf("node %d is out of range", i)
		}
	}
	for i, e := range g.Edges {
		if !exists(g, e.From) || !exists(g, e.To) {
			return fmt.Errorf("edge %d is out of range", i)
		}
	}
	for i, f := range g.Frames {
		if f.Parent >= i {
			return fmt.Errorf("frame %d does not come after its parent", i)
		}
	}
	return nil
}

func exists(g layout.Graph, end int) bool {
	if end <= layout.FrameEnd(0) {
		return layout.FrameEnd(end) < len(g.Frames)
	}
	return end >= 0 && end < len(g.Nodes)
}
