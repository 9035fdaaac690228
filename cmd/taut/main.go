// Command taut tells what is pulled too tight in a software architecture.
//
// It is the only part of the project that reads files, writes files and knows
// exit codes: 0 fine, 1 findings, 2 the input or the command line is wrong, 3 a
// fault of the program, 130 interrupted.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/render"
)

const (
	exitFine        = 0
	exitFindings    = 1
	exitUsage       = 2
	exitFault       = 3
	exitInterrupted = 130
)

// app is the outside world as the commands see it.
type app struct {
	in       io.Reader
	out, err io.Writer
	env      func(string) string
	terminal func(io.Writer) bool
	now      func() time.Time
	progress *progress // nil where nobody looks
	staging  staging
}

// patience is how long an interrupted command may take to end in good order.
// Computations look at their context; reading a huge file does not.
const patience = 20 * time.Millisecond

func main() {
	debug.SetGCPercent(gcPercent)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	a := &app{in: os.Stdin, out: os.Stdout, err: os.Stderr, env: os.Getenv, terminal: isTerminal, now: time.Now}
	a.watch()
	done := make(chan int, 1)
	go func() { done <- a.run(ctx, os.Args[1:]) }()
	var code int
	select {
	case code = <-done:
	case <-ctx.Done():
		select {
		case code = <-done:
		case <-time.After(patience):
			code = exitInterrupted
			a.staging.end()
			fmt.Fprintln(a.err, "taut: interrupted")
		}
	}
	stop()
	a.progress.end()
	os.Exit(code)
}

// How much garbage may pile up, in percent of what is in use: a process that
// lives for a second has better things to do than to collect it, as long as the
// garbage stays below gcRoom bytes or the system is a giant. Past gcRoom, or some
// times what the system itself takes, it collects as often as it must.
const (
	gcPercent = 400
	gcRoom    = 1 << 30
)

// makeRoom tunes the collector to the size of the system that was read.
func makeRoom() {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	debug.SetGCPercent(int(min(gcPercent, max(50, 100*gcRoom/(m.HeapAlloc+1)))))
	debug.SetMemoryLimit(int64(max(gcRoom, 8*m.HeapAlloc)))
}

// exitError ends a command with a code; without a message what there was to
// say has been said.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string { return e.err.Error() }
func (e *exitError) Unwrap() error { return e.err }

var errSaid = errors.New("")

// usageError is wrong input or a wrong command line.
func usageError(format string, args ...any) error {
	return &exitError{exitUsage, fmt.Errorf(format, args...)}
}

// run executes one command line and gives its exit code. A panic is a bug: it
// is reported as one, in one line.
func (a *app) run(ctx context.Context, args []string) (code int) {
	defer func() {
		if r := recover(); r != nil {
			if a.env("TAUT_DEBUG") != "" {
				panic(r)
			}
			fmt.Fprintf(a.err, "taut: a fault of ours, please report it with the file that caused it: %s\n", model.Safe(fmt.Sprint(r)))
			code = exitFault
		}
	}()
	root := a.root()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitFine
	}
	if ctx.Err() != nil {
		fmt.Fprintln(a.err, "taut: interrupted")
		return exitInterrupted
	}
	coded := &exitError{exitUsage, err}
	errors.As(err, &coded)
	if coded.err != errSaid {
		fmt.Fprintln(a.err, "taut: "+model.Safe(strings.TrimSpace(err.Error())))
	}
	return coded.code
}

// commands lists every command, in the order of the help.
func (a *app) commands() []*cobra.Command {
	return []*cobra.Command{
		a.initCommand(), a.lintCommand(), a.analyzeCommand(), a.checkCommand(), a.serveCommand(), a.renderCommand(), a.compareCommand(), a.diffCommand(), a.baselineCommand(),
		a.transformCommand(), a.importCommand(), a.exportCommand(), a.explainCommand(), a.rulesCommand(), a.metricsCommand(),
		a.schemaCommand(), a.lspCommand(), a.docsCommand(), a.versionCommand(),
	}
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "taut",
		Short: "what is pulled too tight in a software architecture",
		Long: `taut reads a description of a system (services and what they depend on) and tells
what is pulled too tight: how strongly services are coupled, what each single
failure takes down (the blast radius), and what must be scaled together.

FILE is a file, a folder, or - for standard input. Without one, architecture.yaml
(or .yml, .json) is taken from here or the nearest parent, up to the repository's root.

Exit codes: 0 fine, 1 findings or budgets exceeded, 2 the input or the command
line is wrong, 3 a fault of ours.`,
		SilenceErrors: true, SilenceUsage: true,
		Args: func(_ *cobra.Command, args []string) error { return a.unknownCommand(args) },
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	root.AddCommand(a.commands()...)
	return root
}

// unknownCommand says what the command could have been.
func (a *app) unknownCommand(args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, c := range a.commands() {
		names = append(names, c.Name())
	}
	hint := "the commands are " + strings.Join(names, ", ")
	if near := model.Suggest(args[0], names); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	return usageError("unknown command %q; %s", args[0], hint)
}

// renderOptions are what the outside world decides about an output.
func (a *app) renderOptions(w io.Writer, color colorFlag) render.Options {
	o := render.Options{Color: a.wantsColor(w, color), Version: version(), CI: a.ciSystem()}
	if a.wantsLinks(w, color) {
		o.Link = fileLinks()
	}
	return o
}

// ciSystem names the CI system whose log reads the output, if any.
func (a *app) ciSystem() string {
	for _, ci := range [][2]string{{"GITHUB_ACTIONS", "github"}, {"TF_BUILD", "azure"}, {"TEAMCITY_VERSION", "teamcity"}, {"GITLAB_CI", "gitlab"}} {
		if a.env(ci[0]) != "" {
			return ci[1]
		}
	}
	return ""
}

// wantsColor follows --color, then NO_COLOR and FORCE_COLOR, then asks whether
// a person is looking.
func (a *app) wantsColor(w io.Writer, color colorFlag) bool {
	switch {
	case color == "always":
		return true
	case color == "never" || a.env("NO_COLOR") != "":
		return false
	case a.env("FORCE_COLOR") != "":
		return true
	}
	return a.terminal(w) && a.env("TERM") != "dumb"
}

func isTerminal(w io.Writer) bool {
	switch f := w.(type) {
	case *screen:
		return true
	case *os.File:
		info, err := f.Stat()
		return err == nil && info.Mode()&os.ModeCharDevice != 0
	}
	return false
}
