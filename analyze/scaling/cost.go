package scaling

import (
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

const (
	monthSeconds = MonthHours * 3600
	gib          = 1 << 30
)

// UsageCost is the price of a month's requests and memory-seconds, less what
// is free: for compute, and for requests.
func UsageCost(requests, gbSeconds float64, c model.Cost) (compute, perRequest float64) {
	compute = float64(max(0, gbSeconds-c.FreeGBSeconds) * c.GBSecond)
	perRequest = float64(max(0, requests-c.FreeRequests)*c.MillionRequests) / 1e6
	return compute, perRequest
}

// BreakEven is the utilisation of owned capacity, 0..1 and above, from which it
// is cheaper than paying for use: 1 ÷ the utility premium (Weinman, 2009).
// Both prices are for one replica that is busy for an hour.
func BreakEven(owned, used float64) graph.Value {
	return quotient(graph.Number(owned), graph.Number(used))
}

// PayPerUseWins says whether paying for use alone is cheaper than owning enough
// for the peak: the premium is below peak ÷ average (Weinman, 2009).
func PayPerUseWins(premium, peak, average float64) bool { return float64(premium*average) < peak }

// bill is what is paid for of one thing.
type bill struct {
	cost     model.Cost
	replicas graph.Value // at peak
	requests graph.Value // in 1/s
	gb       graph.Value // GiB in use on average, so GiB-seconds in 1/s
	busyHour float64     // price of paying for use, for a replica busy for an hour
}

// costs adds up what has a price. Nothing is known about money when the load
// is relative.
func (r *Result) costs(g *graph.Graph) {
	if r.Relative {
		return
	}
	for i := range r.Deploy {
		r.deployed(g, &r.Deploy[i])
	}
	for i, x := range g.Sys.Stores {
		r.served(r.Stores[i], x.Cost)
	}
	for i, x := range g.Sys.Channels {
		r.served(r.Channels[i], x.Cost)
	}
	c := &r.Cost
	owned, busy := 0.0, 0.0
	for _, x := range c.Items {
		c.Provisioned = sumKnown(c.Provisioned, x.Provisioned)
		c.Used = sumKnown(c.Used, x.Used)
		owned += x.owned
		busy += x.used
	}
	c.BreakEven = BreakEven(owned, busy)
}

// sumKnown adds what is defined.
func sumKnown(a, b graph.Value) graph.Value {
	if !a.OK {
		return b
	}
	if !b.OK {
		return a
	}
	return plus(a, b)
}

// served bills a store or channel: one replica, and its operations.
func (r *Result) served(f Flow, c *model.Cost) {
	if c != nil {
		r.Cost.add(f.Node, bill{cost: *c, replicas: graph.Number(1), requests: f.Load})
	}
}

// deployed bills a deployable: by the unit's own prices, else by its members'.
func (r *Result) deployed(g *graph.Graph, d *Deployable) {
	if from, _ := g.Range(graph.Unit); d.Node >= from && g.Sys.Units[d.Node-from].Cost != nil {
		r.Cost.add(d.Node, r.billFor(*g.Sys.Units[d.Node-from].Cost, d, d.Services))
		return
	}
	for i, s := range d.Services {
		if c := g.Sys.Services[s].Cost; c != nil {
			r.Cost.add(s, r.billFor(*c, d, d.Services[i:i+1]))
		}
	}
}

// billFor adds up the work of some services of a deployable.
func (r *Result) billFor(c model.Cost, d *Deployable, services []int32) bill {
	b := bill{cost: c, replicas: d.ReplicasAtPeak, requests: graph.Number(0), gb: graph.Number(0)}
	for _, s := range services {
		p := &r.state.profiles[s]
		b.requests = plus(b.requests, r.Load[s])
		b.gb = plus(b.gb, times(r.Load[s], p.seconds()*float64(p.memory)/gib))
	}
	if perHour := quotient(b.requests, r.state.sizer.busy(services, r.Load)); perHour.OK {
		perHour.F *= 3600
		gb := quotient(b.gb, b.requests)
		b.busyHour = float64(perHour.F*c.MillionRequests/1e6) + float64(perHour.F*gb.F*c.GBSecond)
	}
	return b
}

// busy is replicas at work for some services.
func (z sizer) busy(services []int32, load []graph.Value) graph.Value {
	return z.of(services, level{value: load}).busy
}

// add prices one bill.
func (c *Cost) add(node int32, b bill) {
	item := CostItem{Node: node}
	if b.cost.ReplicaHour > 0 {
		item.Provisioned = times(b.replicas, float64(b.cost.ReplicaHour*MonthHours))
	}
	if b.cost.MillionRequests > 0 || b.cost.GBSecond > 0 || b.cost.Idle > 0 {
		item.Used = b.used()
	}
	if b.cost.ReplicaHour > 0 && b.busyHour > 0 {
		item.owned, item.used = b.cost.ReplicaHour, b.busyHour
		item.BreakEven = BreakEven(item.owned, item.used)
	}
	if item.Provisioned.OK || item.Used.OK {
		c.Items = append(c.Items, item)
	}
}

// used is the price of the work, and of the hours in which nothing came.
func (b bill) used() graph.Value {
	if !b.requests.OK {
		return graph.Value{}
	}
	compute, requests := UsageCost(float64(b.requests.F*monthSeconds), float64(b.gb.F*monthSeconds), b.cost)
	empty := max(0, 1-float64(b.requests.F*3600))
	return graph.Number(compute + requests + float64(empty*MonthHours*b.cost.Idle))
}
