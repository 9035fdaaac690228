package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/taut-dev/taut/model"
)

var update = flag.Bool("update", false, "rewrite docs/mcp.md")

// TestMain lets tests start this program as a child.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"taut-mcp": main})
}

// connect starts the program on a folder and speaks to it as an agent's client
// does.
func connect(t *testing.T, root string) *mcp.ClientSession {
	t.Helper()
	program, err := exec.LookPath("taut-mcp")
	if err != nil {
		t.Fatal(err)
	}
	client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil)
	session, err := client.Connect(t.Context(), &mcp.CommandTransport{Command: exec.Command(program, "--root", root)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := session.Close(); err != nil {
			t.Errorf("the program did not end well once its input was closed: %v", err)
		}
	})
	return session
}

// ask calls a tool and gives its text and structured content.
func ask(t *testing.T, session *mcp.ClientSession, name string, arguments map[string]any) (text string, out map[string]any, failed bool) {
	t.Helper()
	result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: name, Arguments: arguments})
	if err != nil {
		t.Fatalf("%s %v: %v", name, arguments, err)
	}
	for _, c := range result.Content {
		text += c.(*mcp.TextContent).Text
	}
	out, _ = result.StructuredContent.(map[string]any)
	return text, out, result.IsError
}

type arguments = map[string]any

// served makes the folder that is served: a system, one with an include, a broken
// one, includes and links that lead out, and a folder without a file.
func served(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) {
		file := filepath.Join(dir, "root", filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("architecture.yaml", shop)
	write("parts/architecture.yaml", "system: parts\ninclude: [services.yaml]\n")
	write("parts/services.yaml", "services:\n  a: {depends_on: [b]}\n  b:\n")
	write("greedy/architecture.yaml", "system: greedy\ninclude: [../architecture.yaml]\n")
	write("linked/architecture.yaml", "system: linked\ninclude: [out.yaml]\n")
	write("broken.yaml", "system: x\nservices:\n  a: {depnds_on: [b]}\n")
	write("ruled.yaml", ruled)
	write("empty/readme", "")
	if err := os.WriteFile(filepath.Join(dir, "secret.yaml"), []byte("services: {s3cret: {}}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, link := range []string{"link.yaml", "linked/out.yaml"} {
		if err := os.Symlink(filepath.Join(dir, "secret.yaml"), filepath.Join(dir, "root", link)); err != nil {
			t.Skip("no symbolic links here:", err)
		}
	}
	return filepath.Join(dir, "root")
}

const shop = `system: shop
services:
  web: {depends_on: [orders]}
  orders: {depends_on: [payments, orders-db]}
  payments:
stores:
  orders-db:
`

const ruled = `system: ruled
services:
  a:
lint:
  custom:
    - {id: acme-lonely, for: service, when: not exposed, message: nobody may stand alone}
`

// TestAnswers asks every tool something and looks for what its answer must tell.
func TestAnswers(t *testing.T) {
	session := connect(t, served(t))
	asked := map[string]bool{}
	for _, c := range []struct {
		tool  string
		given arguments
		want  string
	}{
		{"analyze", arguments{}, "**shop**  3 services, 1 store, 3 dependencies"},
		{"analyze", arguments{"path": "parts"}, "**parts**  2 services"},
		{"analyze", arguments{"text": shop, "sections": []string{"availability"}}, "journey"},
		{"analyze", arguments{"text": shop, "design": "monolith"}, "1 scaling unit for 3 services"},
		{"blast", arguments{"node": "payments"}, "| **Web** | **down** | web needs orders, orders needs payments |"},
		{"blast", arguments{"kinds": []string{"store"}}, "| **orders-db** | store |"},
		{"blast", arguments{"pairs": true}, "6 pairs of 4 things"},
		{"what_if", arguments{"changes": []arguments{{"op": "soft", "from": "orders", "to": "payments"}}}, "(needs hard → soft)"},
		{"what_if", arguments{"preset": "monolith"}, "worse**"},
		{"what_if", arguments{"patch": "services: {web: {depends_on: {orders: null}}}"}, "removed synchronous dependency web → orders"},
		{"what_if", arguments{"patch": arguments{"stores": arguments{"cache": arguments{}}}}, "new store cache"},
		{"what_if", arguments{"preset": "event-driven"}, "no call says `answer: later`"},
		{"diff", arguments{"old": "parts"}, "removed service b"},
		{"diff", arguments{"text": shop, "old_text": shop}, "nothing differs"},
		{"lint", arguments{}, "architecture.yaml"},
		{"lint", arguments{"text": "services:\n  a: {depends_on: [b]}\n  b: {depends_on: [a]}\n"}, "text:2:20: warning: \"a\" calls itself in a circle of 2"},
		{"explain", arguments{}, "| shared-store |"},
		{"explain", arguments{"name": "tightness"}, "coupling"},
		{"explain", arguments{"name": "shared-store"}, "store"},
		{"explain", arguments{"name": "language"}, "# The language"},
		{"explain", arguments{"name": "tightness", "subject": "orders"}, "orders → payments"},
		{"explain", arguments{"name": "acme-lonely", "path": "ruled.yaml"}, "nobody may stand alone"},
	} {
		asked[c.tool] = true
		text, out, failed := ask(t, session, c.tool, c.given)
		if failed || !strings.Contains(strings.ToLower(text), strings.ToLower(c.want)) {
			t.Errorf("%s %v: got\n%s\nwithout %s", c.tool, c.given, text, c.want)
		}
		if out["text"] != text {
			t.Errorf("%s %v: the structured text differs", c.tool, c.given)
		}
	}
	for tool, err := range session.Tools(t.Context(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		if !asked[tool.Name] {
			t.Errorf("no test asks %s", tool.Name)
		}
		a := tool.Annotations
		if !a.ReadOnlyHint || !a.IdempotentHint || a.OpenWorldHint == nil || *a.OpenWorldHint {
			t.Errorf("%s does not say that it only reads: %+v", tool.Name, a)
		}
	}
}

// TestRefusals asks what cannot be answered. Each is the tool's error, for the
// agent to read, and says what to do; none shows anything from outside the root.
func TestRefusals(t *testing.T) {
	root := served(t)
	session := connect(t, root)
	for _, c := range []struct {
		tool  string
		given arguments
		want  string
	}{
		{"analyze", arguments{"path": "broken.yaml"}, `broken.yaml:3:7: error`},
		{"analyze", arguments{"path": "../secret.yaml"}, "leads out of"},
		{"analyze", arguments{"path": filepath.Join(filepath.Dir(root), "secret.yaml")}, "leads out of"},
		{"analyze", arguments{"path": "/etc/passwd"}, "leads out of"},
		{"analyze", arguments{"path": "link.yaml"}, "leads out of"},
		{"analyze", arguments{"path": "linked"}, "linked/architecture.yaml:2:11: error"},
		{"analyze", arguments{"path": "greedy"}, "greedy/architecture.yaml:2:11: error"},
		{"analyze", arguments{"path": "nowhere.yaml"}, "cannot open nowhere.yaml"},
		{"analyze", arguments{"path": "empty"}, "no architecture.yaml in"},
		{"analyze", arguments{"path": "x", "text": "y"}, "give one of them"},
		{"analyze", arguments{"text": "services: [1"}, "text:1:11: error"},
		{"analyze", arguments{"text": shop, "design": "monolit"}, `there is no design "monolit"`},
		{"analyze", arguments{"sections": []string{"blst"}}, `sections[0]: "blst" is none of coupling,`},
		{"analyze", arguments{"paths": "x"}, `arguments: "paths" is none of design, format, path, sections, text; did you mean "path"?`},
		{"blast", arguments{"node": "paymnts"}, `did you mean "payments"?`},
		{"blast", arguments{"node": "payments", "pairs": true}, "leave node out"},
		{"what_if", arguments{}, "nothing is to change"},
		{"what_if", arguments{"changes": []arguments{{"op": "soft", "from": "web", "to": "payments"}}}, "web does not depend on payments, but on orders"},
		{"what_if", arguments{"changes": []arguments{{"op": "sofft", "from": "web", "to": "orders"}}}, `changes[0].op: "sofft" is none of soft, hard, async, remove, add; did you mean "soft"?`},
		{"what_if", arguments{"patch": "services: {web: {depends_on: {orders: {needs: sof}}}}"}, "patch:1:47: error"},
		{"what_if", arguments{"patch": "x"}, "a mapping of sections is expected"},
		{"diff", arguments{}, "named once"},
		{"diff", arguments{"base": "main"}, "needs a git repository"},
		{"diff", arguments{"text": shop, "base": "main"}, "not text"},
		{"lint", arguments{"path": "broken.yaml"}, `did you mean "depends_on"?`},
		{"explain", arguments{"name": "tightnes"}, `did you mean "tightness"?`},
		{"explain", arguments{"name": "acme-lonly", "path": "ruled.yaml"}, `ruled.yaml brings none of that name; did you mean "acme-lonely"?`},
		{"explain", arguments{"name": "zzzzz"}, "explain without a name lists them"},
		{"explain", arguments{"name": "tightness", "subject": "order"}, `did you mean "orders"?`},
	} {
		text, _, failed := ask(t, session, c.tool, c.given)
		if !failed || !strings.Contains(text, c.want) || strings.Contains(text, "s3cret") {
			t.Errorf("%s %v: got\n%s\nwithout %s", c.tool, c.given, text, c.want)
		}
	}
	if _, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "analyse"}); err == nil {
		t.Error("an unknown tool is no error")
	}
	if text, _, failed := ask(t, session, "analyze", arguments{"path": filepath.Join(root, "architecture.yaml")}); failed {
		t.Errorf("an absolute path inside the root is refused: %s", text)
	}
}

// TestReports asks for the published JSON. What is long is cut, and said.
func TestReports(t *testing.T) {
	session := connect(t, served(t))
	for _, c := range []struct {
		tool         string
		given        arguments
		schema, keys string
	}{
		{"analyze", arguments{}, "taut/report/v1", "counts design metrics schema system"},
		{"analyze", arguments{"sections": []string{"blast", "scaling"}}, "taut/report/v1", "counts design failures metrics replica_losses scaling schema softening system"},
		{"blast", arguments{"node": "payments"}, "taut/report/v1", "design fail schema system"},
		{"what_if", arguments{"preset": "monolith"}, "taut/diff/v1", ""},
		{"diff", arguments{"old": "parts"}, "taut/diff/v1", ""},
		{"lint", arguments{}, "taut/findings/v1", "findings schema"},
	} {
		c.given["format"] = "json"
		text, out, failed := ask(t, session, c.tool, c.given)
		report, _ := out["report"].(map[string]any)
		if failed || report["schema"] != c.schema {
			t.Fatalf("%s %v: got\n%s", c.tool, c.given, text)
		}
		var repeated any
		if err := json.Unmarshal([]byte(text), &repeated); err != nil || fmt.Sprint(repeated) != fmt.Sprint(any(out)) {
			t.Errorf("%s %v: the text does not repeat the JSON: %v", c.tool, c.given, err)
		}
		if keys := strings.Join(sortedKeys(report), " "); c.keys != "" && keys != c.keys {
			t.Errorf("%s %v has %s", c.tool, c.given, keys)
		}
	}
}

// TestLongAnswers asks about a system that is too long to tell in full.
func TestLongAnswers(t *testing.T) {
	session := connect(t, served(t))
	var b strings.Builder
	b.WriteString("services:\n  s000:\n")
	for i := 1; i < 300; i++ {
		fmt.Fprintf(&b, "  s%03d: {depends_on: [s%03d]}\n", i, i/2)
	}
	given := arguments{"text": b.String(), "format": "json", "sections": []string{"blast", "coupling"}}
	text, out, failed := ask(t, session, "analyze", given)
	left, _ := out["left_out"].([]any)
	if failed || len(text) > jsonRoom+1000 || len(left) == 0 {
		t.Errorf("%d bytes, left out %v", len(text), left)
	}
	given["format"] = "text"
	if text, _, failed = ask(t, session, "analyze", given); failed || len(text) > textRoom+200 {
		t.Errorf("%d bytes", len(text))
	}
}

// TestGit compares a file with an older commit of it.
func TestGit(t *testing.T) {
	root := served(t)
	git := func(args ...string) {
		t.Helper()
		cmd := exec.Command("git", append([]string{"-c", "user.name=a", "-c", "user.email=a@example.org"}, args...)...)
		cmd.Dir = root
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Skipf("git %v: %v %s", args, err, out)
		}
	}
	git("init", "-q")
	git("add", ".")
	git("commit", "-qm", "one")
	if err := os.WriteFile(filepath.Join(root, "parts", "services.yaml"), []byte("services:\n  a: {depends_on: [b]}\n  b: {depends_on: [c]}\n  c:\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	session := connect(t, root)
	text, _, failed := ask(t, session, "diff", arguments{"path": "parts", "base": "HEAD"})
	if failed || !strings.Contains(text, "new service c") || !strings.Contains(text, "HEAD:parts/architecture.yaml") {
		t.Error(text)
	}
	text, _, failed = ask(t, session, "diff", arguments{"path": "parts", "base": "--output=pwned"})
	if !failed || !strings.Contains(text, "is no revision") {
		t.Error(text)
	}
}

// TestResources reads every resource.
func TestResources(t *testing.T) {
	session := connect(t, t.TempDir())
	n := 0
	for r, err := range session.Resources(t.Context(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		n++
		read, err := session.ReadResource(t.Context(), &mcp.ReadResourceParams{URI: r.URI})
		if err != nil || len(read.Contents) != 1 || len(read.Contents[0].Text) < 1000 {
			t.Errorf("%s: %v", r.URI, err)
		}
	}
	if n != len(resources()) {
		t.Errorf("%d resources", n)
	}
}

// hello is the first message of a client.
const hello = `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}` + "\n"

const (
	initialized = `{"jsonrpc":"2.0","method":"notifications/initialized"}` + "\n"
	question    = `{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"blast","arguments":{"node":"payments"}}}` + "\n"
)

// start starts the program with pipes, says what is given, and reads as many
// messages as are expected.
func start(t *testing.T, root, say string, expected int) (cmd *exec.Cmd, in io.WriteCloser, out *bufio.Reader) {
	t.Helper()
	cmd = exec.Command("taut-mcp", "--root", root)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(in, say); err != nil {
		t.Fatal(err)
	}
	out = bufio.NewReader(pipe)
	for range expected {
		line, err := out.ReadString('\n')
		var message struct{ Result map[string]any }
		if err == nil {
			err = json.Unmarshal([]byte(line), &message)
		}
		if err != nil || message.Result == nil {
			t.Errorf("this is no answer: %s %v", line, err)
		}
	}
	return cmd, in, out
}

// TestProcess holds standard output to the protocol, and a closed input to exit
// code 0.
func TestProcess(t *testing.T) {
	cmd, in, out := start(t, served(t), hello+initialized+question, 2)
	in.Close()
	rest, err := io.ReadAll(out)
	if err != nil || len(rest) > 0 {
		t.Errorf("after the answers: %q %v", rest, err)
	}
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
}

// TestPiped asks many things and closes the input at once: all are answered.
func TestPiped(t *testing.T) {
	const questions = 20
	say := hello + initialized
	for i := range questions {
		say += fmt.Sprintf(`{"jsonrpc":"2.0","id":"q%d","method":"tools/call","params":{"name":"what_if","arguments":{"preset":"event-driven"}}}`+"\n", i)
	}
	cmd := exec.Command("taut-mcp", "--root", served(t))
	cmd.Stdin = strings.NewReader(say)
	out, err := cmd.Output()
	if err != nil {
		t.Error(err)
	}
	for i := range questions {
		if id := fmt.Sprintf(`"id":"q%d"`, i); !strings.Contains(string(out), id) {
			t.Errorf("no answer with %s", id)
		}
	}
	if got := strings.Count(string(out), "\n"); got != questions+1 {
		t.Errorf("%d messages", got)
	}
}

// TestInterrupt ends the program as a terminal does, while its input is open.
func TestInterrupt(t *testing.T) {
	cmd, in, _ := start(t, t.TempDir(), hello, 1)
	defer in.Close()
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		cmd.Process.Kill()
		t.Skip("no interrupts here:", err)
	}
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
}

// TestCommandLine tells how a wrong start ends.
func TestCommandLine(t *testing.T) {
	for _, c := range []struct {
		args []string
		in   string
		code int
		want string
	}{
		{[]string{"--root", "nowhere"}, "", exitUsage, "cannot open the folder"},
		{[]string{"shop"}, "", exitUsage, "only flags"},
		{[]string{"--rot", "x"}, "", exitUsage, "-root"},
		{[]string{"--help"}, "", exitFine, "Usage: taut-mcp"},
		{nil, "", exitFine, ""},
		{nil, "no protocol\n", exitUsage, "taut-mcp: "},
	} {
		var out, errs bytes.Buffer
		code := run(t.Context(), c.args, io.NopCloser(strings.NewReader(c.in)), &out, &errs)
		if code != c.code || !strings.Contains(errs.String(), c.want) || out.Len() > 0 {
			t.Errorf("%v: exit code %d, %s%s", c.args, code, out.String(), errs.String())
		}
	}
}

// TestFaults makes a tool fail by itself: the server goes on.
func TestFaults(t *testing.T) {
	server := mcp.NewServer(&mcp.Implementation{Name: "t", Version: "1"}, nil)
	turn := make(chan struct{}, 1)
	offer("fault", "", "", nil, func(context.Context, *files, explainInput) (*answer, error) { panic("broken\x1b[0m") }).add(server, &files{limits: model.DefaultLimits()}, turn)
	ours, theirs := mcp.NewInMemoryTransports()
	if _, err := server.Connect(t.Context(), ours, nil); err != nil {
		t.Fatal(err)
	}
	session, err := mcp.NewClient(&mcp.Implementation{Name: "t", Version: "1"}, nil).Connect(t.Context(), theirs, nil)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		text, _, failed := ask(t, session, "fault", arguments{})
		if !failed || !strings.Contains(text, "a fault of ours") || strings.Contains(text, "\x1b") {
			t.Errorf("%q", text)
		}
	}
}
