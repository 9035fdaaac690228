package render

import (
	"fmt"

	"github.com/taut-dev/taut/analyze/scorecard"
)

var verdictTones = map[scorecard.Verdict]Tone{scorecard.Pass: Good, scorecard.Fail: Bad, scorecard.Unknown: Muted}

// scorecardSection has one row for each check, under its principle.
func scorecardSection(r *Report) []Block {
	rows := scorecard.Rows(r.Facts)
	t := &Table{Header: []string{"verdict", "check", "evidence"}}
	last := ""
	for _, row := range rows {
		if row.Principle != last {
			t.Rows = append(t.Rows, []Cell{{"", Plain}, {row.Principle, Strong}, {"", Plain}})
		}
		last = row.Principle
		t.Rows = append(t.Rows, []Cell{{row.Verdict.String(), verdictTones[row.Verdict]}, {"  " + row.Check, Plain}, {row.Evidence, Muted}})
	}
	pass, fail, unknown := scorecard.Count(rows)
	return []Block{
		Heading("Scorecard"),
		Para(fmt.Sprintf("%d pass, %d fail, %d unknown: the file does not say, which is no pass", pass, fail, unknown)),
		{Table: t},
	}
}

type jsonCheck struct {
	Principle string `json:"principle"`
	Check     string `json:"check"`
	Verdict   string `json:"verdict"`
	Evidence  string `json:"evidence"`
	Where     string `json:"where,omitempty"`
}

func (r *Report) jsonScorecard() []jsonCheck {
	out := []jsonCheck{}
	for _, row := range scorecard.Rows(r.Facts) {
		c := jsonCheck{Principle: row.Principle, Check: row.Check, Verdict: row.Verdict.String(), Evidence: row.Evidence}
		if !row.Pos.IsZero() {
			c.Where = row.Pos.String()
		}
		out = append(out, c)
	}
	return out
}
