package render

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/taut-dev/taut/analyze/diff"
	"github.com/taut-dev/taut/model"
)

// GotWorse is the rule name of a change that something got worse by.
const GotWorse = "got-worse"

// effectsTold is how many effects of a change its finding names.
const effectsTold = 3

// DiffFindings is a difference as findings about the new version: every change
// that something got worse by, at its place, with what to do; then what lint and
// the budgets find new. Changes without a place there stand at the name of the
// system.
func DiffFindings(d Diff) Findings {
	v := &diffView{Diff: d, r: d.Result}
	out := d.Frame
	for n, b := range v.blamed() {
		out.Diagnostics = append(out.Diagnostics, v.finding(b, n == 0))
	}
	out.Diagnostics = append(out.Diagnostics, d.Result.Fresh.WithFixes(orNothing(out.Source))...)
	out.Rules = append(slices.Clone(out.Rules), RuleDoc{
		ID: GotWorse, Title: "a change makes the system worse", Severity: model.Warning,
		Help: "Of two versions, a measure got worse or a failure takes down more by this change: without it, that would not be so. `taut diff` tells all of it.",
	})
	return out
}

func orNothing(source func(string) []byte) func(string) []byte {
	if source == nil {
		return func(string) []byte { return nil }
	}
	return source
}

// finding words one change; only the first is told every way out.
func (v *diffView) finding(b blamed, first bool) model.Diagnostic {
	c := &v.r.Changes[b.change]
	effects := slices.Concat(v.crossing(c), v.endless(b.change), v.failureEffects(b), v.overloads(b), v.moveEffects(b))
	text := v.title(c) + ": " + strings.Join(effects[:min(len(effects), effectsTold)], "; ")
	if more := len(effects) - effectsTold; more > 0 {
		text += fmt.Sprintf("; and %d more", more)
	}
	at := c.Pos
	if c.Op == diff.Removed || at.IsZero() {
		at = v.r.New.Facts.System().At("system")
	}
	subject := c.Kind.String() + " " + c.ID
	if c.Kind.Edge() {
		subject = c.Kind.String() + " " + c.From + " -> " + strings.Join(c.To, ",")
	}
	return model.Diagnostic{Rule: GotWorse, Severity: model.Warning, Pos: at, Subject: subject, Message: text, Hint: strings.Join(v.remedy(b, first), "; or ")}
}

// findingFormats are the formats of findings that a difference has no page for.
func findingFormats() []Format[Diff] {
	var out []Format[Diff]
	for _, f := range FindingFormats() {
		switch f.Name {
		case "text", "json", "markdown":
			continue
		case "github":
			f.Write = writeAnnotations
		}
		out = append(out, Format[Diff]{f.Name, f.Doc, func(w io.Writer, d Diff, o Options) error {
			if err := f.Write(w, DiffFindings(d), o); err != nil || f.Name != "github" {
				return err
			}
			o.CI = "github"
			return writePageText(w, DiffPage(d), o)
		}})
	}
	return out
}
