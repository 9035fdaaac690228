package main

import (
	"bytes"
	"fmt"

	"github.com/taut-dev/taut/render/layout"
)

// pointsPerInch converts: Graphviz takes sizes in inches.
const pointsPerInch = 72.0

// dot writes the graph in Graphviz's language. Ids are made of indices, and no
// text of a stranger is in it.
func dot(g layout.Graph) []byte {
	var b bytes.Buffer
	b.WriteString("digraph g {\ngraph [rankdir=TB, compound=true, mclimit=0.1, nslimit=0.5, nslimit1=0.5, nodesep=0.35, ranksep=0.6];\nnode [shape=box, fixedsize=true, label=\"\"];\n")
	for i, f := range g.Frames {
		if f.Parent < 0 {
			writeFrame(&b, g, i)
		}
	}
	for i, n := range g.Nodes {
		if n.Frame < 0 {
			writeNode(&b, i, n)
		}
	}
	for i, e := range g.Edges {
		from, tail := end(g, e.From)
		to, head := end(g, e.To)
		if from < 0 || to < 0 {
			continue
		}
		fmt.Fprintf(&b, "n%d -> n%d [id=e%d", from, to, i)
		if tail >= 0 {
			fmt.Fprintf(&b, ", ltail=cluster_%d", tail)
		}
		if head >= 0 {
			fmt.Fprintf(&b, ", lhead=cluster_%d", head)
		}
		b.WriteString("];\n")
	}
	b.WriteString("}\n")
	return b.Bytes()
}

func writeNode(b *bytes.Buffer, i int, n layout.Node) {
	fmt.Fprintf(b, "n%d [width=%.4f, height=%.4f];\n", i, n.W/pointsPerInch, n.H/pointsPerInch)
}

func writeFrame(b *bytes.Buffer, g layout.Graph, f int) {
	pad := g.Frames[f].Pad
	if pad == 0 {
		pad = 14
	}
	fmt.Fprintf(b, "subgraph cluster_%d {\nmargin=%.2f;\n", f, pad+g.Frames[f].TitleH)
	for i, n := range g.Nodes {
		if n.Frame == f {
			writeNode(b, i, n)
		}
	}
	for i, x := range g.Frames {
		if x.Parent == f {
			writeFrame(b, g, i)
		}
	}
	b.WriteString("}\n")
}

// end gives the node an edge ends at and, where it ends at a frame, the frame:
// Graphviz then draws it up to the frame's border.
func end(g layout.Graph, x int) (node, frame int) {
	if x >= 0 {
		return x, -1
	}
	frame = layout.FrameEnd(x)
	for i, n := range g.Nodes {
		for f := n.Frame; f >= 0; f = g.Frames[f].Parent {
			if f == frame {
				return i, frame
			}
		}
	}
	return -1, -1
}
