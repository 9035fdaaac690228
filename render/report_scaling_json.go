package render

import (
	"cmp"
	"slices"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/scaling"
)

type jsonScaling struct {
	Relative   bool                `json:"relative"`
	Units      [][]string          `json:"units"`
	Demand     [][]string          `json:"demand_groups"`
	Surge      map[string][]string `json:"surge"`
	MustScale  map[string][]string `json:"must_scale"`
	SurgeShare map[string]float64  `json:"surge_share"`
	Deployed   []jsonDeployed      `json:"deployed"`
	Bottleneck *jsonBottleneck     `json:"bottleneck"`
	Services   []jsonLoad          `json:"services"`
	Flows      []jsonFlow          `json:"stores_and_channels"`
	Deadlines  []jsonDeadline      `json:"deadlines"`
	Spikes     []jsonSpike         `json:"spikes,omitempty"`
	Buffers    []jsonBuffer        `json:"buffers"`
	Cost       jsonCost            `json:"cost"`
	Problems   []string            `json:"problems,omitempty"`
}

type jsonDeployed struct {
	Node           string   `json:"node"`
	Services       []string `json:"services"`
	Replicas       *float64 `json:"replicas"`
	ReplicasAtPeak *float64 `json:"replicas_at_peak"`
	Footprint      *float64 `json:"footprint_bytes"`
	Busy           *float64 `json:"busy_replicas"`
	BusyAtPeak     *float64 `json:"busy_replicas_at_peak"`
	InFlight       *float64 `json:"in_flight_at_peak"`
	Max            *int     `json:"max_replicas"`
	Short          bool     `json:"max_too_low"`
}

type jsonBottleneck struct {
	Node    string   `json:"node"`
	Bounded bool     `json:"bounded"`
	Share   *float64 `json:"utilisation"`
	Growth  *float64 `json:"growth"`
	Unknown []string `json:"unknown,omitempty"`
}

type jsonLoad struct {
	Service  string   `json:"service"`
	Load     *float64 `json:"load"`
	Peak     *float64 `json:"peak"`
	Wait     *float64 `json:"wait_seconds"`
	Capacity *float64 `json:"capacity"`
	Attempts *float64 `json:"attempts"`
	Hidden   *float64 `json:"hidden_capacity"`
	Assumed  bool     `json:"assumed"`
}

type jsonFlow struct {
	Node        string   `json:"node"`
	Load        *float64 `json:"load"`
	Peak        *float64 `json:"peak"`
	Utilisation *float64 `json:"utilisation"`
}

type jsonDeadline struct {
	Caller  string  `json:"caller"`
	Callee  string  `json:"callee"`
	Timeout float64 `json:"timeout_seconds"`
	Needed  float64 `json:"needed_seconds"`
	Where   string  `json:"where"`
}

type jsonSpike struct {
	Entry    string       `json:"entry"`
	Before   float64      `json:"rate"`
	After    float64      `json:"peak"`
	Seconds  float64      `json:"duration_seconds"`
	Assumed  bool         `json:"assumed"`
	Deployed []jsonGrowth `json:"deployed"`
}

type jsonGrowth struct {
	Node    string   `json:"node"`
	Before  *float64 `json:"replicas"`
	After   *float64 `json:"replicas_in_spike"`
	Short   bool     `json:"max_too_low"`
	Backlog float64  `json:"waiting_at_most"`
	PeakAt  int      `json:"most_after_seconds"`
	ClearAt *int     `json:"none_after_seconds"`
}

type jsonBuffer struct {
	Channel      string   `json:"channel"`
	Consumers    []string `json:"consumers"`
	Arriving     float64  `json:"arriving"`
	Capacity     float64  `json:"capacity"`
	Backlog      float64  `json:"backlog"`
	DrainSeconds *float64 `json:"drain_seconds"`
	OldestAge    float64  `json:"oldest_age_seconds"`
	Lost         *float64 `json:"lost"`
}

type jsonCost struct {
	Provisioned *float64       `json:"provisioned"`
	Used        *float64       `json:"used"`
	BreakEven   *float64       `json:"break_even_utilisation"`
	Items       []jsonCostItem `json:"items"`
}

type jsonCostItem struct {
	Node        string   `json:"node"`
	Provisioned *float64 `json:"provisioned"`
	Used        *float64 `json:"used"`
	BreakEven   *float64 `json:"break_even_utilisation"`
}

func (r *Report) jsonScaling() jsonScaling {
	g, s := r.Facts.Graph(), r.Facts.Scaling()
	out := jsonScaling{
		Relative: s.Relative, Units: groups(g, s.Units), Demand: groups(g, s.Demand),
		Surge: map[string][]string{}, MustScale: map[string][]string{}, SurgeShare: map[string]float64{}, Buffers: []jsonBuffer{},
		Deadlines: []jsonDeadline{}, Services: r.jsonLoads(), Flows: r.jsonFlows(), Spikes: r.jsonSpikes(), Cost: r.jsonCost(),
	}
	for _, x := range s.Surge {
		entry := g.ID(x.Entry)
		out.SurgeShare[entry] = x.Share
		if x.Services != nil {
			out.Surge[entry], out.MustScale[entry] = names(g, x.Services), names(g, x.MustScale)
		}
	}
	if b := s.Bottleneck; b.Node >= 0 {
		out.Bottleneck = &jsonBottleneck{g.ID(b.Node), b.Bounded, pointer(b.Share), pointer(b.Growth), names(g, b.Unknown)}
	}
	for i := range s.Deploy {
		out.Deployed = append(out.Deployed, deployed(g, &s.Deploy[i]))
	}
	slices.SortFunc(out.Deployed, func(a, b jsonDeployed) int { return cmp.Compare(a.Node, b.Node) })
	for _, d := range s.Deadlines {
		out.Deadlines = append(out.Deadlines, jsonDeadline{g.ID(d.Caller), g.ID(d.Callee), d.Timeout.Seconds(), d.Needed.Seconds(), d.Origin.Pos.String()})
	}
	for _, b := range s.Buffers {
		out.Buffers = append(out.Buffers, buffer(g, b))
	}
	for _, p := range s.Problems {
		out.Problems = append(out.Problems, p.Message)
	}
	return out
}

func deployed(g *graph.Graph, d *scaling.Deployable) jsonDeployed {
	j := jsonDeployed{
		Node: g.ID(d.Node), Services: names(g, d.Services), Replicas: pointer(d.Replicas), ReplicasAtPeak: pointer(d.ReplicasAtPeak),
		Footprint: pointer(d.Footprint), Busy: pointer(d.Busy), BusyAtPeak: pointer(d.BusyAtPeak), InFlight: pointer(d.InFlight), Short: d.Short,
	}
	if d.Max > 0 {
		j.Max = &d.Max
	}
	return j
}

func buffer(g *graph.Graph, b scaling.Buffer) jsonBuffer {
	j := jsonBuffer{Channel: g.ID(b.Channel), Consumers: names(g, b.Consumers), Arriving: b.Surge, Capacity: b.Capacity, Backlog: b.Backlog, OldestAge: b.OldestAge}
	if !b.Never {
		j.DrainSeconds, j.Lost = &b.Drain, &b.Lost
	}
	return j
}

func groups(g *graph.Graph, sets [][]int32) [][]string {
	out := make([][]string, len(sets))
	for i, set := range sets {
		out[i] = names(g, set)
	}
	slices.SortFunc(out, slices.Compare)
	return out
}

func (r *Report) jsonLoads() []jsonLoad {
	g, s := r.Facts.Graph(), r.Facts.Scaling()
	out := make([]jsonLoad, g.Services())
	waits := s.Waits()
	for v := range out {
		out[v] = jsonLoad{g.ID(int32(v)), pointer(s.Load[v]), pointer(s.Peak[v]), pointer(waits[v]), pointer(s.Capacity[v]),
			pointer(s.Attempts[v]), pointer(s.HiddenCapacity[v]), s.Assumed[v]}
	}
	slices.SortFunc(out, func(a, b jsonLoad) int { return cmp.Compare(a.Service, b.Service) })
	return out
}

func (r *Report) jsonFlows() []jsonFlow {
	g, s := r.Facts.Graph(), r.Facts.Scaling()
	out := []jsonFlow{}
	for _, f := range slices.Concat(s.Stores, s.Channels) {
		out = append(out, jsonFlow{g.ID(f.Node), pointer(f.Load), pointer(f.Peak), pointer(f.Utilisation)})
	}
	slices.SortFunc(out, func(a, b jsonFlow) int { return cmp.Compare(a.Node, b.Node) })
	return out
}

// jsonSpikes follows spikes up to SetsFor nodes, where it is quick.
func (r *Report) jsonSpikes() []jsonSpike {
	g, s := r.Facts.Graph(), r.Facts.Scaling()
	if g.Len() > SetsFor {
		return nil
	}
	var out []jsonSpike
	for _, x := range r.surges() {
		if len(out) == 0 || out[len(out)-1].Entry != g.ID(x.spike.Entry) {
			out = append(out, jsonSpike{Entry: g.ID(x.spike.Entry), Before: x.spike.Before, After: x.spike.After, Seconds: x.spike.Duration.Seconds(), Assumed: x.spike.Assumed})
		}
		growth := jsonGrowth{Node: g.ID(s.Deploy[x.deploy].Node), Before: pointer(x.after.Before), After: pointer(x.after.After), Short: x.after.Short,
			Backlog: x.course.Backlog, PeakAt: x.course.PeakAt}
		if at := clearAt(x.course); x.course.Backlog > 0 && x.course.EmptyAt >= 0 {
			growth.ClearAt = &at
		}
		out[len(out)-1].Deployed = append(out[len(out)-1].Deployed, growth)
	}
	return out
}

func (r *Report) jsonCost() jsonCost {
	g, c := r.Facts.Graph(), r.Facts.Scaling().Cost
	out := jsonCost{pointer(c.Provisioned), pointer(c.Used), pointer(c.BreakEven), []jsonCostItem{}}
	for _, x := range c.Items {
		out.Items = append(out.Items, jsonCostItem{g.ID(x.Node), pointer(x.Provisioned), pointer(x.Used), pointer(x.BreakEven)})
	}
	return out
}
