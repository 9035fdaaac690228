package graph

import (
	"context"
	"encoding/json"
	"os"
	"slices"
	"testing"
)

// published are the vectors that this package answers for, so that a bare clone
// tests them too. The longer list beside the repository repeats them.
var published = []struct {
	id       string
	edges    []string
	out, in  map[string]int32
	sum, all int32 // propagation cost is sum/all
}{
	{
		"maccormack-2006", []string{"A>B", "A>C", "B>D", "C>E", "E>F"},
		map[string]int32{"A": 6, "B": 2, "C": 3, "D": 1, "E": 2, "F": 1},
		map[string]int32{"A": 1, "B": 2, "C": 2, "D": 3, "E": 3, "F": 4}, 15, 36,
	},
	{
		"core-roles",
		[]string{"ui>api", "api>ord", "api>log", "ord>pay", "ord>log", "pay>inv", "inv>ord", "rep>log", "adm>ord"},
		map[string]int32{"ui": 6, "api": 5, "ord": 4, "pay": 4, "inv": 4, "log": 1, "rep": 2, "adm": 5},
		map[string]int32{"ui": 1, "api": 2, "ord": 6, "pay": 6, "inv": 6, "log": 8, "rep": 1, "adm": 1}, 31, 64,
	},
	{
		"blast-1", []string{"web>order", "web>cat", "order>pay", "order>inv", "inv>db", "cat>db", "mail"},
		map[string]int32{"web": 6, "db": 1, "mail": 1}, map[string]int32{"db": 5, "web": 1, "mail": 1}, 17, 49,
	},
}

func TestPublishedVisibility(t *testing.T) {
	for _, p := range published {
		t.Run(p.id, func(t *testing.T) {
			g := Build(system(p.edges...))
			out, in, err := Visibility(context.Background(), g.Calls())
			if err != nil {
				t.Fatal(err)
			}
			for v := range int32(g.Len()) {
				if want, ok := p.out[g.ID(v)]; ok && out[v] != want {
					t.Errorf("%s reaches %d, want %d", g.ID(v), out[v], want)
				}
				if want, ok := p.in[g.ID(v)]; ok && in[v] != want {
					t.Errorf("%s is reached by %d, want %d", g.ID(v), in[v], want)
				}
			}
			var sum int32
			for _, n := range out {
				sum += n
			}
			if all := int32(g.Len() * g.Len()); sum != p.sum || all != p.all {
				t.Errorf("propagation cost %d/%d, want %d/%d", sum, all, p.sum, p.all)
			}
		})
	}
}

// The inline vectors must be those of the list of published answers.
func TestPublishedInputsAgree(t *testing.T) {
	data, err := os.ReadFile("../../../shared/vectors/known-answers.json")
	if err != nil {
		t.Skip("no list of published answers beside the repository")
	}
	var list struct {
		Vectors []struct {
			ID           string
			Edges, Nodes []string
			Expect       json.RawMessage
		}
	}
	if err := json.Unmarshal(data, &list); err != nil {
		t.Fatal(err)
	}
	for _, p := range published {
		i := slices.IndexFunc(list.Vectors, func(v struct {
			ID           string
			Edges, Nodes []string
			Expect       json.RawMessage
		}) bool {
			return v.ID == p.id
		})
		if i < 0 {
			t.Errorf("%s is not in the list", p.id)
			continue
		}
		v := list.Vectors[i]
		if got := slices.Concat(v.Edges, v.Nodes); !slices.Equal(got, p.edges) {
			t.Errorf("%s: edges are %v", p.id, got)
		}
		var expect struct{ VFO map[string]int32 }
		if json.Unmarshal(v.Expect, &expect) == nil {
			for id, n := range expect.VFO {
				if p.out[id] != n {
					t.Errorf("%s: %s reaches %d", p.id, id, n)
				}
			}
		}
	}
}
