package lint

import (
	"fmt"
	"time"

	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/analyze/scaling"
	"github.com/taut-dev/taut/model"
)

// retentionTooShort reports channels that drop events in the peak the file
// gives, because the last of them waits longer than the channel keeps it.
func retentionTooShort(p *Pass) {
	r := p.Facts.Scaling()
	if r.Relative {
		return // without load and durations, times mean nothing
	}
	g := p.Graph()
	worst := map[int32]scaling.Buffer{}
	for _, b := range r.Buffers {
		if w, known := worst[b.Channel]; !known || !w.Never && (b.Never || b.Expired > w.Expired) {
			worst[b.Channel] = b
		}
	}
	for _, c := range p.Sys.Channels {
		v, _ := g.Lookup(c.ID)
		b, known := worst[v]
		if !known || c.Retention == 0 || !b.Never && b.Expired == 0 {
			continue
		}
		var ends []model.Related
		for _, s := range b.Consumers {
			if len(ends) < shown {
				ends = append(ends, related(g.Entity(s).Pos, "%q consumes from it", g.ID(s)))
			}
		}
		p.Report(c.Origin.At("retention"), "channels."+c.ID,
			fmt.Sprintf("channel %q keeps events for %v, but its consumers %s", c.ID, metric.Span(c.Retention), lag(b)),
			"keep them longer, or let the consumers grow", ends...)
	}
}

// lag says how far the consumers of a buffer fall behind if nothing is dropped.
func lag(b scaling.Buffer) string {
	if b.Never {
		return "never catch up with it"
	}
	behind := (b.Surge - b.Capacity) * b.Duration.Seconds() / b.Capacity
	return fmt.Sprintf("fall %s behind in the peak: %s events are lost", metric.Span(seconds(behind)), metric.Number(b.Expired))
}

// seconds makes a span of time, at most 290 years.
func seconds(s float64) time.Duration {
	const most = float64(1 << 62)
	return time.Duration(min(s*float64(time.Second), most))
}
