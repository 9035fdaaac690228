package main

import (
	"context"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

const (
	progressAfter = time.Second // work that is shorter shows none
	progressEvery = 100 * time.Millisecond
)

// progress keeps one line on a terminal that says what is being done, once it
// takes long. The nil progress says nothing.
type progress struct {
	now func() time.Time

	mutex sync.Mutex
	out   io.Writer
	what  string // empty: nothing that a person waits for
	began time.Time
	shown bool
}

// watch lets a person at the terminal know what takes long.
func (a *app) watch() {
	if !a.terminal(a.err) || a.env("TERM") == "dumb" {
		return
	}
	p := &progress{now: a.now, out: a.err, began: a.now()}
	a.progress, a.err = p, &screen{p, a.err}
	if a.terminal(a.out) {
		a.out = &screen{p, a.out}
	}
	go func() {
		for range time.Tick(progressEvery) {
			p.show()
		}
	}()
}

// step says what is done from now on.
func (p *progress) step(what string) {
	if p == nil {
		return
	}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.what = what
}

// show writes the line, if it is time for one.
func (p *progress) show() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	took := p.now().Sub(p.began)
	if p.what == "" || took < progressAfter {
		return
	}
	p.shown = true
	fmt.Fprintf(p.out, "\r%s, %d s\x1b[K", p.what, took/time.Second)
}

// wipe takes the line away until there is a next step. The mutex is held.
func (p *progress) wipe() {
	if p.shown {
		io.WriteString(p.out, "\r\x1b[K")
	}
	p.what, p.shown = "", false
}

// end leaves the terminal as it was.
func (p *progress) end() {
	if p == nil {
		return
	}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.wipe()
}

// screen is a terminal that others write to as well: the line is wiped first.
type screen struct {
	p   *progress
	out io.Writer
}

func (s *screen) Write(text []byte) (int, error) {
	s.p.mutex.Lock()
	defer s.p.mutex.Unlock()
	s.p.wipe()
	return s.out.Write(text)
}

// facts is metric.NewFacts whose parts are shown as progress.
func (a *app) facts(ctx context.Context, system *model.System, o metric.Options) *metric.Facts {
	o.Step = a.progress.step
	return metric.NewFacts(ctx, system, o)
}
