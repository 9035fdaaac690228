package graph

// SCC finds the strongly connected components: the largest sets of nodes that
// all reach each other (Tarjan, 1972; without recursion). Components are
// numbered in reverse topological order: what a component depends on has
// smaller numbers. n is how many there are.
func SCC(c *CSR) (comp []int32, n int) {
	size := c.Len()
	t := tarjan{c: c, comp: make([]int32, size), order: make([]int32, size), low: make([]int32, size), next: make([]int32, size)}
	for v := range t.comp {
		t.comp[v] = -1
	}
	for v := range int32(size) {
		if t.order[v] == 0 {
			t.search(v)
		}
	}
	return t.comp, int(t.found)
}

// tarjan is the state of the search. order counts from 1; 0 is not yet seen.
type tarjan struct {
	c           *CSR
	comp        []int32
	order, low  []int32
	next        []int32 // of each node: the edge to follow next
	path, open  []int32 // the way from the root; nodes without a component yet
	seen, found int32
}

func (t *tarjan) enter(v int32) {
	t.seen++
	t.order[v], t.low[v] = t.seen, t.seen
	t.next[v] = t.c.Off[v]
	t.path = append(t.path, v)
	t.open = append(t.open, v)
}

// search explores everything that the root reaches.
func (t *tarjan) search(root int32) {
	t.enter(root)
	for len(t.path) > 0 {
		v := t.path[len(t.path)-1]
		if t.descend(v) {
			continue
		}
		t.path = t.path[:len(t.path)-1]
		if len(t.path) > 0 {
			up := t.path[len(t.path)-1]
			t.low[up] = min(t.low[up], t.low[v])
		}
		if t.low[v] == t.order[v] {
			t.close(v)
		}
	}
}

// descend follows the next edges of v until one leads to a new node; false when
// none is left.
func (t *tarjan) descend(v int32) bool {
	for t.next[v] < t.c.Off[v+1] {
		w := t.c.To[t.next[v]]
		t.next[v]++
		if t.order[w] == 0 {
			t.enter(w)
			return true
		}
		if t.comp[w] < 0 {
			t.low[v] = min(t.low[v], t.order[w])
		}
	}
	return false
}

// close makes a component of the open nodes down to its head.
func (t *tarjan) close(head int32) {
	for {
		v := t.open[len(t.open)-1]
		t.open = t.open[:len(t.open)-1]
		t.comp[v] = t.found
		if v == head {
			break
		}
	}
	t.found++
}
