package scorecard

import (
	"fmt"

	"github.com/taut-dev/taut/analyze/metric"
)

// wasteful is the scaling waste from which memory counts as wasted (ours).
const wasteful = 0.2

// cost judges by memory and by the file's own prices; no price is built in.
func cost() Principle {
	return Principle{"cost", "pay for what is needed", []Check{
		{"at most a fifth of the memory at peak runs only because it cannot be left out", lean},
		{"owning what the peak needs costs no more than paying for use", owned},
	}}
}

// lean stays unknown for relative loads: their proportions are made up.
func lean(f *metric.Facts) Finding {
	r := f.Scaling()
	switch {
	case !r.Waste.OK:
		return Finding{Evidence: "the load is not defined"}
	case r.Relative:
		return Finding{Evidence: "the file gives no load, or no durations"}
	}
	return Finding{Verdict: holds(r.Waste.F <= wasteful), Evidence: fmt.Sprintf("%s of the memory is waste", metric.Percent(r.Waste.F))}
}

// owned compares the two ways to pay and is unknown unless the file has prices
// for both.
func owned(f *metric.Facts) Finding {
	c := f.Scaling().Cost
	if !c.Provisioned.OK || !c.Used.OK {
		return Finding{Evidence: "the file has no prices for both"}
	}
	return Finding{
		Verdict:  holds(c.Provisioned.F <= c.Used.F),
		Evidence: fmt.Sprintf("%s a month provisioned, %s used", metric.Number(c.Provisioned.F), metric.Number(c.Used.F)),
	}
}
