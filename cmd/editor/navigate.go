package editor

// definition gives where the name under the cursor is declared.
func (s *Server) definition(p positionParams) (any, *rpcError) {
	d, project := s.asked(p.TextDocument.URI)
	if d == nil {
		return nil, nil
	}
	t := tokenAt(d.tokens, d.offset(p.Position))
	if t == nil {
		return nil, nil
	}
	at, found, in := s.declaration(project, t.text, family(names(t)))
	if found == nil {
		return nil, nil
	}
	return place{s.uri(at), in.span(found.start, found.end)}, nil
}

// symbols outlines a document: the keys of its top level, and what the sections
// among them declare.
func (s *Server) symbols(p closeParams) (any, *rpcError) {
	d, _ := s.asked(p.TextDocument.URI)
	list := []documentSymbol{}
	if d == nil {
		return list, nil
	}
	for i := range d.tokens {
		t := &d.tokens[i]
		if !t.key || len(t.path) > 1 || t.text == "" {
			continue
		}
		end := d.end(i)
		symbol := documentSymbol{Name: t.text, Kind: symbolNamespace, Range: d.span(t.start, end), Selection: d.span(t.start, t.end)}
		switch kind := declares(t); {
		case len(t.path) == 0:
			list = append(list, symbol)
		case len(list) == 0 || list[len(list)-1].Name != t.path[0]:
		default:
			symbol.Kind, symbol.Detail = symbolProperty, kind
			if kind != "" {
				symbol.Kind = symbolObject
			}
			parent := &list[len(list)-1]
			parent.Children = append(parent.Children, symbol)
		}
	}
	return list, nil
}

// end is where what a key holds ends: with the last token below it.
func (d *document) end(key int) int {
	end, depth := d.tokens[key].end, len(d.tokens[key].path)
	for _, t := range d.tokens[key+1:] {
		if len(t.path) <= depth {
			break
		}
		end = t.end
	}
	return end
}
