package scene

import (
	"fmt"
	"slices"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// teams draws a node for each team and an edge for the dependencies between
// two, with their number.
func teams(f *metric.Facts, o Options) (Scene, error) {
	g := f.Graph()
	if !slices.ContainsFunc(g.Sys.Services, func(x *model.Service) bool { return x.Owner != "" }) {
		return Scene{}, fmt.Errorf("no service has an owner, so there are no teams to draw: give services owner: TEAM")
	}
	s := Scene{View: "teams", Title: g.Sys.Name, Subtitle: "teams and the dependencies between them"}
	t := folder{g: g, max: min(o.maxNodes(), MaxFolded), word: "team", index: map[string]int{}, edge: map[[3]int]int{}}
	t.key = func(e *model.Entity) string { return e.Owner }
	t.nodes()
	for v := range int32(g.Services()) {
		t.edgesOf(v)
	}
	t.labels()
	t.colours()
	t.dropEmpty()
	s.Drawing = t.d
	if i, ok := t.index[others]; ok {
		s.Messages = append(s.Messages, "the "+thousands(MaxFolded-1)+" teams with most services are shown; all others, "+t.d.Nodes[i].Sub+", are one")
	}
	if len(t.d.Edges) > denseEdges*len(t.d.Nodes) {
		s.Matrix, s.Drawing, s.Subtitle = heat(&t), Drawing{}, "how often each team depends on each other"
		s.Messages = append(s.Messages, t.counted())
	}
	cross, all := crossing(g)
	if all > 0 {
		s.Headlines = []Headline{{Value: thousands(cross) + " of " + thousands(all), Caption: "calls between services cross teams"}}
	}
	return s, nil
}

// colours gives teams the colours that they have in the other views, and says
// how large they are.
func (f *folder) colours() {
	c := begin(f.g, nil)
	f.d.Groups, f.d.GroupWord = c.Groups, c.GroupWord
	for _, s := range f.g.Sys.Services {
		if i, ok := f.index[s.Owner]; ok {
			f.d.Nodes[i].Group = c.groupOf(s.Owner)
		}
	}
	for _, t := range f.g.Sys.Teams {
		if i, ok := f.index[t.ID]; ok && t.Members > 0 {
			f.d.Nodes[i].Sub = verb(t.Members, "1 person, ", thousands(t.Members)+" people, ") + f.d.Nodes[i].Sub
		}
	}
}

// crossing counts the service graph's edges, and those between two teams.
func crossing(g *graph.Graph) (cross, all int) {
	for v := range int32(g.Services()) {
		for _, u := range g.Calls().Out(v) {
			all++
			if a, b := g.Entity(v).Owner, g.Entity(u).Owner; a != "" && b != "" && a != b {
				cross++
			}
		}
	}
	return cross, all
}

// dropEmpty removes nodes without services: channels and externals that no
// team owns would stand there as a team of their own.
func (f *folder) dropEmpty() {
	at := make([]int, len(f.d.Nodes))
	var nodes []Node
	var own []int
	for i, n := range f.d.Nodes {
		at[i] = -1
		if f.count[i] > 0 {
			at[i] = len(nodes)
			nodes, own = append(nodes, n), append(own, f.own[i])
		}
	}
	var edges []Edge
	for _, e := range f.d.Edges {
		if at[e.From] >= 0 && at[e.To] >= 0 {
			e.From, e.To = at[e.From], at[e.To]
			edges = append(edges, e)
		}
	}
	f.d.Nodes, f.d.Edges, f.own = nodes, edges, own
}
