package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/cmd/query"
	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/render"
)

// enumFlag takes one word out of a list, and its errors name the list.
type enumFlag struct {
	value string
	words []string
}

func (e *enumFlag) String() string { return e.value }
func (e *enumFlag) Type() string   { return strings.Join(e.words, "|") }
func (e *enumFlag) Set(word string) error {
	if !slices.Contains(e.words, word) {
		return query.UnknownWord(word, e.words)
	}
	e.value = word
	return nil
}

type colorFlag string

// sink is one output that the command line asks for: a format and the file it
// goes to, "" for standard output.
type sink struct{ format, file string }

// formatFlag collects --format NAME or NAME=FILE.
type formatFlag struct {
	sinks []sink
	words []string
	set   bool
}

func (f *formatFlag) String() string {
	names := make([]string, len(f.sinks))
	for i, s := range f.sinks {
		names[i] = s.format
	}
	return strings.Join(names, ",")
}
func (f *formatFlag) Type() string { return "NAME[=FILE]" }
func (f *formatFlag) Set(text string) error {
	name, file, _ := strings.Cut(text, "=")
	if !slices.Contains(f.words, name) {
		return query.UnknownWord(name, f.words)
	}
	if !f.set {
		f.sinks, f.set = nil, true
	}
	f.sinks = append(f.sinks, sink{name, file})
	return nil
}

// limitFlag collects --limit NAME=VALUE.
type limitFlag struct {
	limits model.Limits
	given  []string
}

func (l *limitFlag) String() string { return strings.Join(l.given, ",") }
func (l *limitFlag) Type() string   { return "NAME=VALUE" }
func (l *limitFlag) Set(text string) error {
	l.given = append(l.given, text)
	return l.limits.Set(text)
}

// common is the flags that every command on a file has.
type common struct {
	format formatFlag
	limits limitFlag
	color  enumFlag
	output string
	quiet  bool
}

// commonFlags adds them to a command; formats are the words --format takes,
// the first being the default.
func commonFlags(cmd *cobra.Command, formats []string) *common {
	c := &common{
		format: formatFlag{sinks: []sink{{format: formats[0]}}, words: formats},
		limits: limitFlag{limits: model.DefaultLimits()},
		color:  enumFlag{"auto", []string{"auto", "always", "never"}},
	}
	f := cmd.Flags()
	f.Var(&c.format, "format", "output format: "+strings.Join(formats, ", ")+"; several at once, each to its file")
	f.StringVarP(&c.output, "output", "o", "", "write to this file (whole or not at all) instead of standard output")
	f.Var(&c.limits, "limit", "raise or lower a limit, as nodes=2000000")
	f.Var(&c.color, "color", "colours: auto (on a terminal), always, never")
	f.BoolVarP(&c.quiet, "quiet", "q", false, "print no summary on standard error; changes no exit code")
	registerCompletion(cmd, "format", formats)
	registerCompletion(cmd, "color", c.color.words)
	return c
}

func registerCompletion(cmd *cobra.Command, flag string, words []string) {
	complete := func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return words, cobra.ShellCompDirectiveNoFileComp
	}
	if err := cmd.RegisterFlagCompletionFunc(flag, complete); err != nil {
		panic(err)
	}
}

// has says whether an output of one of these formats is asked for.
func (f *formatFlag) has(formats ...string) bool {
	return slices.ContainsFunc(f.sinks, func(s sink) bool { return slices.Contains(formats, s.format) })
}

// sinks resolves -o: it names the file of the one format that has none.
func (c *common) sinks() ([]sink, error) {
	sinks := slices.Clone(c.format.sinks)
	files := map[string]bool{}
	for i := range sinks {
		if sinks[i].file == "" && c.output != "" && !files[c.output] {
			sinks[i].file = c.output
		}
		if files[sinks[i].file] {
			return nil, usageError("two formats go to %s: give each its own file, as --format json=report.json", placeName(sinks[i].file))
		}
		files[sinks[i].file] = true
	}
	if c.output != "" && !files[c.output] {
		return nil, usageError("-o %s names no output: every --format has a file already", c.output)
	}
	return sinks, nil
}

func placeName(file string) string {
	if file == "" {
		return "standard output"
	}
	return file
}

// find gives the format of a name; the flag has checked that there is one.
func find[T any](formats []render.Format[T], name string) render.Format[T] {
	i := slices.IndexFunc(formats, func(f render.Format[T]) bool { return f.Name == name })
	return formats[i]
}

// listFlag collects words out of a list.
type listFlag struct{ values, words []string }

func (l *listFlag) String() string { return strings.Join(l.values, ",") }
func (l *listFlag) Type() string   { return strings.Join(l.words, "|") }
func (l *listFlag) Set(text string) error {
	for _, word := range strings.Split(text, ",") {
		if !slices.Contains(l.words, word) {
			return query.UnknownWord(word, l.words)
		}
		l.values = append(l.values, word)
	}
	return nil
}

// shareFlag takes a share of 1, as 5% or 0.05.
type shareFlag struct{ value float64 }

func (s *shareFlag) String() string { return metric.Percent(s.value) }
func (s *shareFlag) Type() string   { return "SHARE" }
func (s *shareFlag) Set(text string) error {
	number, percent := strings.CutSuffix(text, "%")
	v, err := strconv.ParseFloat(number, 64)
	if percent {
		v /= 100
	}
	if err != nil || !(v >= 0 && v <= 1) {
		return fmt.Errorf("%q is no share between 0%% and 100%%", text)
	}
	s.value = v
	return nil
}
