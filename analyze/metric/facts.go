package metric

import (
	"context"

	"github.com/taut-dev/taut/analyze/availability"
	"github.com/taut-dev/taut/analyze/blast"
	"github.com/taut-dev/taut/analyze/coupling"
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/scaling"
	"github.com/taut-dev/taut/model"
)

// Options tunes what Facts computes; the zero value is what every report uses.
type Options struct {
	KeepSets       bool // blast results list who fails, not only how many
	TightnessLimit int  // services up to which tightness is exact; 0: coupling.ExactLimit
	Workers        int  // goroutines; 0: as many as there are processors. No result depends on it
}

// Facts holds everything that is computed about one system. Each part is
// computed when first asked for and kept. It is for one goroutine.
type Facts struct {
	ctx     context.Context
	sys     *model.System
	options Options
	err     error

	graph      lazy[*graph.Graph]
	blast      lazy[*blast.Result]
	scaling    lazy[*scaling.Result]
	journeys   lazy[[]availability.Result]
	links      lazy[[]coupling.Link]
	tightness  lazy[*coupling.Tightness]
	visibility lazy[coupling.Visibility]
	degrees    lazy[coupling.Degrees]
	teams      lazy[*coupling.Ownership]
}

// NewFacts prepares to compute facts about a system; nothing is computed yet.
func NewFacts(ctx context.Context, sys *model.System, o Options) *Facts {
	return &Facts{ctx: ctx, sys: sys, options: o}
}

// lazy is a value that is computed when first asked for.
type lazy[T any] struct {
	done  bool
	value T
}

func (l *lazy[T]) get(compute func() T) T {
	if !l.done {
		l.value, l.done = compute(), true
	}
	return l.value
}

// Err is why facts are incomplete: the context was cancelled, or a computation
// gave up. Once it is set, values are undefined.
func (f *Facts) Err() error {
	if f.err == nil {
		f.err = f.ctx.Err()
	}
	return f.err
}

// System is what the facts are about.
func (f *Facts) System() *model.System { return f.sys }

// Graph is the system's graph.
func (f *Facts) Graph() *graph.Graph {
	return f.graph.get(func() *graph.Graph { return graph.Build(f.sys) })
}
