package main

import (
	"encoding/json"
	"fmt"
	"sync"

	"github.com/taut-dev/taut/render"
)

// preview is what the server shows: the last page that could be made, and what
// is wrong with the file now. One goroutine builds it, many read it.
type preview struct {
	a      *app
	in     *input
	name   string // of the file, in its folder
	design string

	mu        sync.Mutex
	page      render.LivePage
	shown     int      // number of the page; 0: none yet
	problem   *problem // nil: the page is what the file says
	listeners map[chan struct{}]bool
}

// problem is what is wrong with a file, as the page shows it.
type problem struct {
	Title string `json:"title"`
	Text  string `json:"text"`
}

// number is that of the page shown last.
func (p *preview) number() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.shown
}

// show puts up a new page.
func (p *preview) show(page render.LivePage) {
	p.mu.Lock()
	p.page, p.problem = page, nil
	p.shown++
	p.mu.Unlock()
	p.tell("shown")
	p.wake()
}

// fail says what is wrong over the page that is up; without one, a page that
// waits is put up.
func (p *preview) fail(text string) {
	p.mu.Lock()
	p.problem = &problem{p.in.path + " cannot be read as it is now", text}
	if p.shown == 0 {
		p.problem.Title += "; nothing was shown before"
		if page, err := render.LiveProblem(p.in.path, 1, render.Options{Version: version()}); err == nil {
			p.page, p.shown = page, 1
		}
	}
	p.mu.Unlock()
	p.tell("cannot be shown\n" + text)
	p.wake()
}

// wake tells every open page that something has changed.
func (p *preview) wake() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for listener := range p.listeners {
		select {
		case listener <- struct{}{}:
		default: // it has not read the last word yet, and will find this one then
		}
	}
}

// listen gives a channel that is sent to on every change, and how to leave.
func (p *preview) listen() (changed <-chan struct{}, leave func()) {
	c := make(chan struct{}, 1)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.listeners[c] = true
	return c, func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		delete(p.listeners, c)
	}
}

// current is the page that is up.
func (p *preview) current() render.LivePage {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.page
}

// event is the state of things for the stream: which page is up, what is wrong.
func (p *preview) event() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	data, err := json.Marshal(struct {
		Page    int      `json:"page"`
		Problem *problem `json:"problem"`
	}{p.shown, p.problem})
	if err != nil {
		panic(err) // numbers and strings always marshal
	}
	return fmt.Sprintf("event: state\ndata: %s\n\n", data)
}
