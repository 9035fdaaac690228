package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite goldens, generated pictures and docs")

func TestMain(m *testing.M) {
	if os.Getenv("TAUT_TEST_AS_PROGRAM") != "" {
		main()
	}
	testscript.Main(m, map[string]func(){"taut": main})
}

// TestScripts runs the stories of testdata/script, each in a folder of its own
// with a copy of the examples.
func TestScripts(t *testing.T) {
	examples, err := filepath.Abs("../../examples")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:           "../../testdata/script",
		UpdateScripts: *update,
		Cmds:          map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
		Setup: func(e *testscript.Env) error {
			return os.CopyFS(filepath.Join(e.WorkDir, "examples"), os.DirFS(examples))
		},
	})
}

// exits is the script command "exits CODE PROGRAM ARG…": the program ends with
// this code and no other.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	code := 0
	err := ts.Exec(args[1], args[2:]...)
	if failed, ok := errors.AsType[*exec.ExitError](err); ok {
		code = failed.ExitCode()
	} else {
		ts.Check(err)
	}
	if fmt.Sprint(code) != args[0] {
		ts.Fatalf("exit code %d, not %s; %s%s", code, args[0], ts.ReadFile("stdout"), ts.ReadFile("stderr"))
	}
}

// run executes one command line in the process and gives all it did.
func run(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	a := &app{
		in: &bytes.Buffer{}, out: &stdout, err: &stderr,
		env:      func(string) string { return "" },
		terminal: func(io.Writer) bool { return false },
		now:      func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) },
	}
	return a.run(context.Background(), args), stdout.String(), stderr.String()
}
