package diff

import (
	"slices"
	"strings"

	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/model/design"
)

// Kind is what a change is about.
type Kind int

// The kinds, in the order of reports.
const (
	Service Kind = iota
	Store
	Channel
	External
	Platform
	Unit
	Journey
	Team
	Dependency  // a call, or the use of a store
	Publication // a service sends events to a channel
	Consumption // a service takes events from a channel
	Ground      // something stands on something
	Setting     // budgets, lint and other keys that no element has
)

// String names the kind: "service", "dependency".
func (k Kind) String() string {
	return []string{"service", "store", "channel", "external", "platform", "unit", "journey", "team",
		"dependency", "publication", "consumption", "ground", "setting"}[k]
}

// Edge says whether changes of this kind run from one element to others.
func (k Kind) Edge() bool { return k >= Dependency && k <= Ground }

// item is one declaration in comparable form. Its path leads to it in the
// encoded system.
type item struct {
	kind   Kind
	id     string   // of an element or setting
	from   string   // of an edge
	to     []string // of an edge: one, or the members of a group
	path   []string
	key    string // the same in both versions
	leaves []leaf
	asks   strictness // of an edge
	origin *model.Origin
}

// strictness is what an edge asks of its target: to be up (hard), or to answer
// within a time.
type strictness struct{ hard, timeout bool }

// leaf is one value of a declaration: "scaling.memory", "512MiB". A list of
// plain values is one leaf, whose order means nothing.
type leaf struct {
	path, text string
	list       []string
}

// edgeKeys are the keys of elements that hold edges, by kind.
func edgeKeys() map[string]Kind {
	return map[string]Kind{"depends_on": Dependency, "publishes": Publication, "consumes": Consumption, "runs_on": Ground}
}

// items lists everything a system declares, in the order of its file and in
// canonical form: a default that is written out equals one that is not.
func items(sys *model.System) []item {
	t := &taker{root: model.Encode(bare(sys)), kinds: edgeKeys()}
	for _, s := range sys.Services {
		t.element(Service, "services", s.ID, &s.Origin, serviceEdges(s))
	}
	for _, s := range sys.Stores {
		t.element(Store, "stores", s.ID, &s.Origin, grounds(&s.Entity))
	}
	for _, c := range sys.Channels {
		t.element(Channel, "channels", c.ID, &c.Origin, grounds(&c.Entity))
	}
	for _, x := range sys.Externals {
		t.element(External, "externals", x.ID, &x.Origin, grounds(&x.Entity))
	}
	for _, p := range sys.Platforms {
		t.element(Platform, "platforms", p.ID, &p.Origin, grounds(&p.Entity))
	}
	for _, u := range sys.Units {
		t.element(Unit, "units", u.ID, &u.Origin, grounds(&u.Entity))
	}
	for _, j := range sys.Journeys {
		if !j.Implied {
			t.element(Journey, "journeys", j.ID, &j.Origin, nil)
		}
	}
	for _, x := range sys.Teams {
		t.element(Team, "teams", x.ID, &x.Origin, nil)
	}
	t.settings(sys)
	return t.items
}

// taker collects items out of an encoded system.
type taker struct {
	root  *model.Node
	kinds map[string]Kind
	at    map[string]*model.Node // entries of the section being read
	of    string                 // which section that is
	items []item
}

// edge is where an edge was declared and what it points to.
type edge struct {
	key    string // "depends_on"
	to     []string
	asks   strictness
	origin *model.Origin
}

// serviceEdges lists the edges of a service as the encoder writes them.
func serviceEdges(s *model.Service) []edge {
	edges := grounds(&s.Entity)
	for i := range s.DependsOn {
		d := &s.DependsOn[i]
		edges = append(edges, edge{"depends_on", d.To, strictness{!d.Soft && d.Fallback == "", d.Timeout > 0}, &d.Origin})
	}
	for i := range s.Publishes {
		p := &s.Publishes[i]
		edges = append(edges, edge{"publishes", []string{p.To}, strictness{hard: !p.Soft && !p.Outbox}, &p.Origin})
	}
	for i := range s.Consumes {
		c := &s.Consumes[i]
		edges = append(edges, edge{"consumes", []string{c.From}, strictness{}, &c.Origin})
	}
	return edges
}

func grounds(e *model.Entity) []edge {
	var edges []edge
	for i := range e.RunsOn {
		edges = append(edges, edge{"runs_on", e.RunsOn[i].To, strictness{hard: true}, &e.RunsOn[i].Origin})
	}
	return edges
}

// element takes one element and then its edges.
func (t *taker) element(kind Kind, section, id string, o *model.Origin, edges []edge) {
	if t.of != section {
		t.of, t.at = section, map[string]*model.Node{}
		if n := t.root.Get(section); n != nil {
			for _, f := range n.Fields {
				t.at[f.Key] = f.Value
			}
		}
	}
	node := t.at[id]
	own := item{kind: kind, id: id, path: []string{section, id}, key: kind.String() + "\x00" + id, origin: o}
	next := map[string]int{}
	if node != nil {
		for _, f := range node.Fields {
			if _, isEdge := t.kinds[f.Key]; !isEdge {
				own.leaves = leaves(own.leaves, f.Key, f.Value)
			}
		}
	}
	t.items = append(t.items, own)
	for _, e := range edges {
		fields := node.Get(e.key).Fields
		f := fields[next[e.key]]
		next[e.key]++
		k := t.kinds[e.key]
		t.items = append(t.items, item{
			kind: k, from: id, to: e.to, path: []string{section, id, e.key, f.Key}, asks: e.asks, origin: e.origin,
			key:    strings.Join([]string{k.String(), section, id, sorted(e.to)}, "\x00"),
			leaves: leaves(nil, "", f.Value),
		})
	}
}

// settings takes the keys that belong to no element.
func (t *taker) settings(sys *model.System) {
	for _, name := range []string{"system", "description", "strengths", "budgets", "lint", "designs"} {
		n := t.root.Get(name)
		if n == nil {
			continue
		}
		for _, l := range leaves(nil, name, n) {
			first, rest, _ := strings.Cut(l.path, ".")
			s := item{kind: Setting, id: l.path, key: "setting\x00" + l.path, leaves: []leaf{{"", l.text, l.list}}, origin: settingOrigin(sys, first, rest)}
			if name == "strengths" {
				s.path = []string{first, rest} // the one setting that moves a measure
			}
			t.items = append(t.items, s)
		}
	}
}

// settingOrigin is where a setting stands, as near as the system tells.
func settingOrigin(sys *model.System, section, rest string) *model.Origin {
	if section == "designs" {
		for _, d := range sys.Designs {
			if strings.HasPrefix(rest+".", d.ID+".") {
				return &d.Origin
			}
		}
	}
	if section == "budgets" {
		for _, b := range sys.Budgets {
			for i := range b.Limits {
				if strings.HasSuffix(rest, b.Limits[i].Metric) && strings.HasPrefix(rest, strings.TrimSuffix(b.Scope+"."+b.Subject, ".")) {
					return &b.Limits[i].Origin
				}
			}
		}
	}
	return &model.Origin{Pos: sys.At(section)}
}

// leaves adds the values below a node.
func leaves(to []leaf, path string, n *model.Node) []leaf {
	under := func(key string) string {
		if path == "" {
			return key
		}
		return path + "." + key
	}
	switch {
	case n.Kind == model.Mapping:
		for _, f := range n.Fields {
			to = leaves(to, under(f.Key), f.Value)
		}
	case n.Kind == model.Sequence && plain(n):
		l := leaf{path: path}
		for _, x := range n.Items {
			l.list = append(l.list, x.Text)
		}
		slices.Sort(l.list)
		l.text = strings.Join(l.list, ", ")
		to = append(to, l)
	case n.Kind == model.Sequence:
		to = append(to, leaf{path: path, text: strings.TrimSpace(string(model.FormatYAML(n)))})
	default:
		to = append(to, leaf{path: path, text: n.Text})
	}
	return to
}

// plain says whether a list holds nothing but plain values.
func plain(n *model.Node) bool {
	return !slices.ContainsFunc(n.Items, func(x *model.Node) bool { return x.Kind != model.Scalar })
}

// sorted names a target or group in a way that is the same in any order.
func sorted(ids []string) string {
	s := slices.Clone(ids)
	slices.Sort(s)
	return strings.Join(s, ",")
}

// bare is a copy that has forgotten which keys were written out.
func bare(sys *model.System) *model.System {
	s := design.Clone(sys)
	s.Keys = nil
	for _, x := range s.Services {
		forget(&x.Entity)
		for i := range x.DependsOn {
			x.DependsOn[i].Keys = nil
		}
		for i := range x.Publishes {
			x.Publishes[i].Keys = nil
		}
		for i := range x.Consumes {
			x.Consumes[i].Keys = nil
		}
	}
	for _, x := range s.Stores {
		forget(&x.Entity)
	}
	for _, x := range s.Channels {
		forget(&x.Entity)
	}
	for _, x := range s.Externals {
		forget(&x.Entity)
	}
	for _, x := range s.Platforms {
		forget(&x.Entity)
	}
	for _, x := range s.Units {
		forget(&x.Entity)
	}
	for _, x := range s.Journeys {
		x.Keys = nil
	}
	for _, x := range s.Teams {
		x.Keys = nil
	}
	return s
}

func forget(e *model.Entity) {
	e.Keys = nil
	for i := range e.RunsOn {
		e.RunsOn[i].Keys = nil
	}
}
