package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

const twoServices = "system: s\nservices:\n  a: {depends_on: [b]}\n  b: {name: Bee}\n"

// served is a running preview.
type served struct {
	t    *testing.T
	url  string // ends in "/"
	port string
	file string
	errs *lockedText
}

// lockedText is an output that is read while it is written.
type lockedText struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *lockedText) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lockedText) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// startServe runs taut serve on a file with this text until the test ends.
func startServe(t *testing.T, text string) *served {
	t.Helper()
	s := &served{t: t, file: filepath.Join(t.TempDir(), "architecture.yaml"), errs: &lockedText{}}
	s.save(text)
	reader, out := io.Pipe()
	ctx, stop := context.WithCancel(context.Background())
	code := make(chan int, 1)
	a := &app{in: strings.NewReader(""), out: out, err: s.errs, now: time.Now, env: func(string) string { return "" }, terminal: func(io.Writer) bool { return false }}
	go func() {
		code <- a.run(ctx, []string{"serve", s.file, "--port", "0"})
		out.Close()
	}()
	line, err := bufio.NewReader(reader).ReadString('\n')
	if err != nil {
		t.Fatal(err, s.errs)
	}
	s.url = strings.TrimSpace(line)
	s.port = strings.TrimSuffix(s.url[strings.LastIndexByte(s.url, ':')+1:], "/")
	t.Cleanup(func() {
		stop()
		select {
		case got := <-code:
			if got != exitFine {
				t.Errorf("an interrupted preview ends with %d\n%s", got, s.errs)
			}
		case <-time.After(time.Minute):
			t.Error("the preview does not end")
		}
	})
	return s
}

// save writes the file as editors do: a new one, renamed over the old.
func (s *served) save(text string) {
	s.t.Helper()
	if err := os.WriteFile(s.file+"~", []byte(text), 0o644); err != nil {
		s.t.Fatal(err)
	}
	if err := os.Rename(s.file+"~", s.file); err != nil {
		s.t.Fatal(err)
	}
}

func (s *served) get(path string) (status int, header http.Header, body string) {
	s.t.Helper()
	r, err := http.Get(s.url + path)
	if err != nil {
		s.t.Fatal(err)
	}
	defer r.Body.Close()
	data, err := io.ReadAll(r.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return r.StatusCode, r.Header, string(data)
}

type liveState struct {
	Page    int
	Problem *problem
}

// events opens the stream and gives what it says.
func (s *served) events() <-chan liveState {
	s.t.Helper()
	r, err := http.Get(s.url + "events")
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { r.Body.Close() })
	states := make(chan liveState, 100)
	go func() {
		for scan := bufio.NewScanner(r.Body); scan.Scan(); {
			if data, ok := strings.CutPrefix(scan.Text(), "data: "); ok {
				var state liveState
				if json.Unmarshal([]byte(data), &state) == nil {
					states <- state
				}
			}
		}
	}()
	return states
}

func (s *served) next(states <-chan liveState, what string, good func(liveState) bool) liveState {
	s.t.Helper()
	deadline := time.After(time.Minute)
	for {
		select {
		case state := <-states:
			if good(state) {
				return state
			}
		case <-deadline:
			s.t.Fatalf("%s never came\n%s", what, s.errs)
		}
	}
}

// TestServeFollowsTheFile saves a good, a bad and a good file again, and takes
// the file away for a while.
func TestServeFollowsTheFile(t *testing.T) {
	s := startServe(t, twoServices)
	states := s.events()
	first := s.next(states, "the first page", func(l liveState) bool { return l.Problem == nil })
	if _, _, body := s.get(""); !strings.Contains(body, "Bee") || !strings.Contains(body, fmt.Sprintf(`data-page="%d"`, first.Page)) {
		t.Error("the first page is not the file's")
	}
	s.save(strings.Replace(twoServices, "Bee", "Wasp", 1))
	second := s.next(states, "the second page", func(l liveState) bool { return l.Page > first.Page })
	if _, _, body := s.get(""); !strings.Contains(body, "Wasp") {
		t.Error("the second page is not the file's")
	}
	s.save(strings.Replace(twoServices, "[b]", "[bee]", 1))
	bad := s.next(states, "the problem", func(l liveState) bool { return l.Problem != nil })
	if !regexp.MustCompile(`architecture\.yaml:3:\d+: error: .*"bee"`).MatchString(bad.Problem.Text) || bad.Page != second.Page {
		t.Errorf("the problem is told as %+v", bad.Problem)
	}
	if _, _, body := s.get(""); !strings.Contains(body, "Wasp") {
		t.Error("a bad file took the last good page away")
	}
	if err := os.Remove(s.file); err != nil {
		t.Fatal(err)
	}
	s.next(states, "the missing file", func(l liveState) bool { return l.Problem != nil && strings.Contains(l.Problem.Text, "no such file") })
	s.save(twoServices)
	s.next(states, "the file that is back", func(l liveState) bool { return l.Problem == nil && l.Page > second.Page })
}

// TestServeFollowsIncludes saves a file in another folder that is included.
func TestServeFollowsIncludes(t *testing.T) {
	s := startServe(t, "system: s\nservices: {a: }\n")
	states := s.events()
	if err := os.Mkdir(filepath.Join(filepath.Dir(s.file), "parts"), 0o755); err != nil {
		t.Fatal(err)
	}
	part := filepath.Join(filepath.Dir(s.file), "parts", "more.yaml")
	write := func(name string) {
		if err := os.WriteFile(part, []byte("services:\n  c: {name: "+name+"}\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("Cee")
	s.save("system: s\ninclude: [parts/more.yaml]\nservices: {a: }\n")
	has := func(name string) func(liveState) bool {
		return func(liveState) bool { _, _, body := s.get(""); return strings.Contains(body, name) }
	}
	s.next(states, "the included service", has("Cee"))
	write("Dee")
	s.next(states, "the included service under its new name", has("Dee"))
}

// TestServeStartsBad shows the page as soon as the file is right.
func TestServeStartsBad(t *testing.T) {
	s := startServe(t, "system: [\n")
	states := s.events()
	bad := s.next(states, "the problem", func(l liveState) bool { return l.Problem != nil })
	if status, _, body := s.get(""); status != 200 || !strings.Contains(body, "cannot be shown yet") {
		t.Errorf("%d %s", status, body)
	}
	s.save(twoServices)
	s.next(states, "the page", func(l liveState) bool { return l.Problem == nil && l.Page > bad.Page })
}

func TestServeGuards(t *testing.T) {
	s := startServe(t, twoServices)
	own := "127.0.0.1:" + s.port
	for _, c := range []struct {
		method, path, host, origin string
		want                       int
	}{
		{"GET", "/", own, "", 200}, {"HEAD", "/", own, "", 200}, {"GET", "/", "localhost:" + s.port, "", 200}, {"GET", "/", "[::1]:" + s.port, "", 200},
		{"GET", "/", "LocalHost:" + s.port, "http://localhost:" + s.port, 200}, {"GET", "/", "127.9.9.9:" + s.port, "", 200},
		{"GET", "/", "127.0.0.1", "", 403}, {"GET", "/", "127.0.0.1:1", "", 403}, {"GET", "/", "evil.example:" + s.port, "", 403},
		{"GET", "/", "127.evil.example:" + s.port, "", 403}, {"GET", "/", "localhost.evil.example:" + s.port, "", 403}, {"GET", "/", "10.0.0.1:" + s.port, "", 403},
		{"GET", "/", "0.0.0.0:" + s.port, "", 403}, {"GET", "/", "2130706433:" + s.port, "", 403},
		{"GET", "/events", own, "http://evil.example", 403}, {"GET", "/", own, "null", 403}, {"GET", "/", own, "https://" + own, 403}, {"GET", "/", own, "http://127.0.0.1:1", 403},
		{"GET", "/", own, "http://x@" + own, 403}, {"GET", "/", own, "http://" + own, 200},
		{"POST", "/", own, "", 405}, {"OPTIONS", "/", own, "", 405}, {"PUT", "/architecture.yaml", own, "", 405},
		{"GET", "/architecture.yaml", own, "", 404}, {"GET", "//", own, "", 404}, {"GET", "/favicon.ico", own, "", 404}, {"HEAD", "/events", own, "", 200},
	} {
		req, err := http.NewRequest(c.method, s.url, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.URL.Path, req.Host = c.path, c.host
		if c.origin != "" {
			req.Header.Set("Origin", c.origin)
		}
		r, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
		if r.StatusCode != c.want {
			t.Errorf("%s %s for host %q from %q gives %d, not %d", c.method, c.path, c.host, c.origin, r.StatusCode, c.want)
		}
		for _, h := range []string{"X-Content-Type-Options", "Cache-Control", "Content-Security-Policy"} {
			if r.Header.Get(h) == "" {
				t.Errorf("%s %s lacks %s", c.method, c.path, h)
			}
		}
		if r.Header.Get("Access-Control-Allow-Origin") != "" {
			t.Error("a CORS header")
		}
	}
}

func TestServeHasFewConnections(t *testing.T) {
	s := startServe(t, twoServices)
	var open []net.Conn
	for range mostConnections + 5 {
		c, err := net.Dial("tcp", "127.0.0.1:"+s.port)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		open = append(open, c)
	}
	last := open[len(open)-1]
	last.SetReadDeadline(time.Now().Add(time.Minute))
	if _, err := last.Read(make([]byte, 1)); err != io.EOF && !strings.Contains(fmt.Sprint(err), "reset") {
		t.Errorf("connection %d stays open: %v", len(open), err)
	}
	for _, c := range open {
		c.Close()
	}
	for range 50 {
		if r, err := http.Get(s.url); err == nil {
			r.Body.Close()
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Error("no connection is taken after the others have gone")
}

func TestServeRefuses(t *testing.T) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	taken := fmt.Sprint(l.Addr().(*net.TCPAddr).Port)
	for _, c := range []struct{ args, want string }{
		{"serve -", "standard input"}, {"serve nothing-here.yaml", "cannot open"}, {"serve ../../examples/shop --port " + taken, "--port 0"},
		{"serve ../../examples/shop --port 99999", "invalid"}, {"serve ../../examples/shop --host 0.0.0.0", "unknown flag"},
	} {
		if code, out, errs := run(t, strings.Fields(c.args)...); code != exitUsage || out != "" || !strings.Contains(errs, c.want) {
			t.Errorf("%s: exit %d, %q, %q", c.args, code, out, errs)
		}
	}
}

// TestServeInABrowser saves while the page is open: it loads itself again where
// it was, and shows what is wrong over what was right.
func TestServeInABrowser(t *testing.T) {
	b := openBrowser(t)
	s := startServe(t, twoServices)
	b.open(s.url)
	b.eval(`fail("b"), mine = 1, show(views[2]), steer(1.7), sortBy(document.querySelector("#failures table"), 3), 0`, nil)
	s.save(strings.Replace(twoServices, "Bee", "Wasp", 1))
	b.until(`typeof mine === "undefined" && document.readyState === "complete" && document.querySelector(".impact h3")?.textContent === "Wasp fails"`)
	b.want(`view === views[2] && view.scale`, 1.7)
	b.want(`document.querySelector("#failures th:nth-child(4)").getAttribute("aria-sort")`, "descending")
	s.save(strings.Replace(twoServices, "[b]", "[<img src=x>]", 1))
	b.until(`document.querySelector("#live pre")?.textContent.includes("architecture.yaml:3:")`)
	b.want(`document.querySelector("#d1-n-a").classList.contains("down")`, true)
	s.save(twoServices)
	b.until(`!document.getElementById("live") && document.querySelector(".impact h3")?.textContent === "Bee fails"`)
	b.quiet(s.url)
}

// serverCase is a case of the corpus about the preview.
type serverCase struct {
	ID      string                 `json:"id"`
	Group   string                 `json:"group"`
	Files   map[string]corpusEntry `json:"files"`
	Request struct {
		Method  string            `json:"method"`
		Path    string            `json:"path"`
		HTTP    string            `json:"http"`
		Headers map[string]string `json:"headers"`
		Connect string            `json:"connect"`
		Slow    float64           `json:"slow_headers_s"`
	} `json:"request"`
	Expect struct {
		Status       []any             `json:"status"`
		BodyNot      []string          `json:"body_not_contain"`
		HeaderRE     map[string]string `json:"header_re"`
		HeaderAbsent []string          `json:"header_absent"`
	} `json:"expect"`
}

// TestServerCorpus sends every request of the corpus, byte by byte as written.
func TestServerCorpus(t *testing.T) {
	data, err := os.ReadFile(corpusFile)
	if err != nil {
		t.Skip("no corpus of bad inputs beside this checkout")
	}
	var corpus struct{ Cases []json.RawMessage }
	if err := json.Unmarshal(data, &corpus); err != nil {
		t.Fatal(err)
	}
	for _, raw := range corpus.Cases {
		var c serverCase
		if json.Unmarshal(raw, &c); c.Group == "server" {
			t.Run(c.ID, func(t *testing.T) { c.run(t, raw) })
		}
	}
}

func (c *serverCase) run(t *testing.T, raw json.RawMessage) {
	if c.Request.Slow > 0 && testing.Short() {
		t.Skip("long")
	}
	if c.Request.Method == "" && c.Request.Connect == "" && c.Request.Slow == 0 {
		t.Skip("another kind of request: ", string(raw))
	}
	s := startServe(t, *c.Files["architecture.yaml"].Text)
	for name, f := range c.Files {
		if name != "architecture.yaml" {
			if err := os.WriteFile(filepath.Join(filepath.Dir(s.file), name), f.bytes(t), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	status, head, body := c.send(t, s)
	if !slices.ContainsFunc(c.Expect.Status, func(want any) bool { return fmt.Sprint(want) == status }) {
		t.Errorf("status %s, wanted %v", status, c.Expect.Status)
	}
	for _, no := range c.Expect.BodyNot {
		if strings.Contains(body, no) {
			t.Errorf("the body has %q", no)
		}
	}
	for name, re := range c.Expect.HeaderRE {
		if !regexp.MustCompile(re).MatchString(head.Get(name)) {
			t.Errorf("%s is %q, not %s", name, head.Get(name), re)
		}
	}
	for _, name := range c.Expect.HeaderAbsent {
		if head.Get(name) != "" {
			t.Errorf("%s is %q", name, head.Get(name))
		}
	}
}

// send gives the status, "refused" or "closed", with headers and body.
func (c *serverCase) send(t *testing.T, s *served) (string, http.Header, string) {
	t.Helper()
	if c.Request.Connect == "non-loopback" {
		return outside(t, s.port), nil, ""
	}
	conn, err := net.Dial("tcp", "127.0.0.1:"+s.port)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if c.Request.Slow > 0 {
		return trickle(conn, c.Request.Slow), nil, ""
	}
	version := c.Request.HTTP
	text := c.Request.Method + " " + c.Request.Path + " HTTP/" + version + "\r\n"
	if version == "" {
		text = c.Request.Method + " " + c.Request.Path + " HTTP/1.1\r\n"
		if _, named := c.Request.Headers["Host"]; !named {
			text += "Host: 127.0.0.1:" + s.port + "\r\n"
		}
	}
	for name, value := range c.Request.Headers {
		text += name + ": " + strings.ReplaceAll(value, "{port}", s.port) + "\r\n"
	}
	conn.SetDeadline(time.Now().Add(time.Minute))
	if _, err := io.WriteString(conn, text+"Connection: close\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	r, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(r.Body)
	return fmt.Sprint(r.StatusCode), r.Header, string(body)
}

// outside tries to reach the preview over every other address of this machine.
func outside(t *testing.T, port string) string {
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		t.Skip(err)
	}
	for _, a := range addresses {
		ip, _, err := net.ParseCIDR(a.String())
		if err != nil || ip.IsLoopback() || ip.IsLinkLocalUnicast() {
			continue
		}
		if c, err := net.DialTimeout("tcp", net.JoinHostPort(ip.String(), port), time.Second); err == nil {
			c.Close()
			return "taken over " + ip.String()
		}
	}
	return "refused"
}

// trickle sends a header byte by byte and says how the server takes it.
func trickle(conn net.Conn, seconds float64) string {
	conn.SetReadDeadline(time.Now().Add(time.Duration(seconds * float64(time.Second))))
	go func() {
		for _, b := range []byte("GET / HTTP/1.1\r\nX-Slow: " + strings.Repeat("a", 1000)) {
			if _, err := conn.Write([]byte{b}); err != nil {
				return
			}
			time.Sleep(200 * time.Millisecond)
		}
	}()
	if _, err := io.Copy(io.Discard, conn); err != nil && !strings.Contains(err.Error(), "reset") {
		return "open"
	}
	return "closed"
}
