package main

import (
	"fmt"
	"strings"
)

// shown is one picture of the gallery.
type shown struct {
	file    string // in docs/gallery, or a picture that an example has
	title   string
	command string // what draws it, from the root of the repository, without -o
	sees    string // what a reader sees
	over    string // what a drawing of the same graph by dot -Tsvg cannot show
}

// gallery lists every view, each of an example that fits it. The test of the
// pictures draws them.
func gallery() []shown {
	return []shown{
		{"../../examples/shop/comparison.svg", "Designs side by side", "compare examples/shop",
			"One system as a monolith and as an event-driven design: what breaks when Catalogue crashes, what must grow when demand at Orders is ten times as high, and what each design costs.",
			"dot draws one graph. Here two designs of one file share a grid, so that every service stands in the same place in all six pictures and only what differs moves."},
		{"services.svg", "Services", "render examples/bank",
			"Who needs whom, by domain: solid lines need an answer, dotted ones can do without, a double line knows the other's internals, slashes cross teams. Thick lines at the foot are the ground things stand on.",
			"Lines of a dot file have no meaning until someone styles each by hand. Here the file says what a dependency is, and the legend lists what occurs and nothing else."},
		{"units.svg", "Units", "render docs/gallery/bookings.yaml --view units",
			"What is deployed as one (grey), and what looks separate but cannot be scaled alone, as it shares a store (dotted frame). Heavy lines carry demand on at once.",
			"Scaling groups are computed, not drawn: nothing in the file says that search and the engine belong together."},
		{"blast.svg", "One failure", "render examples/bank --view blast --fail core-db",
			"What one failure takes down, by which lines it spreads, and what goes on working. Letters and hatching say the same as colours.",
			"dot can colour a node red; it cannot know which. This picture runs the failure rules, with fallbacks, alternatives and units."},
		{"blast-events.svg", "The same kind of failure behind a router", "render examples/shop --design events --view blast --fail payments",
			"Payments fails and nobody is down: Orders waits for the answer, as the router keeps the event.",
			"Waiting is a third state between works and down, and it travels backwards over events. A graph drawing has no such thing."},
		{"surge.svg", "One spike", "render examples/ticketing --view surge",
			"How often everything has to run when demand is sixty times as high, and what waits in channels meanwhile.",
			"Replicas and backlogs are computed from load, durations and bounds."},
		{"timeline.svg", "The spike over time", "render examples/shop --design events --view timeline",
			"Demand, capacity and what waits, second by second: Orders is overloaded until its replicas have started; what lies behind the router never notices, and works the backlog off.",
			"dot has no time."},
		{"timeline-monolith.svg", "The same spike without a router", "render examples/shop --design monolith --view timeline",
			"Twenty replicas of everything, and thirty times as many requests that find nobody free before these have started.",
			"The same file, another design: no second diagram to keep up to date."},
		{"journey.svg", "One journey", "render examples/bank --view journey --at balance",
			"What must work for one thing that users do, what it can do without, and how much of the time it works.",
			"Required and optional are found by letting each part fail, and the availability by computing, not by multiplying down the lines."},
		{"teams.svg", "Teams", "render examples/bank --view teams",
			"How many dependencies run between teams, of which kind.",
			"Folded from the services; with dot this is a second file."},
		{"matrix.svg", "Matrix", "render examples/self --view matrix",
			"Every dependency of a system with dozens of services: callers first, so that whatever lies below the diagonal is part of a cycle.",
			"Past some thirty nodes lines become a knot in any layout; a matrix does not."},
		{"scatter.svg", "Scatter", "render examples/bank --view scatter",
			"Which services many depend on, and how much their failure takes down: what stands at the top left must be the most stable.",
			"Two measures of every service at once."},
		{"focus.svg", "A neighbourhood", "render examples/self --focus render/svg --depth 1",
			"One service with what it uses and what uses it. Systems of thousands are read this way; their whole is folded to domains.",
			"dot draws all of a graph, or what was cut out of the file before."},
		{"diff.svg", "What a change does", "diff docs/gallery/bookings.yaml docs/gallery/bookings-next.yaml",
			"Two versions in one picture: added, removed and changed parts, with signs.",
			"dot does not know that two files are one system."},
	}
}

// galleryDoc is the page of all pictures.
func galleryDoc() []byte {
	var b strings.Builder
	b.WriteString("# Gallery\n\nEvery picture is one SVG file: light or dark as the reader's system says (`--theme light`, `dark` and `print` choose), readable without colours, with tooltips and text that can be searched. Each was drawn by the command above it, from the file as it is; a test draws all of them again.\n")
	for _, s := range gallery() {
		place := "gallery/" + s.file
		if rest, ok := strings.CutPrefix(s.file, "../../"); ok {
			place = "../" + rest
		}
		fmt.Fprintf(&b, "\n## %s\n\n```\ntaut %s -o %s\n```\n\n%s\n\n<img src=\"%s\" alt=\"%s\">\n\n*Why not `dot -Tsvg`?* %s\n", s.title, s.command, s.name(), s.sees, place, s.title, s.over)
	}
	b.WriteString("\n`taut analyze --format html -o report.html` puts the views of a system into one page in which anything can be made to fail.\n")
	return []byte(b.String())
}

// name is what the picture's file is called.
func (s *shown) name() string { return s.file[strings.LastIndexByte(s.file, '/')+1:] }
