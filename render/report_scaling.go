package render

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/taut-dev/taut/analyze/compare"
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/analyze/scaling"
	"github.com/taut-dev/taut/model"
)

const (
	spikesShown = 10        // spikes that text and JSON follow over time
	spikeLimit  = 4 * 3600  // seconds that one is followed after its end
	spikeLength = 24 * 3600 // seconds of a spike that are followed
)

// span is seconds as a time.
func span(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }

// scalingSection goes from what runs to what a spike does and what it costs.
func scalingSection(r *Report) []Block {
	s := r.Facts.Scaling()
	blocks := []Block{Heading("Scaling")}
	if text := r.bottleneck(); text != nil {
		blocks = append(blocks, Block{Text: text})
	}
	if s.Relative {
		blocks = append(blocks, muted("relative: the file gives no load, or no duration; only proportions mean something"))
	}
	blocks = withMore(filled(blocks, r.deployTable()), len(s.Deploy))
	blocks = withMore(filled(blocks, r.serviceTable()), r.Facts.Graph().Services())
	blocks = filled(blocks, r.flowTable(), r.functionTable(), r.deadlineTable())
	blocks = filled(blocks, r.surgeTable())
	blocks = append(blocks, r.spikeBlocks()...)
	blocks = filled(blocks, r.bufferTable())
	if len(s.Buffers) > 0 {
		blocks = append(blocks, muted("what consumes from a channel keeps the replicas of ordinary demand: the channel is what absorbs the peak"))
	}
	return append(blocks, r.costBlocks()...)
}

// bottleneck says what saturates first, and when, as far as loads are known.
func (r *Report) bottleneck() []Cell {
	g, b := r.Facts.Graph(), r.Facts.Scaling().Bottleneck
	if b.Node < 0 || !b.Share.OK {
		if len(b.Unknown) == 0 {
			return nil
		}
		return []Cell{{"bottleneck  ", Muted}, {"unknown", Caution}, {": the load of " + fewNodes(g, b.Unknown) + " is not known" + r.unknownWhy(), Plain}}
	}
	name := g.Kind(b.Node).String() + " " + g.Label(b.Node)
	known := ""
	if len(b.Unknown) > 0 {
		known = " of those whose load is known"
	}
	text := fmt.Sprintf(" uses most of its least replicas%s: %s; nothing%s has an upper bound", known, metric.Percent(b.Share.F), known)
	if b.Bounded {
		text = fmt.Sprintf(" uses %s of what it can grow to", metric.Percent(b.Share.F))
		if b.Growth.OK {
			text += fmt.Sprintf(": the first to saturate%s, at %s times the ordinary demand", known, metric.Number(b.Growth.F))
		}
	}
	row := []Cell{{"bottleneck  ", Muted}, {name, Strong}, {text, Plain}}
	if n := len(b.Unknown); n > 0 {
		row = append(row, Cell{fmt.Sprintf("; %d whose load is unknown%s may come before it: %s", n, r.unknownWhy(), fewNodes(g, b.Unknown)), Caution})
	}
	return row
}

// unknownWhy says why loads are unknown: calls come round without end.
func (r *Report) unknownWhy() string {
	var where []string
	for _, p := range r.Facts.Scaling().Endless() {
		where = append(where, p.String())
	}
	if len(where) == 0 {
		return ""
	}
	return ", as calls come round without end (" + few(where) + ")"
}

// deployTable is what runs, at ordinary load and at the peak.
func (r *Report) deployTable() *Table {
	g, s := r.Facts.Graph(), r.Facts.Scaling()
	t := &Table{Header: []string{"deployed", "services", "replicas", "busy", "at peak", "busy", "memory at peak", "bound"}, Right: []bool{false, true, true, true, true, true, true, true}}
	for _, d := range s.Deploy[:min(len(s.Deploy), rowsShown)] {
		bound := Cell{"none", Muted}
		if d.Max > 0 {
			bound = Cell{fmt.Sprint(d.Max), Plain}
		}
		switch {
		case d.Short && d.BusyAtPeak.F > d.ReplicasAtPeak.F:
			bound = Cell{fmt.Sprintf("%d is too few", d.Max), Bad}
		case d.Short:
			bound = Cell{fmt.Sprintf("%d, above its target", d.Max), Caution}
		}
		t.Rows = append(t.Rows, []Cell{{g.Label(d.Node), Strong}, {fmt.Sprint(len(d.Services)), Plain}, {number(d.Replicas), Plain},
			busyCell(d.Busy, d.Replicas), {number(d.ReplicasAtPeak), Plain}, busyCell(d.BusyAtPeak, d.ReplicasAtPeak), {shown(d.Footprint, metric.Bytes), Plain}, bound})
	}
	return t
}

// busyCell is the busy share of some replicas.
func busyCell(busy, replicas graph.Value) Cell {
	if !busy.OK || !replicas.OK || replicas.F == 0 {
		return Cell{"n/a", Muted}
	}
	share := busy.F / replicas.F
	if share > 1 {
		return Cell{metric.Percent(share), Bad}
	}
	return Cell{metric.Percent(share), Plain}
}

// serviceTable is the load of each service against what it can take, also when
// everything is tried as often as callers may try.
func (r *Report) serviceTable() *Table {
	g, s := r.Facts.Graph(), r.Facts.Scaling()
	t := &Table{Header: []string{"service", "load", "at peak", "waits", "capacity", "attempts", "under retries"}, Right: []bool{false, true, true, true, true, true, true}}
	for v := range int32(min(g.Services(), rowsShown)) {
		hidden := Cell{shown(s.HiddenCapacity[v], perSecond), Plain}
		if s.HiddenCapacity[v].OK && s.Load[v].OK && s.HiddenCapacity[v].F < s.Load[v].F {
			hidden.Tone = Bad
		}
		t.Rows = append(t.Rows, []Cell{{g.Label(v), Strong}, {shown(s.Load[v], perSecond), Plain}, {shown(s.Peak[v], perSecond), Plain},
			{shown(s.Wait(v), seconds), Plain}, {shown(s.Capacity[v], perSecond), Plain}, {number(s.Attempts[v]), Plain}, hidden})
	}
	return t
}

// flowTable is what passes stores and channels whose capacity the file gives.
func (r *Report) flowTable() *Table {
	g, s := r.Facts.Graph(), r.Facts.Scaling()
	t := &Table{Header: []string{"store or channel", "load", "at peak", "of its capacity"}, Right: []bool{false, true, true, true}}
	for _, f := range slices.Concat(s.Stores, s.Channels) {
		if f.Utilisation.OK && len(t.Rows) < rowsShown {
			t.Rows = append(t.Rows, []Cell{{g.Label(f.Node), Strong}, {shown(f.Load, perSecond), Plain}, {shown(f.Peak, perSecond), Plain}, {metric.Percent(f.Utilisation.F), Plain}})
		}
	}
	return t
}

// functionTable is how many executions of each function run at once.
func (r *Report) functionTable() *Table {
	g, s := r.Facts.Graph(), r.Facts.Scaling()
	t := &Table{Header: []string{"function", "at peak", "at once"}, Right: []bool{false, true, true}}
	for _, d := range s.Deploy {
		if functions(g, &d) && d.InFlight.OK && len(t.Rows) < rowsShown {
			peak := graph.Number(0)
			for _, v := range d.Services {
				peak.F += s.Peak[v].F
			}
			t.Rows = append(t.Rows, []Cell{{g.Label(d.Node), Strong}, {shown(peak, perSecond), Plain}, {metric.Number(d.InFlight.F) + " executions", Plain}})
		}
	}
	return t
}

// functions says whether a deployable runs as functions.
func functions(g *graph.Graph, d *scaling.Deployable) bool {
	if from, _ := g.Range(graph.Unit); d.Node >= from {
		return g.Sys.Units[d.Node-from].Runtime == model.Function
	}
	return g.Sys.Services[d.Node].Runtime == model.Function
}

// deadlineTable is the calls whose caller gives up before the callee may.
func (r *Report) deadlineTable() *Table {
	g := r.Facts.Graph()
	t := &Table{Header: []string{"too short a deadline", "waits", "callee may need", "declared at"}, Right: []bool{false, true, true}}
	for _, d := range r.Facts.Scaling().Deadlines {
		if len(t.Rows) < rowsShown {
			t.Rows = append(t.Rows, []Cell{{g.ID(d.Caller) + " → " + g.ID(d.Callee), Strong}, {seconds(d.Timeout.Seconds()), Plain},
				{seconds(d.Needed.Seconds()), Bad}, {d.Origin.Pos.String(), Muted}})
		}
	}
	return t
}

// surgeTable is how far a spike on each entry is felt.
func (r *Report) surgeTable() *Table {
	g, s := r.Facts.Graph(), r.Facts.Scaling()
	t := &Table{Header: []string{"a spike on", "is felt by", "forces to scale", "share"}, Right: []bool{false, true, true, true}}
	for _, x := range s.Surge[:min(len(s.Surge), rowsShown)] {
		t.Rows = append(t.Rows, []Cell{{g.Label(x.Entry), Strong}, {fmt.Sprint(x.Reached), Plain}, {fmt.Sprint(x.Forced), Plain}, {metric.Percent(x.Share), Plain}})
	}
	return t
}

// surge is one deployable in one spike, followed second by second.
type surge struct {
	spike  scaling.Spiked
	deploy int
	after  scaling.Change
	course scaling.Simulated
}

// surges follows spikes over time: every deployable that they make grow, those
// that fall behind most first. The entries with most demand come first.
func (r *Report) surges() []surge {
	g, s := r.Facts.Graph(), r.Facts.Scaling()
	entries := slices.Clone(s.Entries)
	slices.SortStableFunc(entries, func(a, b scaling.Entry) int { return cmp.Compare(b.Peak, a.Peak) })
	var out []surge
	for _, e := range entries[:min(len(entries), spikesShown)] {
		x := scaling.Spike(g, s, e.Service)
		from := len(out)
		for i, c := range x.Deploy {
			if c.Added.OK && c.Added.F > 0 || c.Short {
				y := surge{spike: x, deploy: i, after: c}
				if !c.Course.Holds() {
					y.course = scaling.Simulate(c.Course, spikeLimit+int(min(spikeLength, x.Duration.Seconds())))
				}
				out = append(out, y)
			}
		}
		slices.SortStableFunc(out[from:], func(a, b surge) int { return cmp.Compare(b.course.Backlog, a.course.Backlog) })
	}
	return out
}

// spikeBlocks shows what happens until the replicas are there.
func (r *Report) spikeBlocks() []Block {
	g, s := r.Facts.Graph(), r.Facts.Scaling()
	t := &Table{Header: []string{"a spike on", "from", "to", "makes grow", "replicas", "waiting at most", "at", "none waits after"}, Right: []bool{false, true, true, false, true, true, true, true}}
	last := int32(-1)
	for _, x := range r.surges() {
		if len(t.Rows) == rowsShown {
			break
		}
		row := []Cell{{"", Plain}, {"", Plain}, {"", Plain}}
		if x.spike.Entry != last {
			mark := ""
			if x.spike.Assumed {
				mark = "*"
			}
			row = []Cell{{g.Label(x.spike.Entry), Strong}, {perSecond(x.spike.Before), Plain}, {perSecond(x.spike.After) + mark, Plain}}
		}
		last = x.spike.Entry
		replicas := fmt.Sprintf("%s to %s", number(x.after.Before), number(x.after.After))
		t.Rows = append(t.Rows, append(row, Cell{g.Label(s.Deploy[x.deploy].Node), Strong}, Cell{replicas, Plain},
			Cell{metric.Number(x.course.Backlog), backlogTone(&x)}, Cell{peakAt(&x), Plain}, emptyCell(&x)))
	}
	if len(t.Rows) == 0 {
		return nil
	}
	note := "followed second by second: new replicas serve when they have started (startup)"
	if slices.ContainsFunc(s.Entries, func(e scaling.Entry) bool { return !e.PeakGiven }) {
		note += fmt.Sprintf("; * no peak is given: %d times the rate", scaling.SpikeFactor)
	}
	return append(filled(nil, t), append(r.boundNotes(), muted(note))...)
}

// boundNotes says what replicas that must not grow further are left with in a
// spike.
func (r *Report) boundNotes() []Block {
	g, s := r.Facts.Graph(), r.Facts.Scaling()
	var out []Block
	for _, x := range r.surges() {
		if x.after.Short && len(out) < rowsShown {
			text := fmt.Sprintf("%s, when demand rises at %s: %s", g.Label(s.Deploy[x.deploy].Node), g.Label(x.spike.Entry), metric.BoundText(&x.after))
			out = append(out, Block{Text: []Cell{{text, boundTone(&x.after)}}})
		}
	}
	return out
}

// boundTone is bad where work piles up.
func boundTone(c *scaling.Change) Tone {
	if c.Busy.F > 1 {
		return Bad
	}
	return Caution
}

func backlogTone(x *surge) Tone {
	if x.course.Backlog > 0 {
		return Caution
	}
	return Plain
}

func peakAt(x *surge) string {
	if x.course.Backlog == 0 {
		return ""
	}
	return seconds(float64(x.course.PeakAt))
}

// emptyCell says when nothing waits any more.
func emptyCell(x *surge) Cell {
	switch {
	case x.course.Backlog == 0:
		return Cell{"", Plain}
	case x.course.EmptyAt < 0:
		return Cell{"more than " + seconds(float64(len(x.course.Moments))), Bad}
	}
	return Cell{seconds(float64(clearAt(x.course))), Plain}
}

// clearAt is the first second after its peak at whose end nothing waits: the
// spike itself may last longer.
func clearAt(s scaling.Simulated) int {
	for t := s.PeakAt; t < len(s.Moments); t++ {
		if s.Moments[t].Backlog == 0 {
			return t + 1
		}
	}
	return s.EmptyAt
}

// bufferTable is what channels hold back when every entry is at its peak.
func (r *Report) bufferTable() *Table {
	g, s := r.Facts.Graph(), r.Facts.Scaling()
	t := &Table{Header: []string{"channel at the peak", "for", "arrives", "served", "waiting at most", "oldest waits", "drained in", "lost"}, Right: []bool{false, false, true, true, true, true, true, true}}
	for _, b := range s.Buffers[:min(len(s.Buffers), rowsShown)] {
		drained, lost := Cell{compare.Seconds(b.Drain), Plain}, Cell{"nothing", Muted}
		if b.Lost > 0 {
			lost = Cell{metric.Number(b.Lost), Bad}
		}
		if b.Never {
			drained = Cell{"never", Bad}
		}
		t.Rows = append(t.Rows, []Cell{{g.Label(b.Channel), Strong}, {fewNodes(g, b.Consumers), Plain}, {perSecond(b.Surge), Plain},
			{perSecond(b.Capacity), Plain}, {metric.Number(b.Backlog), Plain}, {seconds(b.OldestAge), Plain}, drained, lost})
	}
	return t
}

// costBlocks sets what owning costs beside what paying for use does.
func (r *Report) costBlocks() []Block {
	g, c := r.Facts.Graph(), r.Facts.Scaling().Cost
	if len(c.Items) == 0 {
		return nil
	}
	t := &Table{Header: []string{"cost a month", "owned for the peak", "paid for use", "owning is cheaper above"}, Right: []bool{false, true, true, true}}
	row := func(name string, owned, used, even graph.Value) {
		above := ""
		if even.OK {
			above = metric.Percent(even.F) + " busy"
		}
		t.Rows = append(t.Rows, []Cell{{name, Strong}, {money(owned), Plain}, {money(used), Plain}, {above, Plain}})
	}
	for _, x := range c.Items[:min(len(c.Items), rowsShown)] {
		row(g.Label(x.Node), x.Provisioned, x.Used, x.BreakEven)
	}
	row("all", c.Provisioned, c.Used, c.BreakEven)
	return append(filled(nil, t), muted("in the currency of the file's prices, for a month of 730 hours"))
}

func money(v graph.Value) string {
	if !v.OK {
		return ""
	}
	return fmt.Sprintf("%.2f", v.F)
}
