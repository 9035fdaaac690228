package editor

import (
	"context"
	"io/fs"
	"path"
	"slices"
	"time"

	"github.com/taut-dev/taut/analyze/budget"
	"github.com/taut-dev/taut/analyze/coupling"
	"github.com/taut-dev/taut/analyze/lint"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// longestAnalysis bounds the time for the findings of one version of a file.
const longestAnalysis = 10 * time.Second

// mostFindings is how many findings of one file are shown.
const mostFindings = 1000

// project is one system: its root file and what that includes.
type project struct {
	root  location
	files []string // in the root's folder, the root file first
	found model.Diagnostics
	facts *metric.Facts // nil where this version cannot be read

	cancel context.CancelFunc // ends what facts computes
}

// dir is the folder of the root file, in the opened folder.
func (p *project) dir() string { return path.Dir(p.root.path) }

// at locates a file of the project.
func (p *project) at(file string) location {
	return location{p.root.folder, path.Join(p.dir(), file)}
}

// load reads a system and what there is to say about it. A fault of ours costs
// this version's findings, not the server.
func (s *Server) load(root location) (p *project) {
	p = &project{root: root, files: []string{path.Base(root.path)}}
	defer func() {
		if r := recover(); r != nil {
			s.logf("a fault of ours while reading %s: %v", model.Safe(root.path), r)
		}
	}()
	whole, err := s.folder(root.folder)
	if err != nil {
		s.logf("cannot open %s: %v", model.Safe(root.folder), err)
		return p
	}
	sub, err := fs.Sub(whole, p.dir())
	if err != nil {
		return p
	}
	folder := &Overlay{Base: sub}
	system, found := model.Load(folder, path.Base(root.path), model.LoadOptions{Limits: s.options.Limits})
	if opened := folder.Opened(); len(opened) > 0 {
		p.files = opened
	}
	source := func(file string) []byte {
		data, err := fs.ReadFile(folder, file)
		if err != nil {
			return nil
		}
		return data
	}
	if system != nil {
		found = append(found, slices.Concat(lint.Validate(system, source), budget.Validate(system), coupling.Validate(system))...)
	}
	if system != nil && !found.HasErrors() {
		found = append(found, s.judge(p, system)...)
	}
	p.found = found.WithFixes(source).Sorted()
	return p
}

// judge runs the rules and the budgets, for as long as that may take.
func (s *Server) judge(p *project, system *model.System) model.Diagnostics {
	ctx, cancel := context.WithCancel(context.Background())
	p.facts, p.cancel = metric.NewFacts(ctx, system, metric.Options{Diagram: s.options.Limits.Diagram}), cancel
	stop := p.timed()
	defer stop()
	found := lint.Run(p.facts, lint.Options{Today: s.options.Today()})
	table := metric.Compute(p.facts, metric.Named(budget.Keys(system)...))
	found = append(found, budget.Check(p.facts, table, s.options.Today())...)
	if p.facts.Err() != nil {
		s.logf("the findings of %s take too long for an editor: not all are shown", model.Safe(p.root.path))
	}
	return found
}

// timed bounds what is computed from now until the function it gives is called.
// Past that time the facts of this version stay without what was not computed.
func (p *project) timed() func() bool { return time.AfterFunc(longestAnalysis, p.cancel).Stop }

// refresh reads every system that an open document is part of, and tells the
// client what there is to say about each of its files.
func (s *Server) refresh() {
	s.dirty = false
	clear(s.disk)
	loaded := map[location]*project{}
	s.projects = map[string]*project{}
	var order []*project
	for _, uri := range s.order {
		at, ok := s.locate(uri)
		if !ok {
			continue
		}
		p := s.projectOf(at, s.documents[uri].text, loaded)
		if p == nil {
			continue
		}
		s.projects[uri] = p
		if !slices.Contains(order, p) {
			order = append(order, p)
		}
	}
	said := map[string]bool{}
	for _, p := range order {
		if p.facts != nil {
			s.good[p.root] = p
		}
		s.publish(p, said)
	}
	for _, uri := range s.published {
		if !said[uri] {
			s.notify("textDocument/publishDiagnostics", map[string]any{"uri": uri, "diagnostics": []diagnostic{}})
		}
	}
	s.published = s.published[:0]
	for _, p := range order {
		for _, file := range p.files {
			s.published = append(s.published, s.uri(p.at(file)))
		}
	}
}

// projectOf finds the system that a document is part of; nil for none.
func (s *Server) projectOf(at location, text string, loaded map[location]*project) *project {
	get := func(root location) *project {
		if loaded[root] == nil {
			loaded[root] = s.load(root)
		}
		return loaded[root]
	}
	folder, err := s.folder(at.folder)
	if err != nil {
		return nil
	}
	for _, file := range candidates(at.path) {
		if file == at.path {
			break
		}
		if info, err := fs.Stat(folder, file); err != nil || !info.Mode().IsRegular() {
			continue
		}
		p := get(location{at.folder, file})
		if slices.ContainsFunc(p.files, func(f string) bool { return p.at(f) == at }) {
			return p
		}
	}
	if isRoot(at.path, text) {
		return get(at)
	}
	return nil
}

// publish tells the client what there is to say about the files of a project.
func (s *Server) publish(p *project, said map[string]bool) {
	for _, file := range p.files {
		uri := s.uri(p.at(file))
		if said[uri] {
			continue
		}
		said[uri] = true
		list := []diagnostic{}
		for _, d := range p.found {
			if d.Pos.File == file && len(list) < mostFindings {
				list = append(list, s.diagnostic(p, d))
			}
		}
		s.notify("textDocument/publishDiagnostics", map[string]any{"uri": uri, "diagnostics": list})
	}
}

// diagnostic words a finding for the client.
func (s *Server) diagnostic(p *project, d model.Diagnostic) diagnostic {
	text := model.Safe(d.Message)
	if d.Hint != "" {
		text += "; " + model.Safe(d.Hint)
	}
	out := diagnostic{Range: s.marked(p, d.Pos), Severity: severityNumber(d.Severity), Code: d.Rule, Source: "taut", Message: text}
	for _, r := range d.Related {
		if r.Pos.File != "" {
			out.Related = append(out.Related, relatedInfo{place{s.uri(p.at(r.Pos.File)), s.marked(p, r.Pos)}, model.Safe(r.Message)})
		}
	}
	return out
}

// marked is the range of a place in a file of a project.
func (s *Server) marked(p *project, pos model.Pos) span {
	d := s.document(p.at(pos.File))
	if d == nil || pos.IsZero() {
		return span{}
	}
	return d.marked(d.place(pos.Line, pos.Col))
}

// document gives the text of a file: the editor's, or the one on disk; nil if
// there is none.
func (s *Server) document(at location) *document {
	if d := s.documents[s.uri(at)]; d != nil {
		return d
	}
	if d, ok := s.disk[at]; ok {
		return d
	}
	s.disk[at] = nil
	folder, err := s.folder(at.folder)
	if err != nil {
		return nil
	}
	data, err := fs.ReadFile(folder, at.path)
	if err != nil || len(data) > s.options.Limits.File {
		return nil
	}
	s.disk[at] = newDocument(string(data))
	return s.disk[at]
}
