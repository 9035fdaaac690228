// Package scorecard holds an architecture against the principles of
// independent services: each check passes, fails or is unknown, with the line of
// the file or the number that says so. Unknown never counts as a pass.
package scorecard

import (
	"fmt"

	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// Verdict is the outcome of a check.
type Verdict int

// The verdicts. Unknown means that the file does not say enough.
const (
	Unknown Verdict = iota
	Fail
	Pass
)

// String gives the verdict as a word: unknown, fail, pass.
func (v Verdict) String() string { return []string{"unknown", "fail", "pass"}[v] }

// Row is one check with its outcome.
type Row struct {
	Principle string
	Check     string
	Verdict   Verdict
	Evidence  string    // one line: a number, or the first subject that decides
	Pos       model.Pos // where the evidence stands; zero for a number of the whole system
}

// Principle is one promise of the approach with the checks that hold it to the
// file.
type Principle struct {
	ID     string
	Title  string
	Checks []Check
}

// Check is one question to the file.
type Check struct {
	Title string // what holds when it passes
	Ask   func(*metric.Facts) Finding
}

// Finding answers a check.
type Finding struct {
	Verdict  Verdict
	Evidence string
	Pos      model.Pos
}

// Principles lists them all in the order of reports. The first six are those of
// Amazon's teams as told by Dalbhanjan (2017), the next ones what independent
// services promise, the last four what serverless does.
func Principles() []Principle {
	return []Principle{
		publicAPIs(),
		rightTool(),
		secure(),
		goodCitizen(),
		organisation(),
		automate(),
		independence(),
		audit(),
		agility(),
		cost(),
		noServers(),
		payForValue(),
		continuousScaling(),
		highAvailability(),
	}
}

// Rows asks every check.
func Rows(f *metric.Facts) []Row {
	var out []Row
	for _, p := range Principles() {
		for _, c := range p.Checks {
			x := c.Ask(f)
			if f.Err() != nil {
				x = Finding{Evidence: "not computed"}
			}
			out = append(out, Row{Principle: p.Title, Check: c.Title, Verdict: x.Verdict, Evidence: x.Evidence, Pos: x.Pos})
		}
	}
	return out
}

// Count is how many rows have each verdict.
func Count(rows []Row) (pass, fail, unknown int) {
	for _, r := range rows {
		switch r.Verdict {
		case Pass:
			pass++
		case Fail:
			fail++
		default:
			unknown++
		}
	}
	return pass, fail, unknown
}

// tally adds up the verdicts on many subjects of one kind and keeps the first
// that fails and the first that does not say.
type tally struct {
	noun                 string // plural
	pass, fail, unknown  int
	failed, silent       string
	failedPos, silentPos model.Pos
}

// add counts one subject.
func (t *tally) add(v Verdict, name string, pos model.Pos) {
	switch v {
	case Pass:
		t.pass++
	case Fail:
		if t.fail++; t.fail == 1 {
			t.failed, t.failedPos = name, pos
		}
	default:
		if t.unknown++; t.unknown == 1 {
			t.silent, t.silentPos = name, pos
		}
	}
}

// finding says pass when every subject passes, fail as soon as one fails.
func (t *tally) finding() Finding {
	all := t.pass + t.fail + t.unknown
	switch {
	case all == 0:
		return Finding{Evidence: "the file has no " + t.noun + " to ask"}
	case t.fail > 0:
		return Finding{Fail, fmt.Sprintf("%d of %d %s: no; first %q", t.fail, all, t.noun, t.failed), t.failedPos}
	case t.unknown > 0:
		return Finding{Unknown, fmt.Sprintf("%d of %d %s: not said; first %q", t.unknown, all, t.noun, t.silent), t.silentPos}
	}
	return Finding{Verdict: Pass, Evidence: fmt.Sprintf("%d of %d %s: yes", all, all, t.noun)}
}

// services asks every service of the file.
func services(f *metric.Facts, ask func(s int, x *model.Service) (Verdict, model.Pos)) Finding {
	t := tally{noun: "services"}
	for i, s := range f.System().Services {
		v, pos := ask(i, s)
		t.add(v, s.ID, pos)
	}
	return t.finding()
}

// said is pass or fail for what the file says, unknown for what it does not.
func said(yes *bool) Verdict {
	switch {
	case yes == nil:
		return Unknown
	case *yes:
		return Pass
	}
	return Fail
}

// holds is pass or fail.
func holds(yes bool) Verdict {
	if yes {
		return Pass
	}
	return Fail
}

// given is pass for what the file gives, unknown for what it leaves out.
func given(yes bool) Verdict {
	if yes {
		return Pass
	}
	return Unknown
}
