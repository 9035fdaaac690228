package custom

import "errors"

// Bounds on what a file's own rules may cost. They are counts, not times, so
// that a rule passes or fails the same everywhere.
const (
	maxRules      = 200
	maxExpression = 4000       // characters
	maxNodes      = 1000       // parts of one expression
	maxMemory     = 200_000    // list items that one evaluation makes
	maxSteps      = 5_000_000  // parts evaluated by one rule for all its subjects
	maxTotal      = 20_000_000 // by all rules of a file
	maxText       = 300        // characters of a text that expressions see
	maxItems      = 500        // items of a list of texts that expressions see
	maxJoined     = 10_000     // bytes that join gives
	maxMessage    = 500        // characters
	maxPattern    = 100        // instructions of a pattern
	listSteps     = 50         // what looking through a list of texts counts
	patternSteps  = 500        // what matching a pattern counts
)

// errSteps ends a rule that costs too much.
var errSteps = errors.New("this takes too many steps: loop over less, or over fewer lists inside each other")

// meter counts the steps of all rules of a run. It is shared by the compiled
// expressions, which run one after the other.
type meter struct {
	rule, total int // steps left
}

func newMeter() *meter { return &meter{total: maxTotal} }

// start gives the next rule its share of what is left.
func (m *meter) start() { m.rule = min(maxSteps, m.total) }

// spend takes steps away; false when none are left.
func (m *meter) spend(n int) bool {
	if n > m.rule {
		m.total -= m.rule
		m.rule = 0
		return false
	}
	m.rule -= n
	m.total -= n
	return true
}

// clip shortens a text to what expressions see.
func clip(s string) string {
	if len(s) <= maxText {
		return s
	}
	n := 0
	for i := range s {
		if n++; n > maxText {
			return s[:i]
		}
	}
	return s
}

// clips shortens a list and its texts.
func clips(list []string) []string {
	out := make([]string, 0, min(len(list), maxItems))
	for _, s := range list[:min(len(list), maxItems)] {
		out = append(out, clip(s))
	}
	return out
}
