package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// client speaks the Language Server Protocol with a process of this program.
type client struct {
	t        *testing.T
	process  *exec.Cmd
	in       io.WriteCloser
	incoming chan map[string]any
	next     int
	said     map[string][]any // the last findings of each document
	folder   string
	stderr   *strings.Builder
}

// serve starts a server with a folder of files open.
func serve(t *testing.T, files map[string]string) *client {
	t.Helper()
	folder, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	c := &client{t: t, folder: folder, incoming: make(chan map[string]any, 100), said: map[string][]any{}, stderr: &strings.Builder{}}
	c.process = exec.Command(os.Args[0], "lsp", "--stdio")
	c.process.Env = append(os.Environ(), "TAUT_TEST_AS_PROGRAM=1")
	c.process.Stderr = c.stderr
	c.in, err = c.process.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := c.process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.process.Process.Kill() })
	go c.listen(bufio.NewReader(out))
	return c
}

// listen reads messages strictly: anything else on standard output is a fault.
func (c *client) listen(r *bufio.Reader) {
	defer close(c.incoming)
	for {
		header, err := r.ReadString('\n')
		if err != nil {
			return
		}
		length, ok := strings.CutPrefix(strings.TrimSpace(header), "Content-Length: ")
		n, err := strconv.Atoi(length)
		blank, _ := r.ReadString('\n')
		body := make([]byte, max(n, 0))
		_, readErr := io.ReadFull(r, body)
		var m map[string]any
		if !ok || err != nil || blank != "\r\n" || readErr != nil || json.Unmarshal(body, &m) != nil {
			m = map[string]any{"broken": header}
		}
		c.incoming <- m
	}
}

func (c *client) raw(text string) {
	fmt.Fprintf(c.in, "Content-Length: %d\r\n\r\n%s", len(text), text)
}

func (c *client) send(m map[string]any) {
	m["jsonrpc"] = "2.0"
	body, err := json.Marshal(m)
	if err != nil {
		c.t.Fatal(err)
	}
	c.raw(string(body))
}

func (c *client) notify(method string, params any) {
	c.send(map[string]any{"method": method, "params": params})
}

// receive gives the next message, and notes findings.
func (c *client) receive() map[string]any {
	c.t.Helper()
	select {
	case m, ok := <-c.incoming:
		if !ok || m["broken"] != nil {
			c.t.Fatalf("the server is gone or said what is no message: %v; %s", m["broken"], c.stderr)
		}
		if m["method"] == "textDocument/publishDiagnostics" {
			p := m["params"].(map[string]any)
			c.said[filepath.Base(p["uri"].(string))] = p["diagnostics"].([]any)
		}
		return m
	case <-time.After(time.Minute):
		c.t.Fatalf("the server says nothing; %s", c.stderr)
	}
	return nil
}

// ask sends a request and gives its answer as a response message.
func (c *client) ask(method string, params any) map[string]any {
	c.t.Helper()
	c.next++
	c.send(map[string]any{"id": c.next, "method": method, "params": params})
	for {
		if m := c.receive(); m["id"] == float64(c.next) {
			return m
		}
	}
}

// result is what a request gives.
func (c *client) result(method string, params any) any {
	c.t.Helper()
	m := c.ask(method, params)
	if m["error"] != nil {
		c.t.Fatalf("%s: %v", method, m["error"])
	}
	return m["result"]
}

// findings waits for what the server says about a file next.
func (c *client) findings(name string) []any {
	c.t.Helper()
	for {
		if m := c.receive(); m["method"] == "textDocument/publishDiagnostics" && c.name(m) == name {
			return c.said[name]
		}
	}
}

func (c *client) name(m map[string]any) string {
	return filepath.Base(m["params"].(map[string]any)["uri"].(string))
}

func (c *client) uri(name string) string {
	return "file://" + filepath.ToSlash(filepath.Join(c.folder, name))
}

func (c *client) initialize() map[string]any {
	c.t.Helper()
	result := c.result("initialize", map[string]any{"processId": nil, "rootUri": "file://" + filepath.ToSlash(c.folder), "capabilities": map[string]any{}})
	c.notify("initialized", map[string]any{})
	return result.(map[string]any)
}

func (c *client) open(name, text string) {
	c.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": c.uri(name), "languageId": "yaml", "version": 1, "text": text}})
}

func (c *client) change(name, text string) {
	c.notify("textDocument/didChange", map[string]any{
		"textDocument": map[string]any{"uri": c.uri(name), "version": 2}, "contentChanges": []any{map[string]any{"text": text}},
	})
}

// quit ends the server as the protocol wants it and gives its exit code.
func (c *client) quit() int {
	c.t.Helper()
	c.result("shutdown", nil)
	c.notify("exit", nil)
	c.in.Close()
	for range c.incoming {
	}
	c.process.Wait()
	return c.process.ProcessState.ExitCode()
}

// at is the place behind a mark in a text, in UTF-16 code units.
func (c *client) at(name, text, mark string) map[string]any {
	c.t.Helper()
	i := strings.Index(text, mark)
	if i < 0 {
		c.t.Fatalf("no %q in the text", mark)
	}
	return c.behind(name, text[:i+len(mark)])
}

// behind is the place behind a text.
func (c *client) behind(name, before string) map[string]any {
	line := strings.Count(before, "\n")
	units := 0
	for _, r := range before[strings.LastIndexByte(before, '\n')+1:] {
		if units++; r >= 0x10000 {
			units++
		}
	}
	return map[string]any{"textDocument": map[string]any{"uri": c.uri(name)}, "position": map[string]any{"line": line, "character": units}}
}

// labels are those that are offered at a place.
func (c *client) labels(name, text, mark string) []string {
	c.t.Helper()
	var labels []string
	before := text[:strings.LastIndex(text, mark)+len(mark)]
	for _, item := range c.result("textDocument/completion", c.behind(name, before)).(map[string]any)["items"].([]any) {
		labels = append(labels, item.(map[string]any)["label"].(string))
	}
	return labels
}

const small = `system: shop
services:
  storefront:
    owner: web
    depends_on: [orders]
  orders:
    owner: checkout
    api: {style: rest}
    depends_on:
      - {to: orders-db, access: write}
    publishes: {events: {}}
  mailer:
    consumes: [events]
stores:
  orders-db:
channels:
  events: {kind: topic}
budgets:
  services: {blast_radius: 90%}
`

func TestLSPLifecycle(t *testing.T) {
	c := serve(t, nil)
	if m := c.ask("textDocument/hover", map[string]any{}); m["error"].(map[string]any)["code"] != float64(-32002) {
		t.Errorf("before initialize: %v", m)
	}
	capabilities := c.initialize()["capabilities"].(map[string]any)
	for _, name := range []string{"textDocumentSync", "completionProvider", "hoverProvider", "definitionProvider", "documentSymbolProvider", "renameProvider", "codeActionProvider"} {
		if capabilities[name] == nil {
			t.Errorf("no %s", name)
		}
	}
	if m := c.ask("workspace/nonsense", nil); m["error"].(map[string]any)["code"] != float64(-32601) {
		t.Errorf("unknown method: %v", m)
	}
	c.raw("this is no JSON")
	if m := c.receive(); m["error"].(map[string]any)["code"] != float64(-32700) {
		t.Errorf("no JSON: %v", m)
	}
	c.notify("$/setTrace", map[string]any{"value": "off"})
	if code := c.quit(); code != exitFine {
		t.Errorf("exit %d: %s", code, c.stderr)
	}
	rude := serve(t, nil)
	rude.initialize()
	rude.in.Close()
	rude.process.Wait()
	if code := rude.process.ProcessState.ExitCode(); code != exitUsage {
		t.Errorf("without shutdown: exit %d", code)
	}
}

func TestLSPFindings(t *testing.T) {
	c := serve(t, nil)
	c.initialize()
	text := strings.Replace(small, "[orders]", "[oders] # 😀", 1)
	text = strings.Replace(text, "owner: web", "name: 'ü😀', ownr: web", 1)
	text = strings.Replace(text, "  storefront:\n    name: 'ü😀', ownr: web\n    depends_on: [oders]", "  storefront: {name: 'ü😀', ownr: web, depends_on: [oders]}", 1)
	c.open("architecture.yaml", text)
	found := c.findings("architecture.yaml")
	if len(found) != 2 {
		t.Fatalf("%d findings: %v", len(found), found)
	}
	line := strings.Split(text, "\n")[2]
	for i, word := range []string{"ownr", "oders"} {
		start := len([]rune(line[:strings.Index(line, word)])) + 1 // the emoji is two units
		r := found[i].(map[string]any)["range"].(map[string]any)
		if got := r["start"].(map[string]any)["character"]; got != float64(start) {
			t.Errorf("%s at %v, not %d", word, got, start)
		}
		if got := r["end"].(map[string]any)["character"]; got != float64(start+len(word)) {
			t.Errorf("%s ends at %v, not %d", word, got, start+len(word))
		}
	}
	// Each is an action; made, they leave nothing to say.
	actions := c.result("textDocument/codeAction", map[string]any{
		"textDocument": map[string]any{"uri": c.uri("architecture.yaml")}, "context": map[string]any{"diagnostics": []any{}},
		"range": map[string]any{"start": map[string]any{"line": 2, "character": 0}, "end": map[string]any{"line": 2, "character": 99}},
	}).([]any)
	if len(actions) != 2 {
		t.Fatalf("actions: %v", actions)
	}
	slices.Reverse(actions)
	for _, a := range actions {
		edit := a.(map[string]any)["edit"].(map[string]any)["changes"].(map[string]any)[c.uri("architecture.yaml")].([]any)
		text = edited(text, edit)
	}
	if !strings.Contains(text, "owner: web, depends_on: [orders]") {
		t.Errorf("fixed to %s", text)
	}
	c.change("architecture.yaml", text)
	for _, f := range c.findings("architecture.yaml") {
		if f.(map[string]any)["severity"] == float64(1) {
			t.Errorf("left: %v", f)
		}
	}
	// A broken file is said to be so; the server lives and hears of the mending.
	c.change("architecture.yaml", "system: [\x00")
	if found := c.findings("architecture.yaml"); len(found) == 0 {
		t.Error("nothing is said about a broken file")
	}
	c.change("architecture.yaml", small)
	for _, f := range c.findings("architecture.yaml") {
		if f.(map[string]any)["severity"] == float64(1) {
			t.Errorf("after mending: %v", f)
		}
	}
	if code := c.quit(); code != exitFine {
		t.Errorf("exit %d", code)
	}
}

// edited makes edits, of one line each and from the end, in a text.
func edited(text string, edits []any) string {
	lines := strings.Split(text, "\n")
	for i := len(edits) - 1; i >= 0; i-- {
		e := edits[i].(map[string]any)
		r := e["range"].(map[string]any)
		n := int(r["start"].(map[string]any)["line"].(float64))
		from, to := byteAt(lines[n], r["start"]), byteAt(lines[n], r["end"])
		lines[n] = lines[n][:from] + e["newText"].(string) + lines[n][to:]
	}
	return strings.Join(lines, "\n")
}

func byteAt(line string, position any) int {
	want := int(position.(map[string]any)["character"].(float64))
	units := 0
	for i, r := range line {
		if units >= want {
			return i
		}
		if units++; r >= 0x10000 {
			units++
		}
	}
	return len(line)
}

func TestLSPCompletion(t *testing.T) {
	c := serve(t, nil)
	c.initialize()
	for _, x := range []struct {
		line, mark string
		want       []string
		not        string
	}{
		{"ch", "ch", []string{"journeys", "units"}, "timeout"},
		{"externals:\n  x:\n    ow", "    ow", []string{"owner", "availability"}, "channels"},
		{"services2: {}\nplatforms:\n  k8s:\n    ", "  k8s:\n    ", []string{"runs_on", "tier"}, "depends_on"},
		{"journeys:\n  buy: {entry: st", "entry: st", []string{"storefront", "orders"}, "orders-db"},
		{"journeys:\n  buy:\n    requires: [", "requires: [", []string{"storefront", "orders-db", "events"}, "checkout"},
		{"units:\n  all:\n    isolation: ", "isolation: ", []string{"none", "process"}, "storefront"},
		{"units:\n  all:\n    services:\n      - mai", "- mai", []string{"mailer", "orders"}, "events"},
		{"lint:\n  rules:\n    hu", "    hu", []string{"hub", "shared-store"}, "strict"},
		{"lint:\n  custom: [{id: no-own}]\n  rules:\n    no", "    no", []string{"no-own", "no-timeout"}, "strict"},
		{"lint:\n  custom:\n    - id: x\n      fo", "      fo", []string{"for", "message"}, "strict"},
		{"lint:\n  rules: {hub: ", "{hub: ", []string{"off", "note"}, "hub"},
		{"# taut: ignore sha", "ignore sha", []string{"shared-store"}, "services"},
		{"strengths: {", "strengths: {", []string{"shared-store-read"}, "services"},
		{"designs:\n  split:\n    preset: mi", "preset: mi", []string{"microservices"}, ""},
		{"designs:\n  split:\n    services:\n      orders:\n        depends_on:\n          - {to: orders-db, time", ", time", []string{"timeout", "retries"}, "style"},
	} {
		text := small + x.line
		c.open("architecture.yaml", text)
		got := c.labels("architecture.yaml", text, x.mark)
		for _, want := range x.want {
			if !slices.Contains(got, want) {
				t.Errorf("%q: no %s in %v", x.line, want, got)
			}
		}
		if x.not != "" && slices.Contains(got, x.not) {
			t.Errorf("%q offers %s: %v", x.line, x.not, got)
		}
	}
	for mark, want := range map[string]string{"services: {": "availability", "{events: {": "outbox", "system: ": "", "{style: ": "grpc", "access: ": "read-write"} {
		c.open("architecture.yaml", small)
		if got := c.labels("architecture.yaml", small, mark); want != "" && !slices.Contains(got, want) {
			t.Errorf("behind %q: %v", mark, got)
		}
	}
	budgets := c.labels("architecture.yaml", small, "  services: {blast")
	if !slices.Contains(budgets, "tightness") || !slices.Contains(budgets, "orders") || !slices.Contains(budgets, "default") {
		t.Errorf("budgets: %v", budgets)
	}
	c.quit()
}

// TestLSPLongLists: of more names than are shown, those that fit what is typed.
func TestLSPLongLists(t *testing.T) {
	c := serve(t, nil)
	c.initialize()
	var b strings.Builder
	b.WriteString("system: s\nservices:\n")
	for i := range 1200 {
		fmt.Fprintf(&b, "  svc-%d:\n", i)
	}
	b.WriteString("journeys:\n  buy: {entry: svc-119")
	c.open("architecture.yaml", b.String())
	if got := c.labels("architecture.yaml", b.String(), "entry: svc-119"); len(got) != 11 || got[0] != "svc-119" {
		t.Errorf("%v", got)
	}
	c.quit()
}

func TestLSPHover(t *testing.T) {
	c := serve(t, nil)
	c.initialize()
	c.open("architecture.yaml", small)
	for mark, want := range map[string][]string{
		"depends_on: [ord": {"blast radius", "tightness", "used by: `storefront`", "uses: `orders-db`, `events`"},
		"    own":          {"the team that is responsible", "takes"},
		"{blast_":          {"service/blast_radius"},
		"kind: ":           nil,
		"{to: orders-d":    {"store", "used by: `orders`"},
	} {
		h, _ := c.result("textDocument/hover", c.at("architecture.yaml", small, mark)).(map[string]any)
		text := fmt.Sprint(h["contents"])
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%q: no %q in %s", mark, w, text)
			}
		}
	}
	// While the file is broken, numbers are those of before.
	broken := strings.Replace(small, "api: {style: rest}", "api: {style: ", 1)
	c.change("architecture.yaml", broken)
	c.findings("architecture.yaml")
	h, _ := c.result("textDocument/hover", c.at("architecture.yaml", broken, "depends_on: [ord")).(map[string]any)
	if !strings.Contains(fmt.Sprint(h["contents"]), "blast radius") {
		t.Errorf("broken: %v", h)
	}
	c.quit()
}

func TestLSPSymbolsAndDefinition(t *testing.T) {
	c := serve(t, nil)
	c.initialize()
	c.open("architecture.yaml", small)
	var names []string
	for _, s := range c.result("textDocument/documentSymbol", map[string]any{"textDocument": map[string]any{"uri": c.uri("architecture.yaml")}}).([]any) {
		m := s.(map[string]any)
		names = append(names, m["name"].(string))
		children, _ := m["children"].([]any)
		for _, child := range children {
			names = append(names, m["name"].(string)+"."+child.(map[string]any)["name"].(string))
		}
	}
	if got := strings.Join(names, " "); got != "system services services.storefront services.orders services.mailer stores stores.orders-db channels channels.events budgets budgets.services" {
		t.Errorf("symbols: %s", got)
	}
	for mark, want := range map[string]int{"depends_on: [ord": 5, "{to: orders-d": 14, "consumes: [ev": 16, "publishes: {ev": 16} {
		p, _ := c.result("textDocument/definition", c.at("architecture.yaml", small, mark)).(map[string]any)
		if p == nil || p["range"].(map[string]any)["start"].(map[string]any)["line"] != float64(want) {
			t.Errorf("%q leads to %v, not line %d", mark, p, want)
		}
	}
	if p := c.result("textDocument/definition", c.at("architecture.yaml", small, "style: re")); p != nil {
		t.Errorf("a word leads to %v", p)
	}
	c.quit()
}

func TestLSPRename(t *testing.T) {
	root := "include: [parts/*.yaml]\n" + small + `lint:
  ignore:
    - {rule: hub, at: services.orders, reason: fine}
    - {rule: hub, at: services.storefront -> orders, reason: fine}
designs:
  other: {services: {orders: {tier: 1}}}
`
	part := "services:\n  billing:\n    name: orders\n    depends_on: {'any_of:orders,mailer': {}}\njourneys:\n  buy: {entry: orders}\n"
	c := serve(t, map[string]string{"architecture.yaml": root, "parts/billing.yaml": part})
	c.initialize()
	c.open("parts/billing.yaml", part)
	if found := c.findings("billing.yaml"); len(found) > 0 && found[0].(map[string]any)["severity"] == float64(1) {
		t.Fatalf("an included file by itself: %v", found)
	}
	at := c.at("parts/billing.yaml", part, "entry: ord")
	at["newName"] = "Not An Id"
	if m := c.ask("textDocument/rename", at); m["error"] == nil {
		t.Error("a bad name is taken")
	}
	at["newName"] = "orders-db"
	if m := c.ask("textDocument/rename", at); m["error"] == nil {
		t.Error("a taken name is taken")
	}
	at["newName"] = "order-desk"
	changes := c.result("textDocument/rename", at).(map[string]any)["changes"].(map[string]any)
	if len(changes) != 2 {
		t.Fatalf("changes in %d files", len(changes))
	}
	root = edited(root, changes[c.uri("architecture.yaml")].([]any))
	part = edited(part, changes[c.uri("parts/billing.yaml")].([]any))
	if n := strings.Count(root+part, "order-desk"); n != 7 {
		t.Errorf("%d places: %s%s", n, root, part)
	}
	if !strings.Contains(part, "name: orders\n") || !strings.Contains(root, "orders-db") {
		t.Errorf("too much is renamed: %s%s", root, part)
	}
	c.open("architecture.yaml", root)
	c.change("parts/billing.yaml", part)
	for _, f := range c.findings("architecture.yaml") {
		if f.(map[string]any)["severity"] == float64(1) {
			t.Errorf("after the rename: %v", f)
		}
	}
	c.quit()
}

// TestLSPStaysInside: what is outside of the open folder is neither read nor judged.
func TestLSPStaysInside(t *testing.T) {
	outside := t.TempDir()
	if err := os.WriteFile(filepath.Join(outside, "secret.yaml"), []byte("services: {spy: }\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	c := serve(t, map[string]string{"sub/compose.yaml": "services: {web: {image: x}}\n"})
	if err := os.Symlink(filepath.Join(outside, "secret.yaml"), filepath.Join(c.folder, "link.yaml")); err != nil {
		t.Skip(err)
	}
	c.initialize()
	c.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": "file://" + filepath.ToSlash(outside) + "/architecture.yaml", "text": small}})
	c.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": c.uri("../architecture.yaml"), "text": small}})
	c.open("sub/compose.yaml", "services: {web: {image: x}}\n")
	c.open("architecture.yaml", "system: s\ninclude: [link.yaml, ../x.yaml]\nservices: {a: }\n")
	found := c.findings("architecture.yaml")
	if len(found) != 2 || len(c.said) != 1 {
		t.Errorf("findings: %v", c.said)
	}
	if strings.Contains(fmt.Sprint(found), "spy") {
		t.Error("the link was followed")
	}
	c.quit()
}
