package render

import (
	"strconv"

	"github.com/taut-dev/taut/model"
)

// SystemFormats lists the diagram languages a system can be written in. Ids in
// them are generated (n1, n2, …), never taken from the file, and every text is
// quoted: a stranger's name is a label and nothing else.
func SystemFormats() []Format[*model.System] {
	return []Format[*model.System]{
		{"dot", "Graphviz", writeDOT},
		{"mermaid", "Mermaid flowchart", writeMermaid},
		{"d2", "D2", writeD2},
	}
}

// linkKind is what an exported edge says, in the three ways that diagram
// languages can draw one.
type linkKind int

const (
	hardLink linkKind = iota
	softLink
	eventLink
)

type exportNode struct {
	id, label, kind string
}

type exportGroup struct {
	label string // empty: nodes outside any group
	nodes []exportNode
}

type exportLink struct {
	from, to string
	kind     linkKind
}

// exported is a system flattened for diagram languages: nodes grouped by
// domain, in file order, and the links between them.
type exported struct {
	title  string
	groups []exportGroup
	links  []exportLink
}

type exporter struct {
	exported
	ids    map[string]string
	groups map[string]int
}

func export(system *model.System) exported {
	e := &exporter{ids: map[string]string{}, groups: map[string]int{}}
	e.title = system.Name
	for _, s := range system.Services {
		e.node(&s.Entity, "service")
	}
	for _, s := range system.Stores {
		e.node(&s.Entity, "store")
	}
	for _, c := range system.Channels {
		e.node(&c.Entity, "channel")
	}
	for _, x := range system.Externals {
		e.node(&x.Entity, "external")
	}
	for _, p := range system.Platforms {
		e.node(&p.Entity, "platform")
	}
	for _, s := range system.Services {
		e.serviceLinks(s)
	}
	return e.exported
}

func (e *exporter) node(entity *model.Entity, kind string) {
	id := "n" + strconv.Itoa(len(e.ids)+1)
	e.ids[entity.ID] = id
	at, ok := e.groups[entity.Domain]
	if !ok {
		at = len(e.exported.groups)
		e.groups[entity.Domain] = at
		e.exported.groups = append(e.exported.groups, exportGroup{label: entity.Domain})
	}
	e.exported.groups[at].nodes = append(e.exported.groups[at].nodes, exportNode{id, entity.Label(), kind})
}

func (e *exporter) serviceLinks(s *model.Service) {
	for _, d := range s.DependsOn {
		kind := hardLink
		if d.Soft {
			kind = softLink
		}
		for _, to := range d.To {
			e.link(s.ID, to, kind)
		}
	}
	for _, p := range s.Publishes {
		e.link(s.ID, p.To, eventLink)
	}
	for _, c := range s.Consumes {
		e.link(c.From, s.ID, eventLink)
	}
	for _, g := range s.RunsOn {
		for _, to := range g.To {
			e.link(s.ID, to, hardLink)
		}
	}
}

func (e *exporter) link(from, to string, kind linkKind) {
	if e.ids[from] != "" && e.ids[to] != "" {
		e.links = append(e.links, exportLink{e.ids[from], e.ids[to], kind})
	}
}
