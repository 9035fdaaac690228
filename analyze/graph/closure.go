package graph

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// Visibility counts, for every node, how many nodes it reaches (fan-out) and
// how many reach it (fan-in), itself included in both (Baldwin, MacCormack and
// Rusnak, 2014). It is exact, runs on all cores with the same result for any
// number of them, and stops soon after ctx is cancelled.
func Visibility(ctx context.Context, c *CSR) (fanOut, fanIn []int32, err error) {
	comp, n := SCC(c)
	down := Condense(c, comp, n)
	up := down.Reverse()
	size := make([]int32, n)
	for _, x := range comp {
		size[x]++
	}
	// Rows are walked away from the columns they hold: what reaches a component
	// has larger numbers, what it reaches has smaller ones. So the second count
	// runs over the numbers turned round.
	out, err := closure(ctx, up, size)
	if err != nil {
		return nil, nil, err
	}
	in, err := closure(ctx, mirror(down), mirrored(size))
	if err != nil {
		return nil, nil, err
	}
	fanOut, fanIn = make([]int32, c.Len()), make([]int32, c.Len())
	for v, x := range comp {
		fanOut[v], fanIn[v] = out[x], in[n-1-int(x)]
	}
	return fanOut, fanIn, nil
}

// mirror numbers the nodes of a graph from the other end.
func mirror(c *CSR) *CSR {
	edges := make([]Edge, 0, c.Edges())
	last := int32(c.Len() - 1)
	for u := range int32(c.Len()) {
		for _, v := range c.Out(u) {
			edges = append(edges, Edge{last - u, last - v})
		}
	}
	return NewCSR(c.Len(), edges)
}

func mirrored(x []int32) []int32 {
	m := make([]int32, len(x))
	for i, v := range x {
		m[len(x)-1-i] = v
	}
	return m
}

// closure sums, for every node of an acyclic graph whose edges lead to larger
// numbers, the sizes of the nodes from which it is reached, itself included:
// 512 of these at a time, one bit each.
func closure(ctx context.Context, up *CSR, size []int32) ([]int32, error) {
	blocks := (up.Len() + LaneCount - 1) / LaneCount
	total := make([]int32, up.Len())
	var next atomic.Int64
	var done sync.WaitGroup
	var adding sync.Mutex
	for range min(runtime.GOMAXPROCS(0), max(blocks, 1)) {
		done.Go(func() {
			w := spread{up: up, size: size, rows: make([]Lanes, up.Len()), active: NewBitmap(up.Len()), sum: make([]int32, up.Len())}
			for b := next.Add(1) - 1; int(b) < blocks && ctx.Err() == nil; b = next.Add(1) - 1 {
				w.block(ctx, int32(b)*LaneCount)
			}
			adding.Lock()
			defer adding.Unlock()
			for v, n := range w.sum {
				total[v] += n
			}
		})
	}
	done.Wait()
	return total, ctx.Err()
}

// spread is one worker's memory: a row of lanes for every node.
type spread struct {
	up     *CSR
	size   []int32
	rows   []Lanes
	active Bitmap
	sum    []int32
}

// checkEvery is after how many rows a worker looks whether it should stop.
const checkEvery = 4096

// block spreads the 512 nodes that start at first.
func (s *spread) block(ctx context.Context, first int32) {
	end := min(first+LaneCount, int32(len(s.rows)))
	var large []int32 // nodes of the block that count more than one
	for v := first; v < end; v++ {
		s.rows[v].Set(int(v - first))
		s.active.Add(v)
		if s.size[v] > 1 {
			large = append(large, v)
		}
	}
	seen := 0
	for v := s.active.Next(first); v >= 0; v = s.active.Next(v) {
		row := &s.rows[v]
		for _, u := range s.up.Out(v) {
			s.rows[u].Or(row)
			s.active.Add(u)
		}
		n := int32(row.Count())
		for _, x := range large {
			if row.Has(int(x - first)) {
				n += s.size[x] - 1
			}
		}
		s.sum[v] += n
		*row = Lanes{}
		s.active.Remove(v)
		if seen++; seen%checkEvery == 0 && ctx.Err() != nil {
			return
		}
	}
}
