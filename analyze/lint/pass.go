package lint

import (
	"iter"
	"slices"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// Pass is what one run gives to its rules: the file, what was computed from it,
// and a place to report to.
type Pass struct {
	Sys   *model.System
	Facts *metric.Facts // everything in it is computed when first asked for
	Today model.Date    // zero: no waiver is expired

	rule      Rule
	severity  model.Severity
	silencers map[string][]*silencer // by rule
	active    map[string]bool        // rules that were free to report in this run
	found     model.Diagnostics
	silenced  []Silenced
}

// Graph is the graph of the system.
func (p *Pass) Graph() *graph.Graph { return p.Facts.Graph() }

// Report says that something is wrong. The message is one line, lower case,
// with its subject in quotes and, where there is one, the number beside its
// limit; the hint says what to do; related points at the other ends.
func (p *Pass) Report(pos model.Pos, subject, message, hint string, related ...model.Related) {
	d := model.Diagnostic{
		Rule: p.rule.ID, Severity: p.severity, Pos: pos, Subject: subject,
		Message: message, Hint: hint, Related: related,
	}
	for _, s := range p.silencers[p.rule.ID] {
		if s.silences(d, p.Today) {
			s.used = true
			p.silenced = append(p.silenced, Silenced{d, s.pos, s.reason})
			return
		}
	}
	p.found = append(p.found, d)
}

// edge is one direct dependency of a service: a call or the use of a store.
type edge struct {
	from *model.Service
	dep  *model.Dependency
	to   string // the target, or one of the members of an any_of
	u, v int32  // the nodes of from and to
}

// edges gives every direct dependency in file order, an any_of once a member.
func (p *Pass) edges() iter.Seq[edge] {
	return func(yield func(edge) bool) {
		for u, s := range p.Sys.Services {
			for i := range s.DependsOn {
				for k, v := range p.Graph().Needs(int32(u), i) {
					if v >= 0 && !yield(edge{s, &s.DependsOn[i], s.DependsOn[i].To[k], int32(u), v}) {
						return
					}
				}
			}
		}
	}
}

// calls gives the edges that are calls: everything but the use of a store. A call
// can hang and be retried by us; a store's driver has rules of its own.
func (p *Pass) calls() iter.Seq[edge] {
	return func(yield func(edge) bool) {
		for e := range p.edges() {
			if p.Graph().Kind(e.v) != graph.Store && !yield(e) {
				return
			}
		}
	}
}

// subject names the edge in findings, stable when the file is reordered.
func (e edge) subject() string { return "services." + e.from.ID + arrow + e.to }

// find gives the dependency of u on v, the first if there are several. It turns an
// edge of the graph, which knows no file, back into a place to point at.
func (p *Pass) find(u, v int32) (edge, bool) {
	s := p.Sys.Services[u]
	for i := range s.DependsOn {
		if k := slices.Index(p.Graph().Needs(u, i), v); k >= 0 {
			return edge{s, &s.DependsOn[i], s.DependsOn[i].To[k], u, v}, true
		}
	}
	return edge{}, false
}

// entity gives what all named things have, for an id that resolves.
func (p *Pass) entity(id string) *model.Entity {
	v, _ := p.Graph().Lookup(id)
	return p.Graph().Entity(v)
}

// deployable is the node that ships and crashes as one with the service: its
// declared unit, else the service itself.
func (p *Pass) deployable(service int32) int32 {
	if u := p.Graph().Unit(service); u >= 0 {
		return u
	}
	return service
}

// together says whether both ids are services of one declared unit, so that
// what is between them never leaves the process or the team's deployable.
func (p *Pass) together(a, b string) bool {
	u, _ := p.Graph().Lookup(a)
	v, _ := p.Graph().Lookup(b)
	return p.joined(u, v)
}

// inside is together for the two ends of an edge.
func (p *Pass) inside(e edge) bool { return p.joined(e.u, e.v) }

func (p *Pass) joined(u, v int32) bool {
	isService := func(n int32) bool { return int(n) < p.Graph().Services() }
	return isService(u) && isService(v) && p.deployable(u) == p.deployable(v)
}
