package budget

import (
	"math"

	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// tolerance is the relative error that a sum of shares may have: 0.1 + 0.2 is
// not past a limit of 0.3.
const tolerance = 1e-12

// bounds are the two sides of a limit; an open side is infinite.
type bounds struct {
	min, max float64
}

// boundsOf reads a limit by the direction of its metric. A plain limit on a metric
// without a direction bounds nothing: Validate refuses it.
func boundsOf(l *model.Limit, better metric.Better) bounds {
	b := bounds{math.Inf(-1), math.Inf(1)}
	if l.Min != nil {
		b.min = *l.Min
	}
	if l.Max != nil {
		b.max = *l.Max
	}
	switch {
	case l.Value != nil && better == metric.Less:
		b.max = *l.Value
	case l.Value != nil && better == metric.More:
		b.min = *l.Value
	}
	return b
}

// above says whether v is past the maximum, below whether it is past the minimum.
func (b bounds) above(v float64) bool { return v > b.max+float64(tolerance*math.Abs(b.max)) }
func (b bounds) below(v float64) bool { return v < b.min-float64(tolerance*math.Abs(b.min)) }

// looser says whether b lets through what c stops.
func (b bounds) looser(c bounds) bool { return b.max > c.max || b.min < c.min }

// rule is the limit that holds for one subject.
type rule struct {
	budget   *model.Budget
	limit    *model.Limit
	fallback *model.Limit  // the default that an exception replaces; nil: none, or it is the default
	expired  *model.Budget // an exception that has run out; nil: none
}

// rules finds the limits of one metric in a section: the default's, and for each
// subject with an exception the one that holds today.
func rules(sys *model.System, s section, id string, today model.Date) (common rule, own map[string]rule) {
	own = map[string]rule{}
	for _, pass := range []bool{true, false} {
		for _, b := range sys.Budgets {
			if isDefault := b.Subject == "" || b.Subject == Default; b.Scope != s.name || isDefault != pass {
				continue
			}
			for i := range b.Limits {
				if l := &b.Limits[i]; l.Metric != id {
					continue
				}
				set(&common, own, b, &b.Limits[i], today)
			}
		}
	}
	return common, own
}

// set notes a limit: the defaults come before the exceptions.
func set(common *rule, own map[string]rule, b *model.Budget, l *model.Limit, today model.Date) {
	switch {
	case b.Subject == "" || b.Subject == Default:
		*common = rule{budget: b, limit: l}
	case b.Until.Given() && today.Given() && b.Until.Before(today):
		own[b.Subject] = rule{budget: common.budget, limit: common.limit, expired: b}
	default:
		own[b.Subject] = rule{budget: b, limit: l, fallback: common.limit}
	}
}
