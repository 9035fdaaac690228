package lint

import (
	"fmt"

	"github.com/taut-dev/taut/model"
)

// unusedNode reports what no dependency, journey or unit touches, in either
// direction. What only another design of the file uses counts as used.
func unusedNode(p *Pass) {
	used := touched(p.Sys)
	for d := range declarations(p.Sys) {
		id := d.entity.ID
		if used[id] || d.section == "services" && len(p.Sys.Services) == 1 {
			continue
		}
		p.Report(d.entity.Pos, d.subject(), fmt.Sprintf("%q is declared, but nothing is connected to it", id),
			"connect it, or take it out of the file")
	}
	for _, t := range p.Sys.Teams {
		if !used["team "+t.ID] {
			p.Report(t.Pos, "teams."+t.ID, fmt.Sprintf("team %q owns nothing", t.ID),
				"name it as an owner, or take it out of the file")
		}
	}
}

// touched collects the ids at either end of any connection, and the teams that
// own something under "team ID".
func touched(sys *model.System) map[string]bool {
	used := map[string]bool{}
	mark := func(ids ...string) {
		for _, id := range ids {
			used[id] = true
		}
	}
	for d := range declarations(sys) {
		mark("team " + d.entity.Owner)
		for i := range d.entity.RunsOn {
			mark(d.entity.RunsOn[i].To...)
		}
	}
	for _, s := range sys.Services {
		if s.Exposed || s.Load != nil || len(s.DependsOn)+len(s.Publishes)+len(s.Consumes)+len(s.RunsOn) > 0 {
			mark(s.ID)
		}
		for i := range s.DependsOn {
			mark(s.DependsOn[i].To...)
		}
		for i := range s.Publishes {
			mark(s.Publishes[i].To)
		}
		for i := range s.Consumes {
			mark(s.Consumes[i].From)
		}
	}
	touchedBesides(sys, mark)
	return used
}

// touchedBesides marks what units, journeys and the patches of designs name.
func touchedBesides(sys *model.System, mark func(...string)) {
	for _, u := range sys.Units {
		if len(u.Services) > 0 {
			mark(u.ID)
			mark(u.Services...)
		}
	}
	for _, j := range sys.Journeys {
		if !j.Implied {
			mark(j.Entry)
			mark(j.Requires...)
			mark(j.Optional...)
		}
	}
	for _, d := range sys.Designs {
		mentions(d.Patch, mark)
	}
}

// mentions marks every word of a patch: its keys and its plain values.
func mentions(n *model.Node, mark func(...string)) {
	if n == nil {
		return
	}
	if n.Kind == model.Scalar {
		mark(n.Text)
	}
	for _, item := range n.Items {
		mentions(item, mark)
	}
	for i := range n.Fields {
		mark(n.Fields[i].Key)
		mentions(n.Fields[i].Value, mark)
	}
}
