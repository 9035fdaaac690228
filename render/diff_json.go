package render

import (
	_ "embed"
	"math"

	"github.com/taut-dev/taut/analyze/diff"
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// DiffVersion names the version of the JSON of diff.
const DiffVersion = "taut/diff/v1"

//go:embed schema_diff.json
var diffSchema []byte

// DiffSchema is the JSON Schema of the JSON of diff.
func DiffSchema() []byte { return diffSchema }

type jsonDiff struct {
	Schema    string            `json:"schema"`
	System    string            `json:"system"`
	Old       string            `json:"old"`
	New       string            `json:"new"`
	Worse     bool              `json:"worse"`
	Tolerance float64           `json:"tolerance"`
	Changes   []jsonChange      `json:"changes"`
	Metrics   []jsonMove        `json:"metrics"`
	Services  []jsonMove        `json:"services"`
	Failures  []jsonFailureDiff `json:"failures"`
	Overloads []jsonStrain      `json:"overloads"`
	Findings  jsonFindingsDiff  `json:"findings"`
	Remedies  []jsonRemedy      `json:"remedies"`
	Weighed   int               `json:"weighed"`
	Unweighed int               `json:"unweighed"`
}

type jsonChange struct {
	Op      string      `json:"op"`
	Kind    string      `json:"kind"`
	Subject string      `json:"subject"`
	ID      string      `json:"id,omitempty"`
	From    string      `json:"from,omitempty"`
	To      []string    `json:"to,omitempty"`
	Hard    bool        `json:"hard,omitempty"`
	Fields  []jsonField `json:"fields,omitempty"`
	Still   bool        `json:"moves_nothing,omitempty"`
	Place   *jsonPlace  `json:"place"`
	Before  *jsonPlace  `json:"place_before,omitempty"`
}

type jsonField struct {
	Key     string `json:"key"`
	Old     string `json:"old"`
	New     string `json:"new"`
	Default string `json:"default,omitempty"`
}

type jsonPlace struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

type jsonMove struct {
	Metric  string          `json:"metric"`
	Scope   string          `json:"scope"`
	Subject string          `json:"subject,omitempty"`
	Better  string          `json:"better"`
	Old     *float64        `json:"old"`
	New     *float64        `json:"new"`
	Change  *float64        `json:"change"`
	Lifted  float64         `json:"lifted,omitempty"`
	Verdict string          `json:"verdict"`
	Causes  []jsonMoveCause `json:"causes"`
}

type jsonMoveCause struct {
	Change  int      `json:"change"`
	Without *float64 `json:"without,omitempty"`
	Alone   *float64 `json:"alone,omitempty"`
}

type jsonStrain struct {
	ID      string          `json:"id"`
	Measure string          `json:"measure"`
	For     []string        `json:"for,omitempty"`
	Old     *float64        `json:"old"`
	New     *float64        `json:"new"`
	Verdict string          `json:"verdict"`
	Causes  []jsonMoveCause `json:"causes"`
}

type jsonFailureDiff struct {
	ID      string          `json:"id"`
	Op      string          `json:"op"`
	Old     jsonToll        `json:"old"`
	New     jsonToll        `json:"new"`
	Verdict string          `json:"verdict"`
	Hits    []jsonHit       `json:"hits"`
	Causes  []jsonTollCause `json:"causes"`
}

type jsonToll struct {
	Others   int     `json:"others"`
	Down     int     `json:"down"`
	Degraded int     `json:"degraded"`
	Delayed  int     `json:"delayed"`
	Radius   float64 `json:"radius"`
}

type jsonHit struct {
	Service string `json:"service"`
	Old     string `json:"old"`
	New     string `json:"new"`
}

type jsonTollCause struct {
	Change  int       `json:"change"`
	Without *jsonToll `json:"without,omitempty"`
	Alone   *jsonToll `json:"alone,omitempty"`
}

type jsonFindingsDiff struct {
	New   []JSONFinding `json:"new"`
	Fixed []JSONFinding `json:"fixed"`
}

type jsonRemedy struct {
	Change   int           `json:"change"`
	Needs    string        `json:"needs"`
	Helps    bool          `json:"helps"`
	Failures []jsonOutcome `json:"failures"`
}

type jsonOutcome struct {
	ID    string   `json:"id"`
	Would jsonToll `json:"would"`
}

// diffJSON is everything that a difference knows.
func diffJSON(d Diff) jsonDiff {
	r := d.Result
	out := jsonDiff{Schema: DiffVersion, System: r.New.Facts.System().Name, Old: d.Old, New: d.New, Worse: r.Worse(d.Tolerance), Tolerance: d.Tolerance,
		Changes: []jsonChange{}, Metrics: moves(r.Moves), Services: moves(r.Services), Overloads: overloads(r.Strains), Failures: []jsonFailureDiff{}, Remedies: []jsonRemedy{},
		Findings: jsonFindingsDiff{JSONFindings(r.Fresh), JSONFindings(r.Fixed)}, Weighed: r.Weighed, Unweighed: r.Left}
	for i := range r.Changes {
		c := &r.Changes[i]
		x := jsonChange{Op: c.Op.String(), Kind: c.Kind.String(), Subject: c.Subject(), ID: c.ID, From: c.From, To: c.To, Hard: c.Hard && c.Kind.Edge(),
			Still: c.Still, Place: placeOf(c.Pos), Before: placeOf(c.OldPos)}
		for _, f := range c.Fields {
			x.Fields = append(x.Fields, jsonField{f.Key, f.Old, f.New, f.Default})
		}
		out.Changes = append(out.Changes, x)
	}
	for i := range r.Failures {
		f := &r.Failures[i]
		x := jsonFailureDiff{f.ID, f.Op.String(), tollOf(f.Old), tollOf(f.New), f.Verdict().String(), []jsonHit{}, []jsonTollCause{}}
		for _, h := range f.Hits {
			x.Hits = append(x.Hits, jsonHit{h.ID, h.Old.String(), h.New.String()})
		}
		for _, c := range f.Causes {
			toll := tollOf(c.Toll)
			if c.Alone {
				x.Causes = append(x.Causes, jsonTollCause{Change: c.Change, Alone: &toll})
			} else {
				x.Causes = append(x.Causes, jsonTollCause{Change: c.Change, Without: &toll})
			}
		}
		out.Failures = append(out.Failures, x)
	}
	for _, m := range r.Remedies {
		x := jsonRemedy{m.Change, "soft", m.Helps, []jsonOutcome{}}
		for _, f := range m.Failures {
			x.Failures = append(x.Failures, jsonOutcome{r.Failures[f.Change].ID, tollOf(f.Toll)})
		}
		out.Remedies = append(out.Remedies, x)
	}
	return out
}

func moves(list []diff.Move) []jsonMove {
	out := []jsonMove{}
	for _, m := range list {
		change := graph.Value{F: m.New.F - m.Old.F, OK: m.Old.OK && m.New.OK}
		x := jsonMove{m.Metric.ID, string(m.Metric.Scope), m.Subject, m.Metric.Better.String(), pointer(m.Old), pointer(m.New), pointer(change), m.Lifted, m.Verdict.String(), moveCauses(m.Causes)}
		out = append(out, x)
	}
	return out
}

func moveCauses(list []diff.Cause) []jsonMoveCause {
	out := []jsonMoveCause{}
	for _, c := range list {
		if c.Alone {
			out = append(out, jsonMoveCause{Change: c.Change, Alone: pointer(c.Value)})
		} else {
			out = append(out, jsonMoveCause{Change: c.Change, Without: pointer(c.Value)})
		}
	}
	return out
}

// overloads writes the strains; what never drains has no number.
func overloads(list []diff.Strain) []jsonStrain {
	out := []jsonStrain{}
	value := func(x float64) *float64 { return pointer(graph.Value{F: x, OK: !math.IsInf(x, 0)}) }
	for i := range list {
		s := &list[i]
		measure := "demand ÷ bound"
		if s.Waits() {
			measure = "events waiting"
		}
		out = append(out, jsonStrain{s.ID, measure, s.For, value(s.Old), value(s.New), s.Verdict().String(), moveCauses(s.Causes)})
	}
	return out
}

func tollOf(t diff.Toll) jsonToll {
	return jsonToll{t.Others, t.Down, t.Degraded, t.Delayed, t.Radius()}
}

func placeOf(p model.Pos) *jsonPlace {
	if p.IsZero() {
		return nil
	}
	return &jsonPlace{p.File, p.Line, p.Col}
}
