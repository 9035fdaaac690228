// Command layout measures the layout of taut's pictures against Graphviz's dot
// and rewrites docs/layout.md.
//
//	go run ./testdata/layout [-o FILE] [-wasm=false] [-stable=false] [ROOT]
//
// It draws the examples, made systems of a fixed sequence and every file below
// ROOT that taut reads (default ../shared/real; left out where it is absent). Run
// it from the root of the repository, with dot in PATH. Everything but the times
// is the same on every run with the same dot.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/taut-dev/taut/render/layout"
)

func main() {
	page := flag.String("o", "docs/layout.md", "write the page to this file; empty: only print the table")
	wasm := flag.Bool("wasm", true, "measure taut-graphviz too: about a second for each picture")
	steady := flag.Bool("stable", true, "measure how much moves when a service is added")
	flag.Parse()
	root := "../shared/real"
	if flag.NArg() > 0 {
		root = flag.Arg(0)
	}
	if err := run(os.Stdout, root, *page, *wasm, *steady); err != nil {
		fmt.Fprintln(os.Stderr, "layout:", err)
		os.Exit(1)
	}
}

func run(out io.Writer, root, page string, wasm, steady bool) error {
	engines, done, err := engines(wasm)
	if err != nil {
		return err
	}
	defer done()
	if real, err := filepath.EvalSymlinks(root); err == nil {
		root = real
	}
	pictures, err := collect(root)
	if err != nil {
		return err
	}
	var rows []row
	for _, p := range pictures {
		r := row{picture: p}
		for _, e := range engines {
			q, up, took, err := measure(e, p.graph)
			if err != nil {
				return fmt.Errorf("%s, %s: %w", p.name, e.name, err)
			}
			r.quality, r.upwards, r.took = append(r.quality, q), append(r.upwards, up), append(r.took, took)
		}
		if steady {
			for _, e := range engines {
				s, err := steadiness(e, p)
				if err != nil {
					return fmt.Errorf("%s, %s: %w", p.name, e.name, err)
				}
				r.steady = append(r.steady, s)
			}
		}
		fmt.Fprintf(os.Stderr, "%s\n", p.name)
		rows = append(rows, r)
	}
	var b bytes.Buffer
	write(&b, engines, rows)
	if page != "" {
		if err := os.WriteFile(filepath.FromSlash(page), b.Bytes(), 0o644); err != nil {
			return err
		}
	}
	_, err = out.Write(b.Bytes())
	return err
}

// row is one picture with what was measured of it, by engine.
type row struct {
	picture
	quality []layout.Quality
	upwards []int     // lines that end above their start
	took    []float64 // milliseconds
	steady  []steady
}
