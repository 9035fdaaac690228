package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
)

// What the server grants: enough for a browser with many tabs, too little to
// be worth an attack from a page in another tab.
const (
	mostConnections = 64
	mostHeaders     = 16 << 10
	headerTimeout   = 5 * time.Second
	heartbeat       = 15 * time.Second
)

// serve shows the preview until it is interrupted.
func (a *app) serve(ctx context.Context, p *preview, opened *openedFolders, port uint16) error {
	listeners, port, err := listenLoopback(port)
	if err != nil {
		return err
	}
	p.build(ctx)
	watch, err := newWatch(p, opened)
	if err != nil {
		for _, l := range listeners {
			l.Close()
		}
		return usageError("cannot watch the folder of %s: %v", p.in.path, err)
	}
	server := &http.Server{
		Handler:           guard(port, p),
		ReadHeaderTimeout: headerTimeout,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    mostHeaders,
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
	fmt.Fprintf(a.out, "http://127.0.0.1:%d/\n", port)
	var group sync.WaitGroup
	ended := make(chan error, len(listeners))
	for _, l := range listeners {
		group.Go(func() { ended <- server.Serve(l) })
	}
	group.Go(func() { watch.run(ctx) })
	select {
	case <-ctx.Done():
		err = nil // an interrupt is how a preview ends
	case err = <-ended:
	}
	watch.close()
	server.Close()
	group.Wait()
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// listenLoopback listens on 127.0.0.1 and, where there is IPv6, on ::1, with
// one count of connections for both.
func listenLoopback(port uint16) ([]net.Listener, uint16, error) {
	four, err := net.Listen("tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(int(port))))
	if err != nil {
		return nil, 0, usageError("cannot listen on port %d: %v; --port 0 takes one that is free", port, errors.Unwrap(err))
	}
	port = uint16(four.Addr().(*net.TCPAddr).Port)
	slots := make(chan struct{}, mostConnections)
	listeners := []net.Listener{&limitedListener{four, slots}}
	if six, err := net.Listen("tcp6", net.JoinHostPort("::1", strconv.Itoa(int(port)))); err == nil {
		listeners = append(listeners, &limitedListener{six, slots})
	}
	return listeners, port, nil
}

// limitedListener takes no connection beyond its slots: more are closed at once.
type limitedListener struct {
	net.Listener
	slots chan struct{}
}

// Accept takes the next connection, which holds a slot until it is closed.
func (l *limitedListener) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		select {
		case l.slots <- struct{}{}:
			return &slotConn{Conn: c, slots: l.slots}, nil
		default:
			c.Close()
		}
	}
}

type slotConn struct {
	net.Conn
	slots chan struct{}
	once  sync.Once
}

// Close closes the connection and frees its slot.
func (c *slotConn) Close() error {
	c.once.Do(func() { <-c.slots })
	return c.Conn.Close()
}

// guard answers this machine's own browser and nobody else: a page of another
// site that was led here by its name, or asks from its origin, gets nothing.
func guard(port uint16, p *preview) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		control := http.NewResponseController(w)
		control.SetReadDeadline(time.Now().Add(headerTimeout))
		control.SetWriteDeadline(time.Now().Add(heartbeat))
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Cache-Control", "no-store")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		switch {
		case !loopbackHost(r.Host, port):
			http.Error(w, "this preview answers to localhost only", http.StatusForbidden)
		case !ownOrigin(r.Header.Values("Origin"), port):
			http.Error(w, "this preview answers its own page only", http.StatusForbidden)
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			h.Set("Allow", "GET, HEAD")
			http.Error(w, "this preview is for reading", http.StatusMethodNotAllowed)
		case r.URL.Path == "/":
			page := p.current()
			h.Set("Content-Type", "text/html; charset=utf-8")
			h.Set("Content-Security-Policy", page.Policy+"; frame-ancestors 'none'")
			w.Write(page.Body)
		case r.URL.Path == "/events":
			p.stream(w, r)
		default:
			http.Error(w, "there is nothing here", http.StatusNotFound)
		}
	})
}

// loopbackHost says that a host, as a request names it, is this machine under
// our port: a loopback address or localhost, and not a name that begins like one.
func loopbackHost(host string, port uint16) bool {
	name, number, err := net.SplitHostPort(host)
	if err != nil || number != strconv.Itoa(int(port)) {
		return false
	}
	if strings.EqualFold(name, "localhost") {
		return true
	}
	address, err := netip.ParseAddr(name)
	return err == nil && address.Zone() == "" && address.IsLoopback()
}

// ownOrigin says that a request comes from our own page, or from no page.
func ownOrigin(origins []string, port uint16) bool {
	for _, o := range origins {
		u, err := url.Parse(o)
		if err != nil || u.Scheme != "http" || u.User != nil || u.Path != "" || !loopbackHost(u.Host, port) {
			return false
		}
	}
	return len(origins) <= 1
}

// stream sends the state of things now and on every change, as server-sent
// events, until the page is closed.
func (p *preview) stream(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	if r.Method == http.MethodHead {
		return
	}
	control := http.NewResponseController(w)
	control.SetReadDeadline(time.Time{})
	changed, leave := p.listen()
	defer leave()
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for text := p.event(); ; {
		control.SetWriteDeadline(time.Now().Add(heartbeat))
		_, err := io.WriteString(w, text)
		if err = errors.Join(err, control.Flush()); err != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-changed:
			text = p.event()
		case <-beat.C:
			text = ": still here\n\n"
		}
	}
}
