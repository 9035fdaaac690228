package lint

import "fmt"

// oneSidedChannel reports channels that are only written, or only read. Nobody
// at the other end is a forgotten declaration, or a system that is not in the
// file.
func oneSidedChannel(p *Pass) {
	publishers, consumers := map[string]int{}, map[string]int{}
	for _, s := range p.Sys.Services {
		for i := range s.Publishes {
			publishers[s.Publishes[i].To]++
		}
		for i := range s.Consumes {
			consumers[s.Consumes[i].From]++
		}
	}
	for _, c := range p.Sys.Channels {
		subject := "channels." + c.ID
		switch in, out := publishers[c.ID], consumers[c.ID]; {
		case in > 0 && out == 0:
			p.Report(c.Pos, subject, fmt.Sprintf("nobody consumes from channel %q, which has %s", c.ID, plural(in, "publisher")),
				"say who consumes from it; a service that only listens should not publish to it")
		case out > 0 && in == 0:
			p.Report(c.Pos, subject, fmt.Sprintf("nobody publishes to channel %q, which has %s", c.ID, plural(out, "consumer")),
				"say who publishes to it, or make what does an external and a note")
		}
	}
}
