package coupling

import (
	"math"
	"math/bits"
)

// paths finds the best products of strengths from one source. Candidates wait in
// buckets by the size of their products, greatest first; within a bucket order
// is free, and a node that improves later is followed again. Strengths are at
// most 1, so that nothing ever comes back to an earlier bucket. The result is the
// greatest solution of best[v] = max over arcs u → v of best[u]·strength, whatever
// the order.
type paths struct {
	n       *Network
	best    []float64 // 0: not reached
	reached []int32
	buckets [][]candidate
	open    []uint64 // bitmap of buckets with candidates
}

type candidate struct {
	product float64
	node    int32
}

// A bucket spans a quarter of a power of two: the exponent and the two highest
// bits of the mantissa number it. Products below the smallest normal number
// share the last one.
const (
	bucketShift = 50
	bucketCount = 0x3ff0000000000000>>bucketShift + 1
)

func newPaths(n *Network) *paths {
	return &paths{
		n: n, best: make([]float64, n.nodes()),
		buckets: make([][]candidate, bucketCount), open: make([]uint64, (bucketCount+63)/64),
	}
}

// from computes best and reached for one source.
func (p *paths) from(source int32) {
	for _, v := range p.reached {
		p.best[v] = 0
	}
	p.reached = append(p.reached[:0], source)
	p.best[source] = 1
	p.push(candidate{1, source})
	for w := range p.open {
		for p.open[w] != 0 {
			b := w*64 + bits.TrailingZeros64(p.open[w])
			for len(p.buckets[b]) > 0 {
				last := len(p.buckets[b]) - 1
				c := p.buckets[b][last]
				p.buckets[b] = p.buckets[b][:last]
				if c.product == p.best[c.node] {
					p.relax(c)
				}
			}
			p.open[w] &^= 1 << (b % 64)
		}
	}
}

func (p *paths) relax(c candidate) {
	n := p.n
	for i := n.off[c.node]; i < n.off[c.node+1]; i++ {
		v := n.to[i]
		product := c.product * n.strength[i]
		if product <= p.best[v] {
			continue
		}
		if p.best[v] == 0 {
			p.reached = append(p.reached, v)
		}
		p.best[v] = product
		p.push(candidate{product, v})
	}
}

func (p *paths) push(c candidate) {
	b := (0x3ff0000000000000 - math.Float64bits(c.product)) >> bucketShift
	p.buckets[b] = append(p.buckets[b], c)
	p.open[b/64] |= 1 << (b % 64)
}
