package coupling

// paths finds the best products of strengths from one source: Dijkstra's
// algorithm with a heap whose greatest product comes first. Strengths are at
// most 1, so a settled node never improves.
type paths struct {
	n       *Network
	best    []float64 // 0: not reached
	settled []bool
	reached []int32
	heap    []candidate
}

type candidate struct {
	product float64
	node    int32
}

func newPaths(n *Network) *paths {
	return &paths{n: n, best: make([]float64, n.nodes()), settled: make([]bool, n.nodes())}
}

// from computes best and reached for one source.
func (p *paths) from(source int32) {
	for _, v := range p.reached {
		p.best[v], p.settled[v] = 0, false
	}
	p.reached = append(p.reached[:0], source)
	p.best[source] = 1
	p.heap = append(p.heap[:0], candidate{1, source})
	for len(p.heap) > 0 {
		if c := p.pop(); !p.settled[c.node] {
			p.settled[c.node] = true
			p.relax(c)
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
	p.heap = append(p.heap, c)
	i := len(p.heap) - 1
	for i > 0 {
		up := (i - 1) / 2
		if p.heap[up].product >= c.product {
			break
		}
		p.heap[i] = p.heap[up]
		i = up
	}
	p.heap[i] = c
}

func (p *paths) pop() candidate {
	top, last := p.heap[0], p.heap[len(p.heap)-1]
	p.heap = p.heap[:len(p.heap)-1]
	n, i := len(p.heap), 0
	if n == 0 {
		return top
	}
	for {
		down := 2*i + 1
		if down >= n {
			break
		}
		if down+1 < n && p.heap[down+1].product > p.heap[down].product {
			down++
		}
		if p.heap[down].product <= last.product {
			break
		}
		p.heap[i] = p.heap[down]
		i = down
	}
	p.heap[i] = last
	return top
}
