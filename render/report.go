package render

import (
	"cmp"
	"encoding/json"
	"slices"

	"github.com/taut-dev/taut/analyze/blast"
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// ReportVersion names the version of the JSON of analyze. Keys may be added
// within a version; none changes or goes.
const ReportVersion = "taut/report/v1"

// SetsFor is the number of nodes up to which the report lists who is hit by
// each failure; beyond it lists them for the worst WorstSets failures, so that
// the output grows with the system and not with its square.
const (
	SetsFor   = 2000
	WorstSets = 100
)

// Report is everything analyze says about one design of a system.
type Report struct {
	Facts    *metric.Facts
	Table    *metric.Table
	Findings model.Diagnostics
	AllSets  bool          // list who is hit by every failure, however many
	Bare     bool          // say nothing about flags of the command line
	Details  []Section     // pages to show below the first screen
	Failed   *FailedReport // one failure looked at closely; nil: none

	Kinds    []graph.Kind      // kinds of nodes whose failures to show; nil: all, unless Replicas
	Replicas bool              // show what the loss of one replica does
	Pairs    *blast.PairResult // failures two by two; nil: not asked for

	worstSets map[int32]bool // see listed
}

type jsonReport struct {
	Schema   string          `json:"schema"`
	System   string          `json:"system"`
	Design   string          `json:"design"`
	Counts   jsonCounts      `json:"counts"`
	Metrics  jsonMetrics     `json:"metrics"`
	Roles    json.RawMessage `json:"roles"`    // see lists
	Failures json.RawMessage `json:"failures"` // see lists
	Journeys json.RawMessage `json:"journeys"` // see lists
	Scaling  jsonScaling     `json:"scaling"`
	Assumed  []string        `json:"assumed_availability"`
	Findings json.RawMessage `json:"findings"` // see lists
	Failed   *jsonFailedNode `json:"fail,omitempty"`
	Notes    []string        `json:"notes,omitempty"`

	Softening *jsonSoftening `json:"softening,omitempty"`
	Pairs     *jsonPairs     `json:"pairs,omitempty"`
	Replicas  []jsonLost     `json:"replica_losses"`
	Scorecard []jsonCheck    `json:"scorecard"`
}

type jsonCounts struct {
	Services     int `json:"services"`
	Stores       int `json:"stores"`
	Channels     int `json:"channels"`
	Externals    int `json:"externals"`
	Platforms    int `json:"platforms"`
	Units        int `json:"units"`
	Dependencies int `json:"dependencies"`
}

type jsonMetrics struct {
	System   jsonValues            `json:"system"`
	Services json.RawMessage       `json:"services"` // see lists
	Teams    map[string]jsonValues `json:"teams"`
	Journeys map[string]jsonValues `json:"journeys"`
}

// jsonValues are numbers by metric id; null where a value is undefined.
type jsonValues map[string]*float64

type jsonFailure struct {
	Node          string   `json:"node"`
	Kind          string   `json:"kind"`
	Down          []string `json:"down,omitzero"` // left out when not listed
	Degraded      []string `json:"degraded,omitzero"`
	Delayed       []string `json:"delayed,omitzero"`
	DownCount     int      `json:"down_count"`
	DegradedCount int      `json:"degraded_count"`
	DelayedCount  int      `json:"delayed_count"`
	Radius        float64  `json:"radius"`
	Weighted      float64  `json:"weighted"`
	Expected      float64  `json:"expected"`
	Lost          *float64 `json:"events_lost_after_seconds,omitempty"`
}

func (r *Report) json() jsonReport {
	g := r.Facts.Graph()
	sys := r.Facts.System()
	count := func(k graph.Kind) int { from, to := g.Range(k); return int(to - from) }
	out := jsonReport{
		Schema: ReportVersion, System: sys.Name, Design: sys.Design,
		Counts: jsonCounts{count(graph.Service), count(graph.Store), count(graph.Channel), count(graph.External),
			count(graph.Platform), count(graph.Unit), g.Depends().Edges()},
		Metrics:  r.jsonMetrics(),
		Roles:    here("roles"),
		Failures: here("failures"),
		Journeys: here("journeys"),
		Scaling:  r.jsonScaling(),
		Assumed:  names(r.Facts.Graph(), r.assumed()),
		Findings: here("findings"),
		Notes:    sys.Notes,
		Failed:   r.jsonFailed(),

		Softening: r.jsonSoftening(),
		Pairs:     r.jsonPairs(),
		Replicas:  r.jsonLost(),
		Scorecard: r.jsonScorecard(),
	}
	return out
}

func (r *Report) jsonMetrics() jsonMetrics {
	scope := func(s metric.Scope) map[string]jsonValues {
		subjects := map[string]jsonValues{}
		columns := r.Table.Columns(s)
		for i, name := range r.Table.Subjects(s) {
			subjects[name] = valuesOf(columns, i)
		}
		return subjects
	}
	return jsonMetrics{System: scope(metric.System)[""], Services: here("services"), Teams: scope(metric.Team), Journeys: scope(metric.Journey)}
}

func valuesOf(columns []metric.Column, subject int) jsonValues {
	values := make(jsonValues, len(columns))
	for _, c := range columns {
		values[c.Metric.ID] = pointer(c.Values[subject])
	}
	return values
}

// pointer is a value as JSON shows it: null where undefined.
func pointer(v graph.Value) *float64 {
	if !v.OK {
		return nil
	}
	return &v.F
}

// failures gives the single failures asked for, by name.
func (r *Report) failures() []*blast.Failure {
	g := r.Facts.Graph()
	all := r.Facts.Blast().Failures
	out := make([]*blast.Failure, 0, len(all))
	for i := range all {
		if r.shows(all[i].Node) {
			out = append(out, &all[i])
		}
	}
	slices.SortFunc(out, func(a, b *blast.Failure) int { return cmp.Compare(g.ID(a.Node), g.ID(b.Node)) })
	return out
}

func (r *Report) jsonFailure(f *blast.Failure) jsonFailure {
	g := r.Facts.Graph()
	j := jsonFailure{
		Node: g.ID(f.Node), Kind: g.Kind(f.Node).String(), Radius: f.Radius, Weighted: f.Weighted, Expected: r.expected(f),
		DownCount: int(f.NDown), DegradedCount: int(f.NDegraded), DelayedCount: int(f.NDelayed),
	}
	if listed := r.listed(); listed == nil || listed[f.Node] {
		j.Down, j.Degraded, j.Delayed = r.hit(*f)
		if len(g.Sys.Channels) > 0 {
			if after, ok := blast.Loss(blast.Waiting(g, blast.States(g, f.Node))); ok {
				s := after.Seconds()
				j.Lost = &s
			}
		}
	}
	return j
}

// listed says whose sets the report lists; nil: all.
func (r *Report) listed() map[int32]bool {
	failures := r.Facts.Blast().Failures
	if r.AllSets || r.Facts.Graph().Len() <= SetsFor {
		return nil
	}
	if r.worstSets != nil {
		return r.worstSets
	}
	worst := slices.Clone(failures)
	slices.SortStableFunc(worst, func(a, b blast.Failure) int { return cmp.Compare(b.NDown, a.NDown) })
	r.worstSets = map[int32]bool{}
	for _, f := range worst[:min(WorstSets, len(worst))] {
		r.worstSets[f.Node] = true
	}
	return r.worstSets
}

// hit lists who a failure takes down, degrades and delays, names sorted. Where
// the sets were not kept the one failure is worked out again.
func (r *Report) hit(f blast.Failure) (down, degraded, delayed []string) {
	g, sets := r.Facts.Graph(), r.hitNodes(f)
	return names(g, sets[graph.Down]), names(g, sets[graph.Degraded]), names(g, sets[graph.Delayed])
}

// hitNodes gives, for each state, the other services that a failure puts there.
func (r *Report) hitNodes(f blast.Failure) (sets [graph.Down + 1][]int32) {
	if f.Sets != nil {
		sets[graph.Down], sets[graph.Degraded], sets[graph.Delayed] = f.Down, f.Degraded, f.Delayed
		return sets
	}
	if f.NDown+f.NDegraded+f.NDelayed == 0 {
		return sets
	}
	g := r.Facts.Graph()
	for v, s := range blast.States(g, f.Node)[:g.Services()] {
		if int32(v) != f.Node {
			sets[s] = append(sets[s], int32(v))
		}
	}
	return sets
}

// names gives the ids of nodes, sorted, never nil.
func names(g *graph.Graph, nodes []int32) []string {
	out := make([]string, len(nodes))
	for i, v := range nodes {
		out[i] = g.ID(v)
	}
	slices.Sort(out)
	return out
}
