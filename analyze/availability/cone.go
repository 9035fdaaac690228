package availability

import "slices"

// cone is what one journey depends on. Everything that it needs without any
// alternative must be up: those rows and the nodes that take them down enter as
// one exact product. What is left are groups of alternatives that some of these
// rows wait on; only their free members need a decision diagram. While they are
// evaluated the rows that must be up count as up, which changes nothing: when
// all waiting groups are well, the states with those rows up are a solution of
// the rules, so the least one has them up too.
type cone struct {
	s        *structure
	epoch    int32
	must     []int32 // of each row: equal to epoch when it must be up
	free     []int32 // of each row: equal to epoch when alternatives reach it
	variable []int32 // of each node that may fail among the free: its place in nodes
	seen     []int32 // of each node: equal to epoch when variable is valid, or when counted

	core     *core // what must be up with all that it needs, beside mustRows; nil: nothing
	mustRows []int32
	facts    rowFacts  // summed up over what must be up, paired nodes too
	paired   []int32   // nodes of several rows that must not fail
	waiting  []int32   // indices of hubs that are not well by what must be up
	groups   [][]int32 // of each waiting hub: free rows that it is the first to reach, ascending
	nodes    []int32   // that may fail among the free, in the order of the diagram
}

func newCone(s *structure) *cone {
	n, rows := len(s.up), s.plane.Rows
	return &cone{
		s: s, must: make([]int32, rows), free: make([]int32, rows),
		variable: make([]int32, n), seen: make([]int32, n),
	}
}

// find explores the dependencies of the given nodes.
func (c *cone) find(roots []int32) {
	c.epoch++
	c.mustRows, c.paired, c.waiting, c.groups, c.nodes = c.mustRows[:0], c.paired[:0], nil, nil, nil
	c.facts = rowFacts{up: 1}
	c.enterCore(roots)
	for _, v := range roots {
		c.require(c.s.plane.RowOf[v])
	}
	for i := 0; i < len(c.mustRows); i++ {
		r := c.mustRows[i]
		for _, t := range c.s.takes.Out(r) {
			c.require(t)
		}
		c.count(r)
	}
	if len(c.s.plane.Hubs) == 0 {
		return
	}
	for _, r := range c.mustRows {
		if h := c.s.plane.HubOf[r]; h >= 0 && !c.safe(h) {
			c.waiting = append(c.waiting, h)
		}
	}
	if c.core != nil {
		for _, h := range c.core.hubs {
			if !c.safe(h) {
				c.waiting = append(c.waiting, h)
			}
		}
	}
	for _, h := range c.waiting {
		c.groups = append(c.groups, c.explore(h))
	}
}

// enterCore begins with the core when one of the roots needs it.
func (c *cone) enterCore(roots []int32) {
	c.core = nil
	for _, v := range roots {
		if c.s.core != nil && c.s.core.above[c.s.plane.RowOf[v]] {
			c.core = c.s.core
		}
	}
	if c.core == nil {
		return
	}
	c.facts, c.paired = c.core.facts, append(c.paired, c.core.paired...)
	for _, v := range c.paired {
		c.seen[v] = c.epoch
	}
}

// needs says whether a row must be up.
func (c *cone) needs(row int32) bool {
	return c.must[row] == c.epoch || c.core != nil && c.core.in[row]
}

// count adds the nodes of a row that must be up to the facts.
func (c *cone) count(row int32) {
	f := &c.s.rows[row]
	c.facts.add(f.up, f.nodes, f.assumed)
	if f.paired {
		c.requirePaired(row)
	}
}

// requirePaired notes the nodes that take down this row and others.
func (c *cone) requirePaired(row int32) {
	for _, v := range c.s.fails.Out(row) {
		if !c.s.paired[v] || c.seen[v] == c.epoch {
			continue
		}
		c.seen[v] = c.epoch
		c.paired = append(c.paired, v)
		assumed := int32(0)
		if c.s.assumed[v] {
			assumed = 1
		}
		c.facts.add(c.s.up[v], c.s.counted(v), assumed)
	}
}

func (c *cone) require(row int32) {
	if !c.needs(row) {
		c.must[row] = c.epoch
		c.mustRows = append(c.mustRows, row)
	}
}

// safe says whether a hub has enough members that must be up anyway.
func (c *cone) safe(h int32) bool {
	hub := &c.s.plane.Hubs[h]
	open := 0
	for _, m := range hub.Members {
		if !c.needs(m) {
			open++
		}
	}
	return open < hub.Need
}

// explore collects the free rows behind a hub, depth first in the order of
// declaration, and gives the nodes that may fail there their places in the
// diagram: what fails together stays together.
func (c *cone) explore(h int32) []int32 {
	var rows []int32
	stack := c.pushFree(nil, c.s.plane.Hubs[h].Members)
	for len(stack) > 0 {
		r := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if c.free[r] == c.epoch {
			continue
		}
		c.free[r] = c.epoch
		rows = append(rows, r)
		for _, v := range c.s.fails.Out(r) {
			if c.seen[v] != c.epoch {
				c.seen[v] = c.epoch
				c.variable[v] = int32(len(c.nodes))
				c.nodes = append(c.nodes, v)
			}
		}
		stack = c.pushFree(stack, c.s.takes.Out(r))
		if x := c.s.plane.HubOf[r]; x >= 0 {
			stack = c.pushFree(stack, c.s.plane.Hubs[x].Members)
		}
	}
	slices.Sort(rows)
	return rows
}

// pushFree puts the rows that need not be up on the stack, the first on top.
func (c *cone) pushFree(stack, rows []int32) []int32 {
	for i := len(rows) - 1; i >= 0; i-- {
		if r := rows[i]; !c.needs(r) && c.free[r] != c.epoch {
			stack = append(stack, r)
		}
	}
	return stack
}

// certain is the probability that all that must be up is.
func (c *cone) certain() float64 { return c.facts.up }

// eachCritical calls f with every node that must not fail until f says to stop.
// The order is fixed but means nothing.
func (c *cone) eachCritical(f func(v int32) bool) {
	for _, v := range c.paired {
		if !f(v) {
			return
		}
	}
	var shared []int32
	if c.core != nil {
		shared = c.core.rows
	}
	for _, rows := range [][]int32{c.mustRows, shared} {
		for _, r := range rows {
			for _, v := range c.s.fails.Out(r) {
				if !c.s.paired[v] && !f(v) {
					return
				}
			}
		}
	}
}

// algebra is how failures combine: in a decision diagram, or bit by bit. The
// zero T means "never".
type algebra[T comparable] interface {
	or(a, b T) T
	and(a, b T) T
}

// evaluator finds the rows that are down, as the least solution of the rules.
type evaluator[T comparable, A algebra[T]] struct {
	c    *cone
	alg  A
	down []T // of each row; zero for what must be up
	fail []T // of each variable
}

// rows evaluates free rows that come ascending, providers first.
func (e *evaluator[T, A]) rows(rows []int32) {
	for i := 0; i < len(rows); {
		cycle := e.c.s.plane.Cycle[rows[i]]
		end := i + 1
		for end < len(rows) && rows[end] < cycle[1] {
			end++
		}
		for changed := true; changed; {
			changed = false
			for _, r := range rows[i:end] {
				x := e.row(r)
				changed = changed || x != e.down[r]
				e.down[r] = x
			}
			changed = changed && cycle != [2]int32{}
		}
		i = end
	}
}

func (e *evaluator[T, A]) row(r int32) T {
	s := e.c.s
	var x T
	if h := s.plane.HubOf[r]; h >= 0 {
		x = e.hub(h)
	}
	for _, t := range s.takes.Out(r) {
		x = e.alg.or(x, e.down[t])
	}
	for _, v := range s.fails.Out(r) {
		if i := e.c.place(v); i >= 0 {
			x = e.alg.or(x, e.fail[i])
		}
	}
	return x
}

// place gives the variable of a node, -1 when it must be up.
func (c *cone) place(v int32) int32 {
	for _, x := range c.s.seedsOf(v) {
		if c.needs(c.s.plane.RowOf[x]) {
			return -1
		}
	}
	return c.variable[v]
}

// hub is "at least Need members are down", built up member by member:
// enough[j] is "at least j of those seen so far".
func (e *evaluator[T, A]) hub(h int32) T {
	hub := &e.c.s.plane.Hubs[h]
	var zero T
	enough := make([]T, hub.Need+1)
	for i, m := range hub.Members {
		x := e.down[m]
		if x == zero && len(hub.Members) == hub.Need {
			return zero
		}
		for j := min(i+1, hub.Need); j > 1; j-- {
			enough[j] = e.alg.or(enough[j], e.alg.and(enough[j-1], x))
		}
		enough[1] = e.alg.or(enough[1], x)
	}
	return enough[hub.Need]
}
