package scaling

import (
	"fmt"
	"math"
	"math/big"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
	"pgregory.net/rapid"
)

func name(i int) string { return "s" + fmt.Sprint(i) }

// drawSystem makes any small system: calls with and without cycles, stores,
// units, channels, loads.
func drawSystem(t *rapid.T) made {
	n := rapid.IntRange(1, 8).Draw(t, "services")
	one := rapid.IntRange(0, n-1)
	m := build()
	for i := range n {
		m.service(name(i))
	}
	factor := rapid.SampledFrom([]string{"", "*0.5", "*0.1", "*2", "*0", "*0.3"})
	soft := rapid.SampledFrom([]string{"", "~"})
	for range rapid.IntRange(0, 2*n).Draw(t, "calls") {
		from, to := one.Draw(t, "from"), one.Draw(t, "to")
		line := build(name(from) + soft.Draw(t, "soft") + ">" + name(to) + factor.Draw(t, "factor"))
		s := m.service(name(from))
		s.DependsOn = append(s.DependsOn, line.service(name(from)).DependsOn...)
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "stores") {
		st := m.store(fmt.Sprintf("db%d", i), name(one.Draw(t, "user")), name(one.Draw(t, "user")))
		st.Partitioned = rapid.Bool().Draw(t, "partitioned")
	}
	drawChannels(t, m, one)
	for i := range n {
		if rapid.Bool().Draw(t, "loaded") {
			m.load(name(i), float64(rapid.IntRange(0, 50).Draw(t, "rate")), float64(rapid.IntRange(0, 400).Draw(t, "peak")), time.Minute)
		}
		if rapid.Bool().Draw(t, "scaled") {
			x := m.scale(name(i), time.Duration(rapid.IntRange(1, 300).Draw(t, "ms"))*time.Millisecond, rapid.IntRange(1, 4).Draw(t, "concurrency"), 0.7)
			x.Max = rapid.SampledFrom([]int{0, 0, 3, 20}).Draw(t, "max")
		}
	}
	if n > 2 && rapid.Bool().Draw(t, "unit") {
		m.unit("u", name(0), name(2))
	}
	return m
}

func drawChannels(t *rapid.T, m made, one *rapid.Generator[int]) {
	events := rapid.SampledFrom([][]string{nil, {"x"}, {"y"}, {"x", "y"}})
	for i := range rapid.IntRange(0, 2).Draw(t, "channels") {
		id := fmt.Sprintf("c%d", i)
		m.channel(id, rapid.SampledFrom([]model.ChannelKind{model.Queue, model.Router}).Draw(t, "kind"))
		for range rapid.IntRange(0, 3).Draw(t, "publishers") {
			m.publish(name(one.Draw(t, "publisher")), id, 1, events.Draw(t, "events")...)
		}
		for range rapid.IntRange(0, 3).Draw(t, "consumers") {
			m.consume(name(one.Draw(t, "consumer")), id, events.Draw(t, "wanted")...).Awaits = rapid.Bool().Draw(t, "awaits")
		}
	}
}

// TestClosureByMerging computes the classes by merging sets until nothing changes.
func TestClosureByMerging(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawSystem(t)
		g, r := m.analyze()
		var sets [][]int32
		for s := range int32(g.Services()) {
			sets = append(sets, []int32{s})
		}
		for i := range m.Units {
			sets = append(sets, g.Members(int32(g.Len()-len(m.Units)+i)))
		}
		first, _ := g.Range(graph.Store)
		for i, st := range m.Stores {
			if !st.Partitioned {
				sets = append(sets, slices.DeleteFunc(slices.Clone(g.Dependents().Out(first+int32(i))), func(v int32) bool { return g.Kind(v) != graph.Service }))
			}
		}
		if got, want := groups(g, r.Units), groups(g, merged(sets)); got != want {
			t.Fatalf("scaling units %s, want %s", got, want)
		}
		for v := range int32(g.Services()) {
			for _, w := range g.HardCalls().Out(v) {
				sets = append(sets, []int32{v, w})
			}
		}
		if got, want := groups(g, r.Demand), groups(g, merged(sets)); got != want {
			t.Fatalf("demand groups %s, want %s", got, want)
		}
	})
}

// merged joins any two sets with a common member until there are none.
func merged(sets [][]int32) [][]int32 {
	sets = slices.DeleteFunc(slices.Clone(sets), func(s []int32) bool { return len(s) == 0 })
	for again := true; again; {
		again = false
		for i := range sets {
			for j := len(sets) - 1; j > i; j-- {
				if slices.ContainsFunc(sets[i], func(v int32) bool { return slices.Contains(sets[j], v) }) {
					sets[i] = slices.Concat(sets[i], sets[j])
					sets = slices.Delete(sets, j, j+1)
					again = true
				}
			}
			if again {
				break
			}
		}
	}
	for i := range sets {
		slices.Sort(sets[i])
		sets[i] = slices.Compact(sets[i])
	}
	slices.SortFunc(sets, func(a, b []int32) int { return int(a[0] - b[0]) })
	return sets
}

// TestDomainsByReach compares the bit-parallel sizes and the lists with a
// closure by Warshall.
func TestDomainsByReach(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawSystem(t)
		g, r := m.analyze()
		n := g.Services()
		reach := make([][]bool, n)
		for v := range reach {
			reach[v] = make([]bool, n)
			reach[v][v] = true
			for _, d := range m.Services[v].DependsOn {
				if w, _ := g.Lookup(d.To[0]); int(w) < n && d.Calls > 0 {
					reach[v][w] = true
				}
			}
		}
		for k := range n {
			for i := range n {
				for j := range n {
					reach[i][j] = reach[i][j] || reach[i][k] && reach[k][j]
				}
			}
		}
		listed := r.Surge
		r.surgeSizes()
		for i, s := range listed {
			var domain, forced []int32
			for v := range n {
				if reach[s.Entry][v] {
					domain = append(domain, int32(v))
					forced = append(forced, r.Units[r.UnitOf[v]]...)
				}
			}
			slices.Sort(forced)
			forced = slices.Compact(forced)
			want := Surge{s.Entry, domain, forced, len(domain), len(forced), float64(len(forced)) / float64(n)}
			if !reflect.DeepEqual(s, want) {
				t.Fatalf("lists: got %+v, want %+v", s, want)
			}
			want.Services, want.MustScale = nil, nil
			if !reflect.DeepEqual(r.Surge[i], want) {
				t.Fatalf("sizes: got %+v, want %+v", r.Surge[i], want)
			}
		}
	})
}

// TestManyEntries runs one processor through two passes, up and down a chain.
func TestManyEntries(t *testing.T) {
	for _, down := range []bool{true, false} {
		n := lanes + 70
		m := build()
		for i := range n {
			m.service(name(i)).Exposed = true
			if next := i + 1; next < n && !down {
				m.service(name(i)).DependsOn = []model.Dependency{{To: []string{name(next)}, Calls: 1, AtLeast: 1}}
			} else if i > 0 && down {
				m.service(name(i)).DependsOn = []model.Dependency{{To: []string{name(i - 1)}, Calls: 1, AtLeast: 1}}
			}
		}
		m.store("db", name(0), name(1), name(2))
		_, r := m.analyze()
		tr := r.state.traffic
		p := newPasses(r, graph.Condense(tr.calls, tr.comp, tr.members.Len()))
		sizes := make([]Surge, n)
		p.run(r.Entries[:lanes], sizes[:lanes])
		p.run(r.Entries[lanes:], sizes[lanes:])
		for i, s := range sizes {
			reached, forced := i+1, max(i+1, 3)
			if !down {
				reached = n - i
				forced = reached
				if i == 1 || i == 2 {
					forced = n
				}
			}
			if s.Entry != int32(i) || s.Reached != reached || s.Forced != forced {
				t.Fatalf("entry %d: %+v, want %d reached and %d forced", i, s, reached, forced)
			}
		}
	}
}

// TestLoadByRounds compares the load of systems without channels with the sum
// of e + Pᵀe + (Pᵀ)²e + …, and the verdict "endless" with powers of P.
func TestLoadByRounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawSystem(t)
		m.Channels = nil
		for _, s := range m.Services {
			s.Publishes, s.Consumes = nil, nil
		}
		g, r := m.analyze()
		n := g.Services()
		p := make([][]float64, n)
		for v := range p {
			p[v] = make([]float64, n)
			for _, d := range m.Services[v].DependsOn {
				if w, _ := g.Lookup(d.To[0]); int(w) < n {
					p[v][w] += d.Calls
				}
			}
		}
		sum := make([]float64, n)
		for _, e := range r.Entries {
			sum[e.Service] += e.Rate
		}
		// (I + Pᵀ)(I + P²ᵀ)(I + P⁴ᵀ)… applied to what enters
		q := p
		for range 60 {
			next := slices.Clone(sum)
			for v := range n {
				for w := range n {
					if q[v][w] > 0 && sum[v] > 0 {
						next[w] += sum[v] * q[v][w]
					}
				}
			}
			sum, q = next, squared(q)
		}
		for v, x := range sum {
			if finite := x < 1e10 && known(x); finite != r.Load[v].OK {
				t.Fatalf("load of %s: %v, the rounds say %v", g.ID(int32(v)), r.Load[v], x)
			} else if finite && math.Abs(r.Load[v].F-x) > 1e-9*max(1, x) {
				t.Fatalf("load of %s: %v, want %v", g.ID(int32(v)), r.Load[v].F, x)
			}
		}
	})
}

func squared(p [][]float64) [][]float64 {
	q := make([][]float64, len(p))
	for i := range p {
		q[i] = make([]float64, len(p))
		for k := range p {
			for j := range p {
				if p[i][k] > 0 && p[k][j] > 0 {
					q[i][j] += p[i][k] * p[k][j]
				}
			}
		}
	}
	return q
}

// TestFloatsAgree runs the same code in floats and in rationals.
func TestFloatsAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawSystem(t)
		g, r := m.analyze()
		st := r.state
		if st.base.rat == nil {
			t.Fatal("a small system was not computed exactly")
		}
		inject := spread(g.Services(), st.demand.at, st.demand.rate)
		entering := make([]float64, len(inject))
		for i, x := range inject {
			entering[i] = toFloat(x)
		}
		c := newCarrier(st.traffic, floats{}, entering)
		c.large = iterate
		c.everywhere()
		l := newLevel(c, func(x float64) float64 { return x })
		l.rat = nil
		for v := range r.Load {
			if a, b := l.value[v], r.Load[v]; a.OK != b.OK || math.Abs(a.F-b.F) > 1e-9*max(1, b.F) {
				t.Fatalf("load of %d: %v in floats, %v in rationals", v, a, b)
			}
		}
		for i := range r.Deploy {
			d := &r.Deploy[i]
			if a, b := st.sizer.of(d.Services, l), st.sizer.of(d.Services, st.base); a.count != b.count {
				t.Fatalf("replicas of %d: %v in floats, %v in rationals", i, a.count, b.count)
			}
		}
	})
}

// TestLargeCycles compares the iteration for large components with elimination.
func TestLargeCycles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 12).Draw(t, "services")
		m := build()
		factor := rapid.SampledFrom([]float64{0.1, 0.25, 0.4, 0.8})
		for i := range n {
			m.service(name(i)).DependsOn = []model.Dependency{{To: []string{name((i + 1) % n)}, Calls: factor.Draw(t, "ring")}}
		}
		for range rapid.IntRange(0, n).Draw(t, "chords") {
			s := m.service(name(rapid.IntRange(0, n-1).Draw(t, "from")))
			s.DependsOn = append(s.DependsOn, model.Dependency{To: []string{name(rapid.IntRange(0, n-1).Draw(t, "to"))}, Calls: factor.Draw(t, "chord")})
		}
		g := graph.Build(m.System)
		tr := newTraffic(g)
		if tr.fades(0) == tr.endless[0] && !close1(tr) {
			t.Fatalf("bounds say fades: %v, elimination says endless: %v", tr.fades(0), tr.endless[0])
		}
		if tr.endless[0] || close1(tr) {
			return
		}
		entering := make([]float64, n)
		entering[0] = 10
		a, b := newCarrier(tr, floats{}, entering), newCarrier(tr, floats{}, entering)
		a.eliminate(0)
		iterate(b, 0)
		for v := range n {
			if math.Abs(a.flow[v]-b.flow[v]) > 1e-8*a.flow[v] {
				t.Fatalf("flow at %d: %v by elimination, %v by rounds", v, a.flow[v], b.flow[v])
			}
		}
	})
}

// close1 says whether the spectral radius lies in the margin below 1 that the
// iteration refuses.
func close1(tr *traffic) bool {
	m := visits[float64](tr, floats{}, 0)
	for i := range m { // the matrix for P ÷ fadeBound
		for j := range m {
			if i != j {
				m[i][j] /= fadeBound
			} else {
				m[i][j] = 1 - (1-m[i][j])/fadeBound
			}
		}
	}
	return !tr.endless[0] && !solve[float64](floats{}, m, make([]float64, len(m)))
}

// TestTwice computes everything twice.
func TestTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawSystem(t)
		g, a := m.analyze()
		_, b := m.analyze()
		if !reflect.DeepEqual(a, b) {
			t.Fatal("two runs differ")
		}
		for v := range int32(g.Services()) {
			if !reflect.DeepEqual(Spike(g, a, v), Spike(g, b, v)) {
				t.Fatalf("two spikes at %d differ", v)
			}
		}
	})
}

// TestCeilings compares the ceilings over rationals with whole-number arithmetic.
func TestCeilings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Int64Range(0, 1e12).Draw(t, "a"), rapid.Int64Range(1, 1e6).Draw(t, "b")
		want := (a + b - 1) / b
		if got, ok := ceilRat(big.NewRat(a, b)); !ok || int64(got) != want {
			t.Fatalf("ceil(%d/%d) = %v, want %d", a, b, got, want)
		}
		if got := ceilFloat(float64(a%1000000) / float64(b%1000+1)); int64(got) != (a%1000000+b%1000)/(b%1000+1) {
			t.Fatalf("ceil of floats %d/%d = %v", a%1000000, b%1000+1, got)
		}
	})
}
