package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// browser is a headless Chromium that is spoken to over a pipe, in the
// DevTools protocol: requests and answers are JSON, each ended by a zero byte.
type browser struct {
	t       *testing.T
	in      *os.File
	answers chan message
	session string
	last    int
	events  []message // what the page did and nobody has asked for
}

type message struct {
	ID        int                       `json:"id,omitempty"`
	SessionID string                    `json:"sessionId,omitempty"`
	Method    string                    `json:"method,omitempty"`
	Params    json.RawMessage           `json:"params,omitempty"`
	Result    json.RawMessage           `json:"result,omitempty"`
	Error     *struct{ Message string } `json:"error,omitempty"`
}

// chromium names the program, or skips the test.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "headless_shell"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("no Chromium on this machine: web pages are not tried in a browser")
	return ""
}

// openBrowser starts a browser with one page, which ends with the test.
func openBrowser(t *testing.T) *browser {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	program := chromium(t)
	theirIn, in, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	out, theirOut, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "--headless", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
		"--no-first-run", "--disable-background-networking", "--disable-extensions", "--user-data-dir="+t.TempDir(), "about:blank")
	cmd.ExtraFiles = []*os.File{theirIn, theirOut}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	theirIn.Close()
	theirOut.Close()
	b := &browser{t: t, in: in, answers: make(chan message, 1000)}
	go b.read(bufio.NewReaderSize(out, 1<<20))
	t.Cleanup(func() {
		b.session = ""
		b.send("Browser.close", nil)
		timer := time.AfterFunc(5*time.Second, func() { cmd.Process.Kill() })
		cmd.Wait()
		timer.Stop()
		in.Close()
		out.Close()
	})
	b.attach()
	return b
}

func (b *browser) read(out *bufio.Reader) {
	defer close(b.answers)
	for {
		text, err := out.ReadBytes(0)
		if err != nil {
			return
		}
		var m message
		if json.Unmarshal(text[:len(text)-1], &m) == nil {
			b.answers <- m
		}
	}
}

func (b *browser) send(method string, params any) int {
	b.last++
	body, err := json.Marshal(params)
	if params == nil {
		body, err = []byte("{}"), nil
	}
	if err != nil {
		b.t.Fatal(err)
	}
	text, _ := json.Marshal(message{ID: b.last, SessionID: b.session, Method: method, Params: body})
	if _, err := b.in.Write(append(text, 0)); err != nil {
		b.t.Fatal("the browser is gone: ", err)
	}
	return b.last
}

// call sends a request and waits for its answer.
func (b *browser) call(method string, params any) json.RawMessage {
	b.t.Helper()
	id := b.send(method, params)
	deadline := time.After(2 * time.Minute)
	for {
		select {
		case m, ok := <-b.answers:
			switch {
			case !ok:
				b.t.Fatal("the browser ended during ", method)
			case m.ID == id && m.Error != nil:
				b.t.Fatal(method, ": ", m.Error.Message)
			case m.ID == id:
				return m.Result
			case m.Method != "":
				b.events = append(b.events, m)
			}
		case <-deadline:
			b.t.Fatal("no answer to ", method)
		}
	}
}

// attach opens a page and asks to be told everything it does.
func (b *browser) attach() {
	b.t.Helper()
	var target struct{ TargetID string }
	b.decode(b.call("Target.createTarget", map[string]any{"url": "about:blank"}), &target)
	var attached struct{ SessionID string }
	b.decode(b.call("Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}), &attached)
	b.session = attached.SessionID
	for _, domain := range []string{"Page", "Runtime", "Log", "Network"} {
		b.call(domain+".enable", nil)
	}
	b.call("Emulation.setEmulatedMedia", map[string]any{"features": []map[string]string{{"name": "prefers-reduced-motion", "value": "reduce"}}})
}

func (b *browser) decode(raw json.RawMessage, into any) {
	b.t.Helper()
	if err := json.Unmarshal(raw, into); err != nil {
		b.t.Fatal(err)
	}
}

// size sets the window.
func (b *browser) size(width, height int) {
	b.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500})
}

// open goes to an address and waits until the page stands.
func (b *browser) open(url string) {
	b.t.Helper()
	b.call("Page.navigate", map[string]any{"url": url})
	b.until(`document.readyState === "complete" && location.href !== "about:blank"`)
}

// eval gives the value of an expression in the page.
func (b *browser) eval(expression string, into any) {
	b.t.Helper()
	var answer struct {
		Result           struct{ Value json.RawMessage }
		ExceptionDetails *struct {
			Text      string
			Exception struct{ Description string }
		}
	}
	b.decode(b.call("Runtime.evaluate", map[string]any{"expression": expression, "returnByValue": true, "awaitPromise": true}), &answer)
	if e := answer.ExceptionDetails; e != nil {
		b.t.Fatalf("%s: %s %s", expression, e.Text, e.Exception.Description)
	}
	if into != nil {
		b.decode(answer.Result.Value, into)
	}
}

// until waits for an expression to be true.
func (b *browser) until(expression string) {
	b.t.Helper()
	for range 200 {
		ok := false
		b.eval("Boolean("+expression+")", &ok)
		if ok {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	b.t.Fatal("never came true: ", expression)
}

// want compares the value of an expression.
func (b *browser) want(expression string, value any) {
	b.t.Helper()
	var got any
	b.eval(expression, &got)
	if fmt.Sprint(got) != fmt.Sprint(value) {
		b.t.Errorf("%s is %v, not %v", expression, got, value)
	}
}

// key presses a key as a person does.
func (b *browser) key(name string) {
	b.t.Helper()
	codes := map[string]int{"Enter": 13, "Escape": 27, "Tab": 9, "ArrowDown": 40, "ArrowRight": 39, "ArrowLeft": 37, "ArrowUp": 38}
	event := map[string]any{"type": "keyDown", "key": name, "code": name, "windowsVirtualKeyCode": codes[name]}
	if name == "Enter" {
		event["text"] = "\r"
	}
	b.call("Input.dispatchKeyEvent", event)
	event["type"] = "keyUp"
	delete(event, "text")
	b.call("Input.dispatchKeyEvent", event)
}

// click presses the mouse in the middle of what a selector finds.
func (b *browser) click(selector string) {
	b.t.Helper()
	var at struct{ X, Y float64 }
	b.eval(fmt.Sprintf(`(() => { const e = document.querySelector(%q); e.scrollIntoView({block: "center", inline: "center"}); const r = e.getBoundingClientRect(); return {x: r.x + r.width/2, y: r.y + r.height/2} })()`, selector), &at)
	for _, kind := range []string{"mousePressed", "mouseReleased"} {
		b.call("Input.dispatchMouseEvent", map[string]any{"type": kind, "x": at.X, "y": at.Y, "button": "left", "clickCount": 1})
	}
}

// quiet fails the test when the page asked for anything but itself, spoke up,
// or broke its own rules.
func (b *browser) quiet(pages ...string) {
	b.t.Helper()
	b.eval("0", nil) // whatever is under way has been told by now
	for _, e := range b.events {
		text := string(e.Params)
		switch e.Method {
		case "Network.requestWillBeSent":
			var r struct{ Request struct{ URL string } }
			b.decode(e.Params, &r)
			known := strings.HasPrefix(r.Request.URL, "data:,")
			for _, p := range pages {
				known = known || strings.HasPrefix(r.Request.URL, p)
			}
			if !known {
				b.t.Errorf("the page asks for %s", r.Request.URL)
			}
		case "Page.javascriptDialogOpening", "Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled":
			b.t.Errorf("%s: %s", e.Method, text[:min(len(text), 600)])
		}
	}
	b.events = nil
}
