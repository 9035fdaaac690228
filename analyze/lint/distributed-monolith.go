package lint

import (
	"fmt"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// lockStepFloor is the fewest deployables that make a distributed monolith.
const lockStepFloor = 4

// distributedMonolith reports a system whose deployables are mostly one in
// truth: more than half of them, and at least lockStepFloor, hang together by
// circles of hard calls, by shared stores or by a shared pipeline, so that they
// cannot change or ship apart.
func distributedMonolith(p *Pass) {
	g := p.Graph()
	deployables := map[int32]bool{}
	for v := range int32(g.Services()) {
		deployables[p.deployable(v)] = true
	}
	if len(deployables) < lockStepFloor {
		return
	}
	group := p.largestLockStep()
	if len(group) < lockStepFloor || 2*len(group) <= len(deployables) {
		return
	}
	var names []string
	var ends []model.Related
	for i, v := range group {
		names = append(names, g.ID(v))
		if i < shown {
			ends = append(ends, related(g.Entity(v).Pos, "%q is one of them", g.ID(v)))
		}
	}
	p.Report(p.Sys.Origin.At("system"), "system",
		fmt.Sprintf("%d of the %d deployables of %q can only change together, more than half: %s",
			len(group), len(deployables), p.Sys.Name, some(names, shown)),
		"give each its own store and pipeline and break the circles, or deploy them as the one unit they are", ends...)
}

// largestLockStep gives the largest set of deployables that must change together,
// ascending; of equally large ones the first. It is a union-find over the
// deployables: whatever ties two of them makes their sets one.
func (p *Pass) largestLockStep() []int32 {
	g := p.Graph()
	parent := make([]int32, g.Len())
	for v := range parent {
		parent[v] = int32(v)
	}
	root := func(v int32) int32 {
		for parent[v] != v {
			parent[v] = parent[parent[v]]
			v = parent[v]
		}
		return v
	}
	join := func(u, v int32) {
		u, v = root(u), root(v)
		parent[max(u, v)] = min(u, v)
	}
	for _, circle := range graph.Cyclic(g.HardCalls()) {
		for _, v := range circle[1:] {
			join(p.deployable(v), p.deployable(circle[0]))
		}
	}
	p.joinShared(join)
	members := map[int32][]int32{}
	seen := map[int32]bool{}
	var best []int32
	for v := range int32(g.Services()) {
		if d := p.deployable(v); !seen[d] {
			seen[d] = true
			members[root(d)] = append(members[root(d)], d)
		}
	}
	for v := range int32(g.Len()) {
		if m := members[v]; len(m) > len(best) {
			best = m
		}
	}
	return best
}

// joinShared joins the users of each store, and all services that say they ship
// through a shared pipeline.
func (p *Pass) joinShared(join func(u, v int32)) {
	pipeline := int32(-1)
	for v, s := range p.Sys.Services {
		if s.Operations == nil || s.Operations.Pipeline != model.SharedPipeline {
			continue
		}
		if pipeline < 0 {
			pipeline = p.deployable(int32(v))
		}
		join(p.deployable(int32(v)), pipeline)
	}
	user := map[string]int32{}
	for e := range p.edges() {
		if p.Graph().Kind(e.v) != graph.Store {
			continue
		}
		d := p.deployable(e.u)
		if first, known := user[e.to]; known {
			join(d, first)
		} else {
			user[e.to] = d
		}
	}
}
