package blast

import (
	"context"
	"math"
	"testing"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
	"pgregory.net/rapid"
)

// impact is what softening is to lower, worked out from single failures.
func impact(t interface{ Fatal(...any) }, sys *model.System, down []float64) (mean, expected float64) {
	r, err := Single(context.Background(), graph.Build(sys), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Failures {
		expected += down[f.Node] * f.Radius
	}
	return r.MeanOverServices(), expected
}

// softened gives what a system gains by each hard dependency made soft, in the
// order of the file, by changing the file and computing everything again.
func softened(t interface{ Fatal(...any) }, sys *model.System, down []float64) map[*model.Origin][2]float64 {
	mean, expected := impact(t, sys, down)
	gains := map[*model.Origin][2]float64{}
	try := func(soft *bool, at *model.Origin) {
		*soft = true
		m, e := impact(t, sys, down)
		*soft = false
		gains[at] = [2]float64{mean - m, expected - e}
	}
	for _, s := range sys.Services {
		for i := range s.DependsOn {
			if d := &s.DependsOn[i]; !d.Soft && d.Fallback == "" {
				try(&d.Soft, &d.Origin)
			}
		}
		for i := range s.Publishes {
			if p := &s.Publishes[i]; !p.Soft && !p.Outbox {
				try(&p.Soft, &p.Origin)
			}
		}
	}
	return gains
}

func TestSoftenAgainstRecomputation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sys := drawSystem(t, 6)
		g := graph.Build(sys)
		down := make([]float64, g.Len())
		for v := range down {
			down[v] = float64(rapid.IntRange(0, 4).Draw(t, "unavailability")) / 8
		}
		r, _ := Single(context.Background(), g, Options{})
		want := softened(t, sys, down)
		top := rapid.IntRange(1, 4).Draw(t, "top")
		got, err := Soften(context.Background(), g, r, SoftenOptions{Top: top, Down: down})
		if err != nil || !got.Complete || got.Tried > got.Candidates {
			t.Fatalf("%+v, %v", got, err)
		}
		last := [2]float64{2, 2}
		for _, x := range got.Best {
			w, ok := want[x.Clause.Origin]
			if !ok || math.Abs(x.Mean-w[0]) > 1e-12 || math.Abs(x.Expected-w[1]) > 1e-12 {
				t.Fatalf("%s: gains %v and %v, want %v", g.ID(x.Node), x.Mean, x.Expected, w)
			}
			if now := [2]float64{x.Mean, x.Expected}; now[0] > last[0]+1e-12 {
				t.Fatalf("%v comes after %v", now, last)
			} else {
				last = now
			}
			delete(want, x.Clause.Origin)
		}
		if len(got.Best) < top {
			last = [2]float64{}
		}
		for at, w := range want {
			if w[0] > last[0]+1e-12 || w[0] > last[0]-1e-12 && w[1] > last[1]+1e-12 {
				t.Fatalf("%+v gains %v, more than the last of %d, %v", at, w, len(got.Best), last)
			}
		}
	})
}

// A chain: to soften its middle saves most.
func TestSoftenChain(t *testing.T) {
	g := graph.Build(edges("a>b", "b>c", "c>d"))
	r, _ := Single(context.Background(), g, Options{})
	got, err := Soften(context.Background(), g, r, SoftenOptions{Top: 1})
	if err != nil || len(got.Best) != 1 || g.ID(got.Best[0].Node) != "b" || got.Best[0].Mean != 4./12 {
		t.Errorf("got %+v, %v", got, err)
	}
	sys := edges("a>b", "b>c", "c>d")
	sys.Services[0].DependsOn = append(sys.Services[0].DependsOn, model.Dependency{To: []string{"c", "d"}, AnyOf: true, AtLeast: 1})
	g = graph.Build(sys)
	r, _ = Single(context.Background(), g, Options{})
	short, err := Soften(context.Background(), g, r, SoftenOptions{Steps: 1})
	if err != nil || short.Complete || short.Best != nil {
		t.Errorf("without room: %+v, %v", short, err)
	}
}
