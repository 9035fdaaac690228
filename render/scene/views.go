package scene

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/analyze/scaling"
	"github.com/taut-dev/taut/model"
)

// Options chooses what a view shows.
type Options struct {
	At       string // blast: what fails; surge: where demand rises; journey: which; empty: the view chooses
	By       string // services: "domain" or "team" frames; empty: domains where there are any
	Focus    string // show only the neighbourhood of this node
	Depth    int    // steps of the neighbourhood; 0 means 2
	MaxNodes int    // past it the view folds; 0 means MaxNodes
	MaxEdges int    // past it the view folds; 0 means MaxEdges
}

func (o Options) maxNodes() int { return orDefault(o.MaxNodes, MaxNodes) }
func (o Options) maxEdges() int { return orDefault(o.MaxEdges, MaxEdges) }

func orDefault(n, d int) int {
	if n > 0 {
		return n
	}
	return d
}

// View is one way to look at a system.
type View struct {
	ID, Doc string
	At      string // what Options.At names; empty: not used
	Build   func(*metric.Facts, Options) (Scene, error)
}

// Views lists all views, the default first.
func Views() []View {
	return []View{
		{"services", "services and what they depend on, by domain or team", "", services},
		{"units", "what is deployed, crashes and scales as one", "", units},
		{"blast", "what one failure takes down, degrades or delays", "what fails", blastView},
		{"surge", "what one spike of demand makes scale, and what waits", "where demand rises", surge},
		{"timeline", "the same spike over time: demand, capacity and what waits", "where demand rises", timeline},
		{"journey", "what one journey of a user needs", "a journey", journey},
		{"teams", "teams and how many dependencies run between them", "", teams},
		{"matrix", "dependency structure matrix; cycles are blocks", "", matrix},
		{"scatter", "instability against blast radius", "", scatter},
	}
}

// start draws the system with the options' focus.
func start(f *metric.Facts, view string, by By, o Options) (*canvas, Scene, error) {
	g := f.Graph()
	var keep []bool
	s := Scene{View: view, Title: g.Sys.Name}
	if o.Focus != "" {
		v, err := lookup(g, o.Focus)
		if err != nil {
			return nil, s, err
		}
		keep = focus(g, v, orDefault(o.Depth, 2))
		s.Messages = append(s.Messages, "only what is within "+plural(orDefault(o.Depth, 2), "step")+" of "+g.Label(v)+" is shown")
	}
	c := begin(g, keep)
	c.system(by)
	return c, s, nil
}

// finish puts the drawing into the scene, folded when it is too large.
func (s Scene) finish(c *canvas, o Options) Scene {
	s.Drawing = c.Drawing
	if s.Drawing.tooLarge(o) {
		f, message := fold(c.g, &c.Drawing, o)
		s.Messages = append(s.Messages, message)
		if len(f.d.Edges) > denseEdges*len(f.d.Nodes) {
			s.Matrix, s.Subtitle, s.Drawing = heat(f), "how often each "+f.word+" depends on each other", Drawing{}
			s.Messages = append(s.Messages, f.counted())
			return s
		}
		s.Drawing = f.d
	}
	return s
}

// lookup finds a node by id, or says which are near.
func lookup(g *graph.Graph, id string) (int32, error) {
	if v, ok := g.Lookup(id); ok {
		return v, nil
	}
	var known []string
	for v := range g.Len() {
		known = append(known, g.ID(int32(v)))
	}
	if near := model.Suggest(id, known); near != "" {
		return 0, fmt.Errorf("nothing is called %q; did you mean %q?", id, near)
	}
	return 0, fmt.Errorf("nothing is called %q", id)
}

// services is the default view. Domains come first, as they outlive teams.
func services(f *metric.Facts, o Options) (Scene, error) {
	by, words := frames(f.System(), o.By)
	c, s, err := start(f, "services", by, o)
	if err != nil {
		return s, err
	}
	s.Subtitle = "services" + words
	return s.finish(c, o), nil
}

// frames chooses what frames stand for, with the words of the subtitle.
func frames(sys *model.System, by string) (By, string) {
	if by == "team" {
		return ByTeam, " by team"
	}
	for _, s := range sys.Services {
		if s.Domain != "" {
			return ByDomain, " by domain"
		}
	}
	for _, s := range sys.Services {
		if s.Owner != "" && by == "" {
			return ByTeam, " by team"
		}
	}
	return ByNothing, ""
}

// surge shows how often everything runs in a spike, and what waits.
func surge(f *metric.Facts, o Options) (Scene, error) {
	g, r := f.Graph(), f.Scaling()
	at, err := surgeAt(g, r, o.At)
	if err != nil {
		return Scene{}, err
	}
	c, s, err := start(f, "surge", ByUnit, o)
	if err != nil {
		return s, err
	}
	spiked := scaling.Spike(g, r, at)
	copies, backlogs := CopiesOf(r, spiked), BacklogsOf(spiked, 0)
	c = c.only(&s, o, "what the spike makes grow or wait", c.concerned(at, copies, backlogs))
	c.copies(copies)
	c.backlogs(backlogs)
	s.Subtitle = "demand rises at " + g.Label(at)
	if spiked.Before > 0 {
		s.Subtitle += ", " + factor(spiked.After/spiked.Before) + "×"
	}
	if n := c.unknown(r, &spiked); n > 0 {
		s.Headlines = append(s.Headlines, Headline{Value: "?", Caption: "replicas: of " + plural(n, "thing") + " no load is known"})
		s.Messages = append(s.Messages, "no load is known where a ? stands, "+endless(r))
	}
	if spiked.Added.OK {
		s.Headlines = append(s.Headlines, Headline{Value: "+" + thousands(int(spiked.Added.F)), Caption: "replicas of " + plural(spiked.Scaled, "deployable")})
	}
	if share := math.Round(spiked.Waste.F * 100); share > 0 {
		s.Headlines = append(s.Headlines, Headline{Value: strconv.Itoa(int(share)) + " %", Caption: "of the memory is saved if each service grows alone"})
	}
	if r.Relative {
		s.Messages = append(s.Messages, "the file gives no load: one request and a ten-fold spike are assumed, so numbers are relative")
	}
	return s.finish(c, o), nil
}

// concerned tells the nodes that a spike changes, and where it enters.
func (c *canvas) concerned(at int32, copies []Copies, backlogs []Backlog) func(int32) bool {
	changed := make([]bool, c.g.Len())
	changed[at] = true
	for _, x := range copies {
		changed[x.Node] = changed[x.Node] || x.After > x.Before
	}
	for _, b := range backlogs {
		changed[b.Channel] = true
	}
	return func(v int32) bool {
		return changed[v] || c.g.Kind(v) == graph.Service && c.g.Unit(v) >= 0 && changed[c.g.Unit(v)]
	}
}

// surgeAt is where demand rises: as asked, else the entry whose peak is the
// most times its rate, the first of equals.
func surgeAt(g *graph.Graph, r *scaling.Result, id string) (int32, error) {
	if id != "" {
		v, err := lookup(g, id)
		if err == nil && g.Kind(v) != graph.Service {
			err = fmt.Errorf("%q is no service: demand rises at services", id)
		}
		return v, err
	}
	best, most := int32(0), 0.0
	for _, e := range r.Entries {
		if e.Rate > 0 && e.Peak/e.Rate > most {
			best, most = e.Service, e.Peak/e.Rate
		}
	}
	return best, nil
}

// factor writes a ratio with at most one decimal.
func factor(f float64) string {
	return strings.TrimSuffix(strconv.FormatFloat(math.Round(f*10)/10, 'f', 1, 64), ".0")
}
