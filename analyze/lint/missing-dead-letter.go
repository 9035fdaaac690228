package lint

import "fmt"

// missingDeadLetter reports channels with consumers and no place for messages
// that cannot be handled. Without a consumer nothing can fail to be handled.
func missingDeadLetter(p *Pass) {
	consumers := map[string]int{}
	for _, s := range p.Sys.Services {
		for i := range s.Consumes {
			consumers[s.Consumes[i].From]++
		}
	}
	for _, c := range p.Sys.Channels {
		n := consumers[c.ID]
		if n == 0 || c.DeadLetter != nil && *c.DeadLetter {
			continue
		}
		p.Report(c.Origin.At("dead_letter"), "channels."+c.ID,
			fmt.Sprintf("channel %q has %s and no dead letter queue", c.ID, plural(n, "consumer")),
			"give it one and write `dead_letter: true`")
	}
}
