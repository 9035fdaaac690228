package model

import (
	"fmt"
	"strconv"
	"strings"
)

// Limits bounds what is read and computed, so that no file of a stranger costs
// more than a stated amount. The zero Limits means DefaultLimits.
type Limits struct {
	File         int // bytes of one file
	Total        int // bytes of all files together, and of all text after aliases
	Files        int // files of one system
	Nodes        int // YAML or JSON nodes of one file, after aliases
	Depth        int // levels of nesting, after aliases
	Aliases      int // aliases in one file
	Documents    int // documents in one file, for formats that have several
	Elements     int // services, stores, channels, externals, platforms and units
	Dependencies int // everything that points from one element to another
	DesignTotal  int // elements of all designs together
	DrawnNodes   int // past it a view folds
	DrawnEdges   int // past it a view folds
	RenderTime   int // seconds for one drawing by an outside program
	RenderMemory int // bytes for one drawing by an outside program
	Diagram      int // nodes of one decision diagram; past it there are bounds
	Pairs        int // nodes whose failures are looked at two by two
	Findings     int // shown as text, for one rule
	Results      int // in a SARIF file
}

// LimitInfo describes one limit for help texts and documentation.
type LimitInfo struct {
	Name    string // as in --limit NAME=VALUE
	Default string // as it may be written there
	Doc     string
}

// limit is one row of the table: everything about limits comes from it.
type limit struct {
	name    string
	value   int
	size    bool // counted in bytes
	seconds bool // counted in seconds
	at      func(*Limits) *int
	doc     string
}

// maxDepth bounds the limit on depth itself, as readers recurse.
const maxDepth = 10_000

// limits is the table, in the order of the documentation.
var limits = []limit{
	{"file", 8 << 20, true, false, func(l *Limits) *int { return &l.File }, "bytes of one file"},
	{"total", 64 << 20, true, false, func(l *Limits) *int { return &l.Total }, "bytes of all files, and of one file's text after aliases"},
	{"files", 1000, false, false, func(l *Limits) *int { return &l.Files }, "files of one system"},
	{"nodes", 1_000_000, false, false, func(l *Limits) *int { return &l.Nodes }, "YAML or JSON nodes of one file, after aliases"},
	{"depth", 64, false, false, func(l *Limits) *int { return &l.Depth }, "levels of nesting, after aliases"},
	{"aliases", 10_000, false, false, func(l *Limits) *int { return &l.Aliases }, "YAML aliases in one file"},
	{"documents", 100, false, false, func(l *Limits) *int { return &l.Documents }, "YAML documents in one imported file"},
	{"elements", 100_000, false, false, func(l *Limits) *int { return &l.Elements }, "services, stores, channels, externals, platforms and units"},
	{"dependencies", 1_000_000, false, false, func(l *Limits) *int { return &l.Dependencies }, "dependencies between them"},
	{"design-elements", 2_000_000, false, false, func(l *Limits) *int { return &l.DesignTotal }, "elements of all designs together"},
	{"drawn-nodes", 300, false, false, func(l *Limits) *int { return &l.DrawnNodes }, "nodes drawn before a view folds"},
	{"drawn-edges", 1000, false, false, func(l *Limits) *int { return &l.DrawnEdges }, "edges drawn before a view folds"},
	{"render-time", 20, false, true, func(l *Limits) *int { return &l.RenderTime }, "seconds for one drawing by Graphviz"},
	{"render-memory", 512 << 20, true, false, func(l *Limits) *int { return &l.RenderMemory }, "bytes for one drawing by Graphviz"},
	{"diagram", 2_000_000, false, false, func(l *Limits) *int { return &l.Diagram }, "nodes of one decision diagram before bounds replace the exact value"},
	{"pairs", 5000, false, false, func(l *Limits) *int { return &l.Pairs }, "nodes whose failures --pairs looks at two by two: 5,000 are 12.5 million pairs"},
	{"findings", 100, false, false, func(l *Limits) *int { return &l.Findings }, "findings of one rule shown as text"},
	{"results", 5000, false, false, func(l *Limits) *int { return &l.Results }, "results in a SARIF file"},
}

// DefaultLimits gives the stated defaults.
func DefaultLimits() Limits {
	var l Limits
	for _, row := range limits {
		*row.at(&l) = row.value
	}
	return l
}

// LimitTable lists the limits in the order of the documentation.
func LimitTable() []LimitInfo {
	table := make([]LimitInfo, len(limits))
	for i, row := range limits {
		table[i] = LimitInfo{Name: row.name, Default: row.text(row.value), Doc: row.doc}
	}
	return table
}

// Set reads "NAME=VALUE", as in "file=64MiB", "nodes=2000000" or
// "render-time=5s", and changes that limit.
func (l *Limits) Set(assignment string) error {
	name, value, ok := strings.Cut(assignment, "=")
	if !ok {
		return fmt.Errorf("limit %q has no value: write %s=VALUE", assignment, assignment)
	}
	*l = l.orDefault()
	names := make([]string, 0, len(limits))
	for _, row := range limits {
		if row.name == name {
			n, err := row.parse(value)
			if err == nil {
				*row.at(l) = n
			}
			return err
		}
		names = append(names, row.name)
	}
	return fmt.Errorf("there is no limit %q%s: the limits are %s", name, didYouMean(Suggest(name, names)), strings.Join(names, ", "))
}

// Exceeded words the error for a limit that was passed; what says by whom.
func (l Limits) Exceeded(name, what string) string {
	l = l.orDefault()
	for _, row := range limits {
		if row.name == name {
			return fmt.Sprintf("limit %s=%s exceeded by %s: raise it with --limit %s=N (or --max-%s N)",
				name, row.text(*row.at(&l)), what, name, name)
		}
	}
	return fmt.Sprintf("limit %s exceeded by %s", name, what)
}

// orDefault makes the zero Limits mean the defaults.
func (l Limits) orDefault() Limits {
	if l == (Limits{}) {
		return DefaultLimits()
	}
	return l
}

// text writes a value so that parse reads it.
func (r *limit) text(n int) string {
	switch {
	case r.size && n%(1<<20) == 0:
		return strconv.Itoa(n>>20) + "MiB"
	case r.seconds:
		return strconv.Itoa(n) + "s"
	}
	return strconv.Itoa(n)
}

// parse reads a value; there is no "unlimited", as every limit guards something.
func (r *limit) parse(value string) (int, error) {
	n, err := strconv.Atoi(strings.TrimSuffix(value, "s"))
	want := "a positive whole number"
	switch {
	case r.size:
		want = "a size such as 64MiB"
		size, problem := parseSize(value)
		if n, err = int(size), nil; problem != "" {
			err = strconv.ErrSyntax
		}
	case r.seconds:
		want = "seconds such as 20s"
	case strings.HasSuffix(value, "s"):
		err = strconv.ErrSyntax
	}
	if r.name == "depth" && n > maxDepth {
		return 0, fmt.Errorf("limit depth: %d is more than %d, the most that can be read", n, maxDepth)
	}
	if err != nil || n < 1 {
		return 0, fmt.Errorf("limit %s: %q is not %s", r.name, value, want)
	}
	return n, nil
}
