package render

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"slices"

	"github.com/taut-dev/taut/analyze/blast"
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/analyze/scaling"
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
	Details  []Section     // pages to show below the first screen
	Failed   *FailedReport // one failure looked at closely; nil: none

	worstSets map[int32]bool // see listed
}

// FailedReport is one failure and how it reaches everybody.
type FailedReport struct {
	Node   int32
	States []graph.State
	Chains [][]blast.Step // for every service hit, in file order
}

type jsonReport struct {
	Schema   string          `json:"schema"`
	System   string          `json:"system"`
	Design   string          `json:"design"`
	Counts   jsonCounts      `json:"counts"`
	Metrics  jsonMetrics     `json:"metrics"`
	Roles    map[string]any  `json:"roles"`
	Failures json.RawMessage `json:"failures"` // filled in when written: see writeJSON
	Journeys []jsonJourney   `json:"journeys"`
	Scaling  jsonScaling     `json:"scaling"`
	Assumed  []string        `json:"assumed_availability"`
	Findings []JSONFinding   `json:"findings"`
	Failed   *jsonFailedNode `json:"fail,omitempty"`
	Notes    []string        `json:"notes,omitempty"`
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
	Services map[string]jsonValues `json:"services"`
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
}

type jsonScaling struct {
	Relative   bool                `json:"relative"`
	Units      [][]string          `json:"units"`
	Demand     [][]string          `json:"demand_groups"`
	Surge      map[string][]string `json:"surge"`
	MustScale  map[string][]string `json:"must_scale"`
	SurgeShare map[string]float64  `json:"surge_share"`
	Deployed   []jsonDeployed      `json:"deployed"`
	Buffers    []jsonBuffer        `json:"buffers"`
	Problems   []string            `json:"problems,omitempty"`
}

type jsonDeployed struct {
	Node           string   `json:"node"`
	Services       []string `json:"services"`
	Replicas       *float64 `json:"replicas"`
	ReplicasAtPeak *float64 `json:"replicas_at_peak"`
	Footprint      *float64 `json:"footprint_bytes"`
}

type jsonBuffer struct {
	Channel      string   `json:"channel"`
	Consumers    []string `json:"consumers"`
	Backlog      float64  `json:"backlog"`
	DrainSeconds *float64 `json:"drain_seconds"`
	OldestAge    float64  `json:"oldest_age_seconds"`
	Lost         *float64 `json:"lost"`
}

type jsonFailedNode struct {
	Node   string            `json:"node"`
	States map[string]string `json:"states"`
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
		Roles:    r.jsonRoles(),
		Failures: failuresHere,
		Journeys: r.jsonJourneys(),
		Scaling:  r.jsonScaling(),
		Assumed:  r.assumed(),
		Findings: JSONFindings(r.Findings),
		Notes:    sys.Notes,
	}
	if r.Failed != nil {
		out.Failed = &jsonFailedNode{Node: g.ID(r.Failed.Node), States: map[string]string{}}
		for v, s := range r.Failed.States {
			out.Failed.States[g.ID(int32(v))] = s.String()
		}
	}
	return out
}

// failuresHere holds the place of the failures, which are the bulk of a report.
var failuresHere = json.RawMessage(`"failures"`)

// writeJSON writes the report with each failure on a line of its own, made and
// written one by one: together they may be a hundred times the rest.
func (r *Report) writeJSON(w io.Writer) error {
	var b bytes.Buffer
	if err := writeJSON(&b, r.json()); err != nil {
		return err
	}
	before, after, _ := bytes.Cut(b.Bytes(), append([]byte(`"failures": `), failuresHere...))
	out := bufio.NewWriter(w)
	out.Write(before)
	out.WriteString(`"failures": [`)
	for i, f := range r.failures() {
		line, err := json.Marshal(r.jsonFailure(f))
		if err != nil {
			return err
		}
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteString("\n    ")
		out.Write(line)
	}
	out.WriteString("\n  ]")
	out.Write(after)
	return out.Flush()
}

func (r *Report) jsonMetrics() jsonMetrics {
	scope := func(s metric.Scope) map[string]jsonValues {
		subjects := map[string]jsonValues{}
		columns := r.Table.Columns(s)
		for i, name := range r.Table.Subjects(s) {
			values := make(jsonValues, len(columns))
			for _, c := range columns {
				values[c.Metric.ID] = pointer(c.Values[i])
			}
			subjects[name] = values
		}
		return subjects
	}
	return jsonMetrics{System: scope(metric.System)[""], Services: scope(metric.Service), Teams: scope(metric.Team), Journeys: scope(metric.Journey)}
}

// pointer is a value as JSON shows it: null where undefined.
func pointer(v graph.Value) *float64 {
	if !v.OK {
		return nil
	}
	return &v.F
}

func (r *Report) jsonRoles() map[string]any {
	roles := map[string]any{}
	for i, word := range metric.Roles(r.Facts) {
		roles[r.Facts.Graph().ID(int32(i))] = word
	}
	return roles
}

// failures gives all single failures by name.
func (r *Report) failures() []*blast.Failure {
	g := r.Facts.Graph()
	all := r.Facts.Blast().Failures
	out := make([]*blast.Failure, len(all))
	for i := range all {
		out[i] = &all[i]
	}
	slices.SortFunc(out, func(a, b *blast.Failure) int { return cmp.Compare(g.ID(a.Node), g.ID(b.Node)) })
	return out
}

func (r *Report) jsonFailure(f *blast.Failure) jsonFailure {
	g := r.Facts.Graph()
	j := jsonFailure{
		Node: g.ID(f.Node), Kind: g.Kind(f.Node).String(), Radius: f.Radius, Weighted: f.Weighted,
		DownCount: f.NDown, DegradedCount: f.NDegraded, DelayedCount: f.NDelayed,
	}
	if listed := r.listed(); listed == nil || listed[f.Node] {
		j.Down, j.Degraded, j.Delayed = r.hit(*f)
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
	g := r.Facts.Graph()
	if f.Down != nil || f.Degraded != nil || f.Delayed != nil || f.NDown+f.NDegraded+f.NDelayed == 0 {
		return names(g, f.Down), names(g, f.Degraded), names(g, f.Delayed)
	}
	var sets [graph.Down + 1][]int32
	for v, s := range blast.States(g, f.Node)[:g.Services()] {
		if int32(v) != f.Node {
			sets[s] = append(sets[s], int32(v))
		}
	}
	return names(g, sets[graph.Down]), names(g, sets[graph.Degraded]), names(g, sets[graph.Delayed])
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

func (r *Report) jsonScaling() jsonScaling {
	g, s := r.Facts.Graph(), r.Facts.Scaling()
	out := jsonScaling{
		Relative: s.Relative, Units: groups(g, s.Units), Demand: groups(g, s.Demand),
		Surge: map[string][]string{}, MustScale: map[string][]string{}, SurgeShare: map[string]float64{}, Buffers: []jsonBuffer{},
	}
	for _, x := range s.Surge {
		entry := g.ID(x.Entry)
		out.SurgeShare[entry] = x.Share
		if x.Services != nil {
			out.Surge[entry], out.MustScale[entry] = names(g, x.Services), names(g, x.MustScale)
		}
	}
	for _, d := range s.Deploy {
		out.Deployed = append(out.Deployed, jsonDeployed{
			Node: g.ID(d.Node), Services: names(g, d.Services),
			Replicas: pointer(d.Replicas), ReplicasAtPeak: pointer(d.ReplicasAtPeak), Footprint: pointer(d.Footprint),
		})
	}
	slices.SortFunc(out.Deployed, func(a, b jsonDeployed) int { return cmp.Compare(a.Node, b.Node) })
	for _, b := range s.Buffers {
		out.Buffers = append(out.Buffers, buffer(g, b))
	}
	for _, p := range s.Problems {
		out.Problems = append(out.Problems, p.Message)
	}
	return out
}

func buffer(g *graph.Graph, b scaling.Buffer) jsonBuffer {
	j := jsonBuffer{Channel: g.ID(b.Channel), Consumers: names(g, b.Consumers), Backlog: b.Backlog, OldestAge: b.OldestAge}
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
