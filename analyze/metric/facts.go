package metric

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"

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
	Details        bool // journeys with the importance of nodes and cut sets of higher order
	TightnessLimit int  // services up to which tightness is exact; 0: coupling.ExactLimit
	Diagram        int  // nodes of one decision diagram; 0: the default of availability
	Workers        int  // goroutines; 0: as many as there are processors. No result depends on it

	Step func(what string) // told what is computed from now on; nil: nobody. Any goroutine may call it
}

// Facts holds everything that is computed about one system. Each part is
// computed when first asked for and kept. Any number of goroutines may ask.
type Facts struct {
	ctx     context.Context
	sys     *model.System
	options Options
	failing sync.Mutex
	err     error

	graph      lazy[*graph.Graph]
	blast      lazy[*blast.Result]
	scaling    lazy[*scaling.Result]
	journeys   lazy[[]availability.Result]
	scale      lazy[coupling.Scale]
	links      lazy[[]coupling.Link]
	network    lazy[*coupling.Network]
	backward   lazy[*coupling.Network]
	tightness  lazy[*coupling.Tightness]
	visibility lazy[Visibility]
	cycles     lazy[[][]int32]
	depths     lazy[[]graph.Value]
	chains     lazy[*coupling.Chains]
	downBy     lazy[[][]int32]
	joined     lazy[coupling.Interconnections]
	stores     lazy[[][]int32]
	owners     lazy[*coupling.Ownership]
	crossed    lazy[crossed]
	hidden     lazy[coupling.Hidden]
	domains    lazy[coupling.Domains]
	softening  lazy[*blast.SoftenResult]
}

// Visibility is how many services each one reaches over calls (Out) and is
// reached by (In), itself included in both.
type Visibility struct {
	In, Out []int32
}

// NewFacts prepares to compute facts about a system; nothing is computed yet.
func NewFacts(ctx context.Context, sys *model.System, o Options) *Facts {
	return &Facts{ctx: ctx, sys: sys, options: o}
}

// lazy is a value that is computed when first asked for; who asks meanwhile waits.
type lazy[T any] struct {
	mutex sync.Mutex
	done  bool
	value T
}

// get computes at most once. A computation may ask for other facts, never for
// itself.
func (l *lazy[T]) get(compute func() T) T {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if !l.done {
		l.value, l.done = compute(), true
	}
	return l.value
}

// Err is why facts are incomplete: the context was cancelled, or a computation
// gave up. Once it is set, values are undefined.
func (f *Facts) Err() error {
	if err := f.ctx.Err(); err != nil {
		f.fail(err)
	}
	f.failing.Lock()
	defer f.failing.Unlock()
	return f.err
}

// prepare computes what every whole report needs, the parts that keep one
// processor busy beside those that use all.
func (f *Facts) prepare() {
	f.Graph()
	parts := []func(){
		func() { f.Scaling() },
		func() { f.Blast(); f.Tightness(); f.Journeys() },
	}
	f.each(len(parts), func(i int) { parts[i]() })
}

// each calls do with 0 to n-1 on as many goroutines as there may be. A panic
// ends up with the caller.
func (f *Facts) each(n int, do func(i int)) {
	workers := f.options.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	var next atomic.Int64
	var fault atomic.Pointer[any]
	var group sync.WaitGroup
	for range min(workers, n) {
		group.Go(func() {
			defer func() {
				if x := recover(); x != nil {
					fault.Store(&x)
				}
			}()
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	group.Wait()
	if x := fault.Load(); x != nil {
		panic(*x)
	}
}

func (f *Facts) step(what string) {
	if f.options.Step != nil {
		f.options.Step(what)
	}
}

// System is what the facts are about.
func (f *Facts) System() *model.System { return f.sys }

// Graph is the system's graph.
func (f *Facts) Graph() *graph.Graph {
	return f.graph.get(func() *graph.Graph { return graph.Build(f.sys) })
}

// Blast gives every single failure and what it takes with it.
func (f *Facts) Blast() *blast.Result {
	return f.blast.get(func() *blast.Result {
		f.step("what every failure hits")
		r, err := blast.Single(f.ctx, f.Graph(), blast.Options{Workers: f.options.Workers, KeepSets: f.options.KeepSets})
		return orEmpty(f, r, err)
	})
}

// Softening gives the hard dependencies that weigh most on the blast radius.
func (f *Facts) Softening() *blast.SoftenResult {
	return f.softening.get(func() *blast.SoftenResult {
		f.step("what to make soft")
		g := f.Graph()
		down := make([]float64, g.Len())
		for v := range down {
			a, _ := availability.Of(g, int32(v))
			down[v] = 1 - a
		}
		r, err := blast.Soften(f.ctx, g, f.Blast(), blast.SoftenOptions{Down: down})
		return orEmpty(f, r, err)
	})
}

// Scaling gives load, scaling units, surges and cost.
func (f *Facts) Scaling() *scaling.Result {
	return f.scaling.get(func() *scaling.Result {
		f.step("load and scaling units")
		return scaling.Analyze(f.Graph())
	})
}

// Journeys gives the availability of every journey, in file order.
func (f *Facts) Journeys() []availability.Result {
	return f.journeys.get(func() []availability.Result {
		f.step("availability of journeys")
		r, err := availability.Journeys(f.ctx, f.Graph(), availability.Options{Workers: f.options.Workers, MaxNodes: f.options.Diagram, Details: f.options.Details})
		f.fail(err)
		return r
	})
}

// Scale is the strength table with the file's overrides.
func (f *Facts) Scale() coupling.Scale {
	return f.scale.get(func() coupling.Scale { return coupling.NewScale(f.sys) })
}

// Links gives every dependency that couples services, with its strength.
func (f *Facts) Links() []coupling.Link {
	return f.links.get(func() []coupling.Link {
		f.step("links")
		return coupling.Links(f.Graph(), f.Scale())
	})
}

// Network is the coupling graph that tightness runs over.
func (f *Facts) Network() *coupling.Network {
	return f.network.get(func() *coupling.Network { return coupling.NewNetwork(f.Graph(), f.Scale(), f.Links()) })
}

// Tightness gives the tightness of the system and its services.
func (f *Facts) Tightness() *coupling.Tightness {
	return f.tightness.get(func() *coupling.Tightness {
		f.step("tightness")
		o := coupling.TightnessOptions{Limit: f.options.TightnessLimit, Workers: f.options.Workers}
		t, err := f.Network().Measure(f.ctx, f.Graph(), o)
		return orEmpty(f, t, err)
	})
}

// Visibility gives the visibility of every service over the service graph.
func (f *Facts) Visibility() Visibility {
	return f.visibility.get(func() Visibility {
		f.step("visibility")
		out, in, err := graph.Visibility(f.ctx, f.Graph().Calls())
		f.fail(err)
		return Visibility{In: in, Out: out}
	})
}

// Hidden gives the roles of services and the shape they follow from.
func (f *Facts) Hidden() coupling.Hidden {
	return f.hidden.get(func() coupling.Hidden {
		v := f.Visibility()
		if f.Err() != nil {
			return coupling.Hidden{}
		}
		return coupling.Roles(f.Graph().Calls(), v.In, v.Out)
	})
}

// Cycles gives the cyclic groups of services, each ascending.
func (f *Facts) Cycles() [][]int32 {
	return f.cycles.get(func() [][]int32 { return graph.Cyclic(f.Graph().Calls()) })
}

// Depths gives the longest hard synchronous chain from every service, in calls;
// undefined inside a cycle.
func (f *Facts) Depths() []graph.Value {
	return f.depths.get(func() []graph.Value { return graph.LongestPath(f.Graph().HardCalls()) })
}

// Interconnections counts the ways in which services are joined.
func (f *Facts) Interconnections() coupling.Interconnections {
	return f.joined.get(func() coupling.Interconnections { return coupling.Interconnect(f.Graph()) })
}

// StoreUsers gives the services that use each store, by store in file order.
func (f *Facts) StoreUsers() [][]int32 {
	return f.stores.get(func() [][]int32 { return coupling.StoreUsers(f.Graph()) })
}

// Owners says which team owns which service.
func (f *Facts) Owners() *coupling.Ownership {
	return f.owners.get(func() *coupling.Ownership { return coupling.Owners(f.sys) })
}

// Teams names the teams: those declared, then owners that only services name.
func (f *Facts) Teams() []string { return f.Owners().Teams }

// Domains compares the declared domains with the best division found.
func (f *Facts) Domains() coupling.Domains {
	return f.domains.get(func() coupling.Domains { return coupling.Modularity(f.Graph()) })
}

// Roles gives the role of every service as a word, in file order.
func Roles(f *Facts) []string {
	var out []string
	for _, r := range f.Hidden().Roles {
		out = append(out, r.String())
	}
	return out
}

// fail keeps the first reason why facts are incomplete.
func (f *Facts) fail(err error) {
	f.failing.Lock()
	defer f.failing.Unlock()
	if f.err == nil {
		f.err = err
	}
}

// orEmpty keeps what failed from being nil, so that readers need no check.
func orEmpty[T any](f *Facts, value *T, err error) *T {
	f.fail(err)
	if value == nil {
		value = new(T)
	}
	return value
}
