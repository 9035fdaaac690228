package model

import (
	"cmp"
	"slices"
)

// Severity says how bad a diagnostic is. The order is part of the contract.
type Severity int

// The severities, mildest first. Off silences a rule.
const (
	Off Severity = iota
	Note
	Warning
	Error
)

var severityNames = []string{"off", "note", "warning", "error"}

// String gives the word used in files and on the command line.
func (s Severity) String() string { return severityNames[s] }

// ParseSeverity reads the word; ok is false for any other.
func ParseSeverity(word string) (s Severity, ok bool) {
	i := slices.Index(severityNames, word)
	return Severity(max(i, 0)), i >= 0
}

// Related points at another place that a diagnostic speaks of.
type Related struct {
	Pos     Pos
	Message string
}

// Edit replaces the bytes [Start, End) of a file by Text.
type Edit struct {
	File       string
	Start, End int
	Text       string
}

// Fix is a set of edits that repairs what a diagnostic reports, unambiguously.
type Fix struct {
	Title string
	Edits []Edit
}

// Diagnostic is one thing to say about one place. Message is one line, lower
// case, names its subject in quotes; Hint says what to do about it.
type Diagnostic struct {
	Rule     string // id of the lint rule, or of the kind of error: "syntax", "unknown-key", …
	Severity Severity
	Pos      Pos
	Subject  string // stable path of what it is about, "services.orders", for baselines; may be empty
	Message  string
	Hint     string
	Related  []Related
	Typo     *Typo // set where a near word would be right; WithFixes makes the Fix of it
	Fix      *Fix

	section *Node // of an unknown key of the top level: what stands under it
}

// Diagnostics is a list of them.
type Diagnostics []Diagnostic

// Sorted gives the diagnostics by place, then rule, then message; equal ones once.
func (d Diagnostics) Sorted() Diagnostics {
	s := slices.Clone(d)
	slices.SortStableFunc(s, func(a, b Diagnostic) int {
		return cmp.Or(ComparePos(a.Pos, b.Pos), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Message, b.Message))
	})
	return slices.CompactFunc(s, func(a, b Diagnostic) bool {
		return a.Pos == b.Pos && a.Rule == b.Rule && a.Message == b.Message
	})
}

// Worst gives the highest severity, Off for an empty list.
func (d Diagnostics) Worst() Severity {
	worst := Off
	for _, x := range d {
		worst = max(worst, x.Severity)
	}
	return worst
}

// HasErrors says whether any diagnostic is an error.
func (d Diagnostics) HasErrors() bool { return d.Worst() == Error }
