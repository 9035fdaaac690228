package scaling

import (
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// passing computes what passes every store and channel.
func (r *Result) passing(g *graph.Graph) {
	r.Stores, r.Channels = newFlows(g, graph.Store), newFlows(g, graph.Channel)
	for h, x := range r.state.traffic.hubs {
		if x.kind != listeners {
			r.Channels[x.channel].Load.F += r.state.base.hub[h]
		}
	}
	for c := range r.Channels {
		r.Channels[c].Peak = r.Channels[c].Load
	}
	for s, x := range g.Sys.Services {
		now, then := r.Load[s], r.Peak[s]
		for i := range x.DependsOn {
			r.use(g, int32(s), i, now, then)
		}
		for i := range x.Publishes {
			p := &x.Publishes[i]
			if v, ok := g.Lookup(p.To); ok && g.Kind(v) == graph.Channel {
				f := &r.Channels[v-r.Channels[0].Node]
				f.Load = plus(f.Load, times(now, 0)) // undefined when the publisher's is
				f.Peak = plus(f.Peak, times(minus(then, now), p.Calls))
			}
		}
	}
	for i, x := range g.Sys.Stores {
		r.Stores[i].share(x.Capacity)
	}
	for i, x := range g.Sys.Channels {
		r.Channels[i].share(x.Capacity)
	}
}

// newFlows makes an empty flow for every node of a kind.
func newFlows(g *graph.Graph, k graph.Kind) []Flow {
	from, to := g.Range(k)
	var list []Flow
	for v := from; v < to; v++ {
		list = append(list, Flow{Node: v, Load: graph.Number(0), Peak: graph.Number(0)})
	}
	return list
}

// use adds the operations of a dependency to the stores it leads to. A read and
// a write count alike.
func (r *Result) use(g *graph.Graph, s int32, i int, now, then graph.Value) {
	d := &g.Sys.Services[s].DependsOn[i]
	each := d.Calls / float64(share(d))
	for _, v := range g.Needs(s, i) {
		if v >= 0 && g.Kind(v) == graph.Store {
			f := &r.Stores[v-r.Stores[0].Node]
			f.Load, f.Peak = plus(f.Load, times(now, each)), plus(f.Peak, times(then, each))
		}
	}
}

// share fills in the utilisation where there is a capacity.
func (f *Flow) share(capacity model.Rate) {
	if f.bounded = capacity.Given(); f.bounded {
		f.Utilisation = quotient(f.Load, graph.Number(capacity.PerSecond()))
	}
}

// bottleneck finds what saturates first when all demand grows alike.
func (r *Result) bottleneck() {
	r.Bottleneck = Bottleneck{Node: -1}
	free := Bottleneck{Node: -1}
	for i := range r.Deploy {
		d := &r.Deploy[i]
		if d.Max > 0 {
			r.Bottleneck.compare(d.Node, times(d.Busy, 1/float64(d.Max)))
		}
		free.compare(d.Node, times(d.Busy, 1/float64(d.Min)))
	}
	for _, list := range [][]Flow{r.Stores, r.Channels} {
		for _, f := range list {
			if f.bounded {
				r.Bottleneck.compare(f.Node, f.Utilisation)
			}
		}
	}
	r.Bottleneck.Bounded = r.Bottleneck.Node >= 0
	if !r.Bottleneck.Bounded {
		if len(r.Bottleneck.Unknown) > 0 {
			free.Unknown = r.Bottleneck.Unknown
		}
		r.Bottleneck = free
	}
	r.Bottleneck.Growth = quotient(graph.Number(1), r.Bottleneck.Share)
}

// compare keeps the greater share; of equal ones the first.
func (b *Bottleneck) compare(node int32, share graph.Value) {
	if !share.OK {
		b.Unknown = append(b.Unknown, node)
	}
	if share.OK && share.F > b.Share.F {
		b.Node, b.Share = node, share
	}
}
