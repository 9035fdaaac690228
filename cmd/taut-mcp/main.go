// Command taut-mcp lets agents ask about architectures: a server of the Model
// Context Protocol on standard input and output. Its tools only read, and only
// below one folder.
//
// It is a program of its own because the protocol's library brings what HTTP
// needs, too: linked into taut, it would add a seventh to its size for what nobody
// at a command line uses.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/taut-dev/taut/cmd/folder"
	"github.com/taut-dev/taut/cmd/query"
	"github.com/taut-dev/taut/model"
)

// Exit codes, as those of taut: a closed input and an interrupt are the ordinary
// end of a server.
const (
	exitFine  = 0
	exitUsage = 2
)

// patience is how long what is being computed may take to notice the end.
const patience = time.Second

// lineLimit is the most bytes of one message: a file of the largest size as a
// string, with room for what is escaped.
const lineLimit = 16 << 20

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	done := make(chan int, 1)
	go func() { done <- run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr) }()
	select {
	case code := <-done:
		os.Exit(code)
	case <-ctx.Done():
	}
	select {
	case code := <-done:
		os.Exit(code)
	case <-time.After(patience):
		os.Exit(exitFine)
	}
}

// run serves until the input has ended and all of it is answered, or the context
// ends.
func run(ctx context.Context, args []string, in io.ReadCloser, out, errs io.Writer) int {
	flags := flag.NewFlagSet("taut-mcp", flag.ContinueOnError)
	flags.SetOutput(errs)
	flags.Usage = func() {
		fmt.Fprint(errs, "taut-mcp serves agents by the Model Context Protocol on standard input and output.\n\nUsage: taut-mcp [--root DIR]\n\n")
		flags.PrintDefaults()
	}
	dir := flags.String("root", ".", "read files below this `folder` only")
	version := flags.Bool("version", false, "print the version")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return exitFine
		}
		return exitUsage
	}
	if *version {
		fmt.Fprintln(out, "taut-mcp "+query.Version())
		return exitFine
	}
	if flags.NArg() > 0 {
		fmt.Fprintf(errs, "taut-mcp: %q: only flags are understood; --root names the folder to serve\n", flags.Arg(0))
		return exitUsage
	}
	if err := serve(ctx, *dir, in, out); err != nil {
		fmt.Fprintln(errs, "taut-mcp: "+model.Safe(err.Error()))
		return exitUsage
	}
	return exitFine
}

// serve speaks the protocol over two streams about the files below a folder.
func serve(ctx context.Context, dir string, in io.ReadCloser, out io.Writer) error {
	files, err := openFiles(dir)
	if err != nil {
		return err
	}
	defer files.root.Close()
	err = newServer(files).Run(ctx, patient{&mcp.IOTransport{Reader: in, Writer: open{out}, MaxLineLength: lineLimit}})
	if ctx.Err() != nil || errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// open is a writer that stays open: standard output is the system's to close.
type open struct{ io.Writer }

func (open) Close() error { return nil }

// openFiles opens the folder that is served.
func openFiles(dir string) (*files, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("cannot tell the current folder: %v", folder.Reason(err))
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("cannot open the folder %s: %v", dir, folder.Reason(err))
	}
	return &files{root: root, dir: dir, limits: model.DefaultLimits()}, nil
}

// today is the calendar day in UTC, for what ends on a day.
func today() model.Date {
	year, month, day := time.Now().UTC().Date()
	return model.Date{Year: year, Month: month, Day: day}
}
