package editor

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"time"

	"github.com/taut-dev/taut/model"
)

// quiet is how long nothing must come in before files are read again: nobody
// reads findings while typing.
const quiet = 120 * time.Millisecond

// Options are what a server knows of the outside world.
type Options struct {
	Open    func(folder string) (fs.FS, error) // opens a folder; links must not lead out of it
	Today   func() model.Date                  // for what ends on a day
	Limits  model.Limits
	Version string    // of the program
	Log     io.Writer // for people; never the stream of the protocol
}

// Server speaks the protocol with one client.
type Server struct {
	options     Options
	in          *bufio.Reader
	out         io.Writer
	broken      error // the client cannot be written to
	initialized bool
	shutdown    bool

	folders   []string             // that the client has open
	opened    map[string]fs.FS     // folders, by path
	order     []string             // URIs of open documents, in order of opening
	documents map[string]*document // by URI
	disk      map[location]*document
	dirty     bool // documents changed since refresh
	projects  map[string]*project
	good      map[location]*project // the last version of each that could be read
	published []string
}

// errExit ends the loop: the client said exit.
var errExit = errors.New("exit")

// Serve answers a client until it says exit, the input ends, or ctx does. The
// error is nil only after the client has asked for the end as the protocol
// wants it: shutdown, then exit.
func Serve(ctx context.Context, in io.Reader, out io.Writer, o Options) error {
	s := &Server{
		options: o, in: bufio.NewReader(in), out: out, opened: map[string]fs.FS{}, documents: map[string]*document{},
		disk: map[location]*document{}, projects: map[string]*project{}, good: map[location]*project{},
	}
	incoming, failed := make(chan []byte, 64), make(chan error, 1)
	go func() {
		for {
			body, err := readMessage(s.in)
			if err != nil {
				failed <- err
				close(incoming)
				return
			}
			select {
			case incoming <- body:
			case <-ctx.Done():
				return
			}
		}
	}()
	for s.broken == nil {
		var idle <-chan time.Time
		if s.dirty {
			idle = time.After(quiet)
		}
		select {
		case body, more := <-incoming:
			if !more {
				return ended(<-failed)
			}
			if err := s.handle(body); err != nil {
				return s.exit()
			}
		case <-idle:
			s.refresh()
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return fmt.Errorf("cannot write to the editor: %w", s.broken)
}

// ended words the end of the input.
func ended(err error) error {
	if errors.Is(err, io.EOF) {
		return errors.New("the editor went away without saying shutdown and exit")
	}
	return fmt.Errorf("cannot read from the editor: %w", err)
}

// exit is what the protocol wants: success only after shutdown.
func (s *Server) exit() error {
	if !s.shutdown {
		return errors.New("the editor said exit without shutdown")
	}
	return nil
}

// handle answers one message.
func (s *Server) handle(body []byte) error {
	var m message
	if err := json.Unmarshal(body, &m); err != nil {
		s.send(errorResponse{"2.0", json.RawMessage("null"), &rpcError{codeParse, "the message is no JSON-RPC message"}})
		return nil
	}
	if m.Method == "exit" {
		return errExit
	}
	if m.Method == "" { // an answer: nothing is asked of the client
		return nil
	}
	result, err := s.answer(m)
	if m.ID == nil {
		if err != nil && err.Code != codeNoMethod && err.Code != codeNotInitialized {
			s.logf("%s: %s", model.Safe(m.Method), err.Message)
		}
		return nil
	}
	if err != nil {
		s.send(errorResponse{"2.0", m.ID, err})
		return nil
	}
	s.send(response{"2.0", m.ID, result})
	return nil
}

// answer runs the method of a message. A panic is a fault of ours: it costs the
// answer, not the server.
func (s *Server) answer(m message) (result any, failed *rpcError) {
	defer func() {
		if r := recover(); r != nil {
			s.logf("a fault of ours in %s, please report it: %v", model.Safe(m.Method), r)
			result, failed = nil, &rpcError{codeInternal, "a fault of taut"}
		}
	}()
	switch {
	case m.Method == "initialize":
		return s.initialize(m.Params)
	case !s.initialized:
		return nil, &rpcError{codeNotInitialized, "initialize comes first"}
	case s.shutdown:
		return nil, &rpcError{codeInvalidRequest, "the server is shut down"}
	}
	for _, h := range handlers() {
		if h.method == m.Method {
			return h.answer(s, m.Params)
		}
	}
	return nil, &rpcError{codeNoMethod, fmt.Sprintf("there is no method %q here", model.Safe(m.Method))}
}

// handler answers one method.
type handler struct {
	method string
	answer func(*Server, json.RawMessage) (any, *rpcError)
}

// handlers lists what is answered, besides initialize and exit.
func handlers() []handler {
	return []handler{
		{"initialized", ignore},
		{"shutdown", func(s *Server, _ json.RawMessage) (any, *rpcError) { s.shutdown = true; return nil, nil }},
		{"$/cancelRequest", ignore},
		{"$/setTrace", ignore},
		{"workspace/didChangeConfiguration", ignore},
		{"workspace/didChangeWatchedFiles", func(s *Server, _ json.RawMessage) (any, *rpcError) { s.dirty = true; return nil, nil }},
		{"textDocument/didOpen", with((*Server).open)},
		{"textDocument/didChange", with((*Server).change)},
		{"textDocument/didSave", func(s *Server, _ json.RawMessage) (any, *rpcError) { s.dirty = true; return nil, nil }},
		{"textDocument/didClose", with((*Server).close)},
		{"textDocument/completion", with((*Server).complete)},
		{"textDocument/hover", with((*Server).hover)},
		{"textDocument/definition", with((*Server).definition)},
		{"textDocument/documentSymbol", with((*Server).symbols)},
		{"textDocument/prepareRename", with((*Server).prepareRename)},
		{"textDocument/rename", with((*Server).rename)},
		{"textDocument/codeAction", with((*Server).actions)},
	}
}

func ignore(*Server, json.RawMessage) (any, *rpcError) { return nil, nil }

// with reads the parameters of a method.
func with[P any](answer func(*Server, P) (any, *rpcError)) func(*Server, json.RawMessage) (any, *rpcError) {
	return func(s *Server, raw json.RawMessage) (any, *rpcError) {
		var p P
		if err := json.Unmarshal(raw, &p); err != nil {
			return nil, &rpcError{codeInvalidParams, "the parameters are not those of this method"}
		}
		return answer(s, p)
	}
}

// initialize notes the folders and says what the server can do.
func (s *Server) initialize(raw json.RawMessage) (any, *rpcError) {
	var p initializeParams
	if err := json.Unmarshal(raw, &p); err != nil || s.initialized {
		return nil, &rpcError{codeInvalidRequest, "initialize comes once, with its parameters"}
	}
	s.initialized = true
	uris := []string{p.RootURI}
	if len(p.WorkspaceFolders) > 0 {
		uris = nil
		for _, f := range p.WorkspaceFolders {
			uris = append(uris, f.URI)
		}
	}
	for _, uri := range uris {
		if folder, ok := pathOf(uri); ok {
			s.folders = append(s.folders, folder)
		}
	}
	return map[string]any{
		"serverInfo": map[string]string{"name": "taut", "version": s.options.Version},
		"capabilities": map[string]any{
			"positionEncoding":       "utf-16",
			"textDocumentSync":       map[string]any{"openClose": true, "change": 2, "save": true},
			"completionProvider":     map[string]any{"triggerCharacters": []string{" ", "[", "{", ","}},
			"hoverProvider":          true,
			"definitionProvider":     true,
			"documentSymbolProvider": true,
			"renameProvider":         map[string]any{"prepareProvider": true},
			"codeActionProvider":     map[string]any{"codeActionKinds": []string{"quickfix"}},
		},
	}, nil
}

func (s *Server) open(p openParams) (any, *rpcError) {
	uri := p.TextDocument.URI
	if _, ok := s.locate(uri); !ok {
		s.logf("%s is outside of the folders that are open: it is left alone", model.Safe(uri))
		return nil, nil
	}
	if s.documents[uri] == nil {
		s.order = append(s.order, uri)
	}
	s.documents[uri], s.dirty = newDocument(p.TextDocument.Text), true
	return nil, nil
}

func (s *Server) change(p changeParams) (any, *rpcError) {
	d := s.documents[p.TextDocument.URI]
	if d == nil {
		return nil, nil
	}
	for _, c := range p.ContentChanges {
		text := c.Text
		if c.Range != nil {
			start, end := d.offset(c.Range.Start), d.offset(c.Range.End)
			if end < start {
				return nil, &rpcError{codeInvalidParams, "a change ends before it starts"}
			}
			text = d.text[:start] + c.Text + d.text[end:]
		}
		d = unscanned(text)
	}
	s.documents[p.TextDocument.URI], s.dirty = newDocument(d.text), true
	return nil, nil
}

func (s *Server) close(p closeParams) (any, *rpcError) {
	uri := p.TextDocument.URI
	delete(s.documents, uri)
	delete(s.projects, uri)
	s.order = slices.DeleteFunc(s.order, func(u string) bool { return u == uri })
	s.dirty = true
	return nil, nil
}

// logf tells people, beside the protocol and in it.
func (s *Server) logf(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	fmt.Fprintln(s.options.Log, "taut lsp: "+model.Safe(text))
	if s.initialized {
		s.notify("window/logMessage", map[string]any{"type": 2, "message": text})
	}
}

// asked gives an open document and the system it is part of, read if it was not
// yet; the document is nil for one that is not open or not ours.
func (s *Server) asked(uri string) (*document, *project) {
	d := s.documents[uri]
	if d == nil {
		return nil, nil
	}
	if s.projects[uri] == nil && s.dirty {
		s.refresh()
	}
	if s.projects[uri] == nil {
		return nil, nil
	}
	return d, s.projects[uri]
}
