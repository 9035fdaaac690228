package editor

import (
	"cmp"
	"slices"

	"github.com/taut-dev/taut/model"
)

// actions offers the fixes of the findings in a range.
func (s *Server) actions(p rangeParams) (any, *rpcError) {
	list := []codeAction{}
	if s.dirty {
		s.refresh() // the places of fixes are those of this version
	}
	d, project := s.asked(p.TextDocument.URI)
	if d == nil {
		return list, nil
	}
	here, _ := s.locate(p.TextDocument.URI)
	for _, x := range project.found {
		if x.Fix == nil || project.at(x.Pos.File) != here {
			continue
		}
		about := s.diagnostic(project, x)
		if before(about.Range.End, p.Range.Start) || before(p.Range.End, about.Range.Start) {
			continue
		}
		list = append(list, codeAction{
			Title: x.Fix.Title, Kind: "quickfix", Diagnostics: []diagnostic{about}, Preferred: true,
			Edit: s.edit(project, x.Fix),
		})
	}
	return list, nil
}

// before orders two positions.
func before(a, b position) bool {
	return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Character, b.Character)) < 0
}

// edit words a fix for the client.
func (s *Server) edit(p *project, f *model.Fix) workspaceEdit {
	edit := workspaceEdit{Changes: map[string][]textEdit{}}
	for _, e := range f.Edits {
		if d := s.document(p.at(e.File)); d != nil {
			uri := s.uri(p.at(e.File))
			edit.Changes[uri] = append(edit.Changes[uri], textEdit{d.span(e.Start, e.End), e.Text})
		}
	}
	return edit
}

// Apply makes the edits of all fixes of one file's findings, each once. Of fixes
// that touch the same bytes in different ways none is made. It gives the new
// text and the findings whose fix was made, in the order of the text.
func Apply(file string, data []byte, found model.Diagnostics) ([]byte, model.Diagnostics) {
	type change struct {
		model.Edit
		about int
	}
	var changes []change
	for i, d := range found {
		if d.Fix == nil {
			continue
		}
		for _, e := range d.Fix.Edits {
			if len(d.Fix.Edits) == 1 && e.File == file && e.Start >= 0 && e.Start <= e.End && e.End <= len(data) {
				changes = append(changes, change{e, i})
			}
		}
	}
	slices.SortStableFunc(changes, func(a, b change) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Text, b.Text))
	})
	changes = slices.CompactFunc(changes, func(a, b change) bool { return a.Edit == b.Edit })
	var out []byte
	var made model.Diagnostics
	last := 0
	for i, c := range changes {
		if i > 0 && changes[i-1].End > c.Start || i+1 < len(changes) && changes[i+1].Start < c.End {
			continue
		}
		out = append(append(out, data[last:c.Start]...), c.Text...)
		last = c.End
		made = append(made, found[c.about])
	}
	return append(out, data[last:]...), made
}
