package coupling

import (
	"slices"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// Link is one declared dependency with its strength.
type Link struct {
	From, To    int32 // From: a service. To: the service or external called, the shared store, the channel consumed
	Integration Integration
	Knowledge   Knowledge
	Strength    float64  // 0..1
	Distance    Distance // to the farthest service at the other end
	Volatile    bool     // a service at the other end changes often
	Pos         model.Pos
}

// Links lists the dependencies that couple services, by service in file order
// and, for one service, calls and store use as declared, then consumptions.
// A store that nobody else uses and events that nobody else publishes couple
// nothing and are left out.
func Links(g *graph.Graph, scale Scale) []Link {
	links := linker{g: g, scale: scale, stores: storeCrowds(g), topics: topicCrowds(g), out: make([]Link, 0, g.Depends().Edges())}
	for s := range int32(g.Services()) {
		for i := range g.Sys.Services[s].DependsOn {
			links.dependency(s, i)
		}
		for _, c := range links.topics[s] {
			links.consumption(s, c)
		}
	}
	return links.out
}

type linker struct {
	g      *graph.Graph
	scale  Scale
	stores []crowd
	topics [][]audience // by consuming service
	out    []Link
}

func (l *linker) add(x Link) {
	x.Strength = l.scale.Strength(x.Integration, x.Knowledge)
	l.out = append(l.out, x)
}

func (l *linker) dependency(s int32, i int) {
	d := &l.g.Sys.Services[s].DependsOn[i]
	for _, v := range l.g.Needs(s, i) {
		if v < 0 || v == s {
			continue
		}
		x := Link{From: s, To: v, Integration: call(d), Knowledge: knowledge(d.Knows), Pos: d.Pos}
		switch l.g.Kind(v) {
		case graph.Service:
			var other crowd
			other.add(l.g, v)
			x.Distance, x.Volatile = other.distance(l.g, s), other.volatile.n > 0
			if x.Distance == SameUnit {
				x.Integration = InProcess
			}
			l.add(x)
		case graph.External:
			x.Distance = OutsideSystem
			l.add(x)
		case graph.Store:
			l.store(x, d.Access)
		}
	}
}

// store adds the use of a store that others use too. A store has no contract
// but its schema: its users know at least that model.
func (l *linker) store(x Link, access model.Access) {
	first, _ := l.g.Range(graph.Store)
	users := &l.stores[x.To-first]
	if !users.members.differs(x.From) {
		return
	}
	x.Integration, x.Knowledge = use(access), min(x.Knowledge, Model)
	x.Distance, x.Volatile = users.distance(l.g, x.From), users.volatile.differs(x.From)
	l.add(x)
}

func (l *linker) consumption(s int32, a audience) {
	if !a.pubs.members.differs(s) {
		return
	}
	l.add(Link{
		From: s, To: a.channel, Integration: a.kind, Knowledge: Contract, Pos: a.pos,
		Distance: a.pubs.distance(l.g, s), Volatile: a.pubs.volatile.differs(s),
	})
}

func call(d *model.Dependency) Integration {
	if d.Soft || d.Fallback != "" {
		return SynchronousSoft
	}
	return SynchronousHard
}

func use(access model.Access) Integration {
	if access == model.Write || access == model.ReadWrite {
		return StoreWrite
	}
	return StoreRead
}

func knowledge(k model.Knowledge) Knowledge {
	switch k {
	case model.KnowsInternals:
		return Internals
	case model.KnowsModel:
		return Model
	}
	return Contract
}

// storeCrowds gathers the users of every store.
func storeCrowds(g *graph.Graph) []crowd {
	first, end := g.Range(graph.Store)
	out := make([]crowd, end-first)
	for s := range int32(g.Services()) {
		for i := range g.Sys.Services[s].DependsOn {
			for _, v := range g.Needs(s, i) {
				if v >= 0 && g.Kind(v) == graph.Store {
					out[v-first].add(g, s)
				}
			}
		}
	}
	return out
}

// audience is one consumption with the publishers it hears.
type audience struct {
	channel int32
	kind    Integration
	pos     model.Pos
	pubs    crowd
}

// topicCrowds gathers, for every service, its consumptions with the crowd of
// those who publish at least one of the events.
func topicCrowds(g *graph.Graph) [][]audience {
	out := make([][]audience, g.Services())
	for _, t := range allTraffic(g) {
		heard := make([]crowd, len(t.cons))
		for _, x := range t.topics() {
			var pubs crowd
			for _, p := range x.pubs {
				pubs.add(g, t.pubs[p].service)
			}
			for _, c := range x.cons {
				heard[c].merge(pubs)
			}
		}
		for i, c := range t.cons {
			out[c.service] = append(out[c.service], audience{t.node, t.kind, c.pos, heard[i]})
		}
	}
	for _, a := range out {
		slices.SortStableFunc(a, func(a, b audience) int { return model.ComparePos(a.pos, b.pos) })
	}
	return out
}
