package coupling

import (
	"math"
	"slices"

	"github.com/taut-dev/taut/analyze/graph"
)

// Mutual lists the unordered pairs of services that call each other, the
// smaller number first, ascending (SIY: Rud, Schmietendorf and Dumke 2006).
func Mutual(calls *graph.CSR) []graph.Edge {
	var out []graph.Edge
	for u := range int32(calls.Len()) {
		for _, v := range calls.Out(u) {
			if u < v && calls.Has(v, u) {
				out = append(out, graph.Edge{From: u, To: v})
			}
		}
	}
	return out
}

// Degrees gives the number of targets of every node.
func Degrees(c *graph.CSR) []int32 {
	out := make([]int32, c.Len())
	for v := range int32(c.Len()) {
		out[v] = c.Off[v+1] - c.Off[v]
	}
	return out
}

// Gini is the inequality of a distribution, Σ(2i−n−1)·xᵢ ÷ (n·Σxᵢ) over
// ascending x: 0 when all are equal, towards 1 when one has everything;
// undefined when nobody has anything (Gini 1912).
func Gini(x []int32) graph.Value {
	sorted := slices.Sorted(slices.Values(x))
	var weighted, total int64
	for i, v := range sorted {
		weighted += int64(2*(i+1)-len(sorted)-1) * int64(v)
		total += int64(v)
	}
	return graph.Ratio(float64(weighted), float64(int64(len(sorted))*total))
}

// Instability is efferent ÷ (afferent + efferent), 0 (stable) to 1; undefined
// for an isolated service (Martin 1994).
func Instability(afferent, efferent int32) graph.Value {
	return graph.Ratio(float64(efferent), float64(afferent+efferent))
}

// TreeCCD is the cumulative component dependency of a balanced binary tree of
// n nodes, (n+1)·log₂(n+1) − n (Lakos 1996).
func TreeCCD(n int) float64 {
	m := float64(n + 1)
	return float64(m*math.Log2(m)) - float64(n)
}
