package blast

import (
	"slices"
	"testing"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
	"pgregory.net/rapid"
)

// A chain leads from the victim to the failed node; each link is a rule that
// the states of the failure meet at the victim's level.
func TestWitnessesHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := graph.Build(drawSystem(t, 7))
		for f := range int32(g.Len()) {
			states := States(g, f)
			for v := range int32(g.Len()) {
				chain := Witness(g, states, f, v)
				if (chain == nil) != (states[v] == graph.Up) {
					t.Fatalf("%s fails, %s is %v: chain %v", g.ID(f), g.ID(v), states[v], chain)
				}
				if chain != nil {
					checkChain(t, g, states, f, v, chain)
				}
			}
		}
	})
}

func checkChain(t *rapid.T, g *graph.Graph, states []graph.State, f, v int32, chain []Step) {
	level := states[v]
	last := chain[len(chain)-1]
	if chain[0].Node != v || last.Node != f || last.Clause != nil {
		t.Fatalf("%s to %s: %v", g.ID(v), g.ID(f), chain)
	}
	for i, s := range chain[:len(chain)-1] {
		c, next := s.Clause, chain[i+1].Node
		if !slices.Contains(c.Members, next) || c.Cap < level {
			t.Fatalf("%s to %s: step %d: %v", g.ID(v), g.ID(f), i, c)
		}
		bad := 0
		for _, m := range c.Members {
			if states[m] >= level {
				bad++
			}
		}
		if bad <= len(c.Members)-int(c.K) {
			t.Fatalf("%s to %s: step %d is not met", g.ID(v), g.ID(f), i)
		}
		if slices.ContainsFunc(chain[i+1:], func(x Step) bool { return x.Node == s.Node }) {
			t.Fatalf("%s to %s goes in a circle: %v", g.ID(v), g.ID(f), chain)
		}
	}
}

// nodes gives the ids along a chain with the words between them.
func nodes(g *graph.Graph, chain []Step) []string {
	var words []string
	for _, s := range chain {
		words = append(words, g.ID(s.Node))
		if s.Clause != nil {
			words = append(words, s.Clause.Reason.String())
		}
	}
	return words
}

func TestWitnessIsShortest(t *testing.T) {
	g := graph.Build(edges("a>b", "b>c", "c>d", "a>e", "e>d"))
	d, _ := g.Lookup("d")
	got := nodes(g, Witness(g, States(g, d), d, 0))
	if want := []string{"a", "needs", "e", "needs", "d"}; !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	if Witness(g, States(g, 0), 0, d) != nil {
		t.Error("d does not need a")
	}
}

func TestWitnessThroughACrash(t *testing.T) {
	sys := edges("a", "b", "c>a")
	sys.Units = []*model.Unit{{Entity: model.Entity{ID: "u"}, Isolation: model.NoIsolation, Services: []string{"a", "b"}}}
	g := graph.Build(sys)
	b, _ := g.Lookup("b")
	c, _ := g.Lookup("c")
	got := nodes(g, Witness(g, States(g, b), b, c))
	if want := []string{"c", "needs", "a", "is part of", "u", "crashes with", "b"}; !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

// Of two alternatives the chain follows the one that held out longer.
func TestWitnessFollowsTheLastAlternative(t *testing.T) {
	sys := edges("a", "b>x", "c>d", "d>x")
	sys.Services[0].DependsOn = []model.Dependency{{To: []string{"b", "c"}, AnyOf: true, AtLeast: 1}}
	g := graph.Build(sys)
	x, _ := g.Lookup("x")
	got := nodes(g, Witness(g, States(g, x), x, 0))
	if want := []string{"a", "needs", "c", "needs", "d", "needs", "x"}; !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}
