package main

import (
	"bytes"
	"fmt"
	"testing"
	"time"
)

func TestProgress(t *testing.T) {
	var terminal bytes.Buffer
	now := time.Unix(0, 0)
	p := &progress{now: func() time.Time { return now }, out: &terminal, began: now}
	out := &screen{p, &terminal}
	expect := func(when, want string) {
		t.Helper()
		if got := terminal.String(); got != want {
			t.Errorf("%s: %q, want %q", when, got, want)
		}
		terminal.Reset()
	}
	p.step("reading a.yaml")
	p.show()
	expect("before a second has passed", "")
	now = now.Add(1500 * time.Millisecond)
	p.show()
	expect("after it", "\rreading a.yaml, 1 s\x1b[K")
	p.step("tightness")
	now = now.Add(time.Second)
	p.show()
	expect("another step", "\rtightness, 2 s\x1b[K")
	fmt.Fprintln(out, "done")
	p.show()
	expect("after output", "\r\x1b[Kdone\n")
	p.step("writing")
	p.show()
	p.end()
	p.show()
	expect("at the end", "\rwriting, 2 s\x1b[K\r\x1b[K")
	var nobody *progress
	nobody.step("nothing")
	nobody.end()
}
