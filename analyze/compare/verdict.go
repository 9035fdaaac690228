package compare

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/analyze/scaling"
)

// judge writes the sentences that a person takes away.
func (r *Result) judge() {
	for i := range r.Designs {
		d := &r.Designs[i]
		if d.Failed >= 0 {
			r.Verdict = append(r.Verdict, Line{i, d.FailureText()})
		}
	}
	for i := range r.Designs {
		d := &r.Designs[i]
		if d.Surged >= 0 {
			r.Verdict = append(r.Verdict, Line{i, d.SpikeText()})
		}
	}
	r.balance()
}

// FailureText says what the failure does to this design.
func (d *Design) FailureText() string {
	g := d.Facts.Graph()
	text := fmt.Sprintf("one failure of %s takes down %d of %d other services", g.Label(d.Failed), len(d.Hit.Down), d.Hit.Others)
	var rest []string
	if n := d.Hit.Degraded; len(n) > 0 {
		rest = append(rest, some(n)+verb(len(n), " works", " work")+" with less")
	}
	if n := d.Hit.Delayed; len(n) > 0 {
		rest = append(rest, some(n)+verb(len(n), " waits", " wait"))
	}
	if len(rest) > 0 {
		text += "; " + strings.Join(rest, ", ")
	}
	return text
}

// SpikeText says what the spike forces this design to do.
func (d *Design) SpikeText() string {
	g, s := d.Facts.Graph(), &d.Spiked
	text := fmt.Sprintf("%s on %s ", Factor(s), g.Label(d.Surged))
	switch {
	case !s.Added.OK:
		return text + "cannot be computed: its calls go round in a circle that grows"
	case s.Scaled == 0:
		text += "adds no replica"
	default:
		text += fmt.Sprintf("adds %s of %s (%s more memory)", Count(int(s.Added.F), "replica"), d.grown(), metric.Bytes(s.FootprintAfter.F-s.FootprintBefore.F))
	}
	text += d.short()
	for _, b := range s.Buffers {
		if b.Backlog > 0 {
			text += "; " + d.BufferText(b)
		}
	}
	return text
}

// Factor names the size of a spike: "a 10× spike".
func Factor(s *scaling.Spiked) string {
	if s.Before <= 0 {
		return "a spike"
	}
	return "a " + metric.Number(s.After/s.Before) + "× spike"
}

// short says what may not have as many replicas as planned for the spike, the
// busiest.
func (d *Design) short() string {
	g, r := d.Facts.Graph(), d.Facts.Scaling()
	worst, more := -1, 0
	for i := range d.Spiked.Deploy {
		c := &d.Spiked.Deploy[i]
		if !c.Short {
			continue
		}
		if more++; worst < 0 || c.Busy.F > d.Spiked.Deploy[worst].Busy.F {
			worst = i
		}
	}
	if worst < 0 {
		return ""
	}
	text := "; " + g.Label(r.Deploy[worst].Node) + ": " + metric.BoundText(&d.Spiked.Deploy[worst])
	if more > 1 {
		text += fmt.Sprintf(" (%d more are at their bound)", more-1)
	}
	return text
}

// grown names what gets more replicas.
func (d *Design) grown() string {
	g, r := d.Facts.Graph(), d.Facts.Scaling()
	var names []string
	for i, c := range d.Spiked.Deploy {
		if c.Added.OK && c.Added.F > 0 {
			deploy := r.Deploy[i]
			name := g.Label(deploy.Node)
			if n := len(deploy.Services); n > 1 {
				name = fmt.Sprintf("all %d services of %s", n, name)
			}
			names = append(names, name)
		}
	}
	return some(names)
}

// BufferText says what waits in a channel and for how long.
func (d *Design) BufferText(b scaling.Buffer) string {
	g := d.Facts.Graph()
	var takers []string
	for _, v := range b.Consumers {
		takers = append(takers, g.Label(v))
	}
	return fmt.Sprintf("in %s %s for %s", g.Label(b.Channel), WaitText(b), some(takers))
}

// WaitText says how much waits in a buffer and until when.
func WaitText(b scaling.Buffer) string {
	text := metric.Number(math.Ceil(b.Backlog)) + " events wait"
	if b.Never {
		return text + ", never drained,"
	}
	return text + ", drained in " + Seconds(b.Drain) + ","
}

// Seconds writes a time given in seconds.
func Seconds(s float64) string { return metric.Span(time.Duration(s * float64(time.Second))) }

// Running counts what has to be deployed and kept running: deployables, stores
// and channels.
func (d *Design) Running() int {
	g := d.Facts.Graph()
	n := len(d.Facts.Scaling().Deploy)
	for _, k := range []graph.Kind{graph.Store, graph.Channel} {
		from, to := g.Range(k)
		n += int(to - from)
	}
	return n
}

// converted counts the calls of the first design that this one makes without
// waiting for an answer: there is no such call any more, and an event goes out
// instead.
func (d *Design) converted(first *Design) int {
	was, is, n := first.Facts.Graph(), d.Facts.Graph(), 0
	for u := range int32(was.Services()) {
		v, ok := is.Lookup(was.ID(u))
		if !ok || is.Kind(v) != graph.Service || len(d.Facts.System().Services[v].Publishes) == 0 {
			continue
		}
		for _, callee := range was.Calls().Out(u) {
			if to, ok := is.Lookup(was.ID(callee)); ok && !is.Calls().Has(v, to) {
				n++
			}
		}
	}
	return n
}

// some names up to three and counts the rest.
func some(names []string) string {
	switch n := len(names); {
	case n > 4:
		return fmt.Sprintf("%s and %d more", strings.Join(names[:3], ", "), n-3)
	case n > 1:
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	case n == 1:
		return names[0]
	}
	return "nothing"
}

func verb(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// Count writes a number with its noun.
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if strings.HasSuffix(noun, "y") {
		return fmt.Sprintf("%d %sies", n, strings.TrimSuffix(noun, "y"))
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
