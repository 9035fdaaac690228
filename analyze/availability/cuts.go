package availability

import (
	"cmp"
	"slices"
)

// cutter lists the minimal cut sets of a diagram up to an order (after Rauzy,
// 1993): those of a node are those of its ok side, and its variable with each
// of the bad side that holds none of these.
type cutter struct {
	d       *diagram
	order   int
	room    int // sets that may still be made
	dropped bool
	lists   [][][]int32
}

// cutsPerSet is how many sets a diagram's inner nodes may hold for each one
// that may be listed.
const cutsPerSet = 200

// cuts gives the minimal sets of variables that make root hold, at most most of
// them: the highest order up to the given one at which they all fit. all says
// that there are no others.
func (d *diagram) cuts(root ref, order, most int) (sets [][]int32, reached int, all bool) {
	for ; order > 1; order-- {
		c := cutter{d: d, order: order, room: most * cutsPerSet, lists: make([][][]int32, int(root)+1)}
		if c.run(root) && len(c.lists[root]) <= most {
			return c.lists[root], order, !c.dropped
		}
	}
	return nil, 1, false
}

// run fills the lists from the constants up; false when they grow too long.
func (c *cutter) run(root ref) bool {
	needed := make([]bool, int(root)+1)
	needed[root] = true
	for i := int(root); i >= 2; i-- {
		if needed[i] {
			needed[c.d.nodes[i].ok], needed[c.d.nodes[i].bad] = true, true
		}
	}
	if root >= 1 {
		c.lists[1] = [][]int32{{}}
	}
	for i := 2; i <= int(root); i++ {
		if needed[i] && !c.node(i) {
			return false
		}
	}
	return true
}

func (c *cutter) node(i int) bool {
	n := c.d.nodes[i]
	list := slices.Clone(c.lists[n.ok])
	for _, set := range c.lists[n.bad] {
		if len(set) == c.order {
			c.dropped = true
			continue
		}
		if !slices.ContainsFunc(c.lists[n.ok], func(smaller []int32) bool { return subset(smaller, set) }) {
			list = append(list, slices.Concat([]int32{n.variable}, set))
		}
	}
	c.room -= len(list)
	c.lists[i] = list
	return c.room >= 0
}

// subset says whether all of a are in b; both ascend, as variables are asked in
// that order.
func subset(a, b []int32) bool {
	for _, x := range b {
		if len(a) > 0 && a[0] == x {
			a = a[1:]
		}
	}
	return len(a) == 0
}

// sortSets orders sets by size, then by their members.
func sortSets(sets [][]int32) {
	slices.SortFunc(sets, func(a, b []int32) int {
		return cmp.Or(cmp.Compare(len(a), len(b)), slices.Compare(a, b))
	})
}
