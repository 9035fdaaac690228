package editor

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/taut-dev/taut/analyze/lint"
	"github.com/taut-dev/taut/model"
)

// mostItems bounds a list of completions: more is typed away, not read.
const mostItems = 500

// silencing finds the comment in which a rule is being named.
var silencing = regexp.MustCompile(`#\s*taut:\s*ignore\s+([\w-]*)$`)

// complete offers keys and names for what stands before the cursor.
func (s *Server) complete(p positionParams) (any, *rpcError) {
	d, project := s.asked(p.TextDocument.URI)
	if d == nil {
		return completionList{Items: []completionItem{}}, nil
	}
	offset := d.offset(p.Position)
	c := &completer{document: d, items: []completionItem{}}
	text, start := d.line(p.Position.Line)
	before := text[:offset-start]
	if m := silencing.FindStringSubmatch(before); m != nil {
		c.at = d.span(offset-len(m[1]), offset)
		for _, r := range lint.Rules() {
			c.add(r.ID, r.ID, kindReference, r.Title, "")
		}
		return c.list(), nil
	}
	if strings.HasPrefix(strings.TrimSpace(before), "#") || strings.Contains(before, " #") {
		return c.list(), nil
	}
	t := tokenAt(d.tokens, offset)
	c.at = d.span(offset, offset)
	if t != nil {
		c.at = d.span(t.start, t.end)
	} else if t = tokenAt(scan(d.text[:offset]+"x"+d.text[offset:]), offset); t == nil {
		return c.list(), nil
	}
	if t.start < offset {
		c.typed = strings.ToLower(d.text[t.start:offset])
	}
	c.offer(s, project, t)
	return c.list(), nil
}

// completer collects what may be put at one place.
type completer struct {
	document *document
	at       span   // what is replaced
	typed    string // of it, before the cursor, in lower case
	items    []completionItem
}

// list gives what was collected. Of a long list it gives what holds the typed
// text, and has the editor ask again when more is typed.
func (c *completer) list() completionList {
	cut := len(c.items) > mostItems
	if cut {
		c.items = slices.DeleteFunc(c.items, func(i completionItem) bool { return !strings.Contains(strings.ToLower(i.Label), c.typed) })
	}
	return completionList{Incomplete: cut, Items: c.items[:min(len(c.items), mostItems)]}
}

// add offers a text; the list keeps its order.
func (c *completer) add(label, text string, kind int, detail, doc string) {
	item := completionItem{
		Label: label, Kind: kind, Detail: detail, SortText: fmt.Sprintf("%05d", len(c.items)),
		FilterText: label, TextEdit: &textEdit{c.at, text},
	}
	if doc != "" {
		item.Documentation = &markup{"markdown", doc}
	}
	c.items = append(c.items, item)
}

// offer offers what the language has at a token's place.
func (c *completer) offer(s *Server, p *project, t *token) {
	at, ok := model.PlaceAt(t.path...)
	if !ok {
		return
	}
	if t.key || t.own {
		colon := ": "
		if t.key && !c.open(t) {
			colon = ""
		}
		for _, k := range at.Keys {
			if !c.given(t, k.Name) {
				c.add(k.Name, k.Name+colon, kindProperty, k.Takes, keyDoc(k))
			}
		}
		for _, k := range s.candidates(p, at.KeyNames) {
			if !c.given(t, k.name) {
				c.add(k.name, k.name+colon, kindReference, k.detail, "")
			}
		}
	}
	if t.key {
		return
	}
	for _, w := range at.Words {
		c.add(w, w, kindEnum, "", "")
	}
	for _, k := range s.candidates(p, at.Names) {
		c.add(k.name, k.name, kindReference, k.detail, "")
	}
	if at.List && !t.own {
		for _, k := range s.candidates(p, at.KeyNames) {
			c.add(k.name, "["+k.name+"]", kindReference, k.detail, "")
		}
	}
}

// open is true for a key that has no colon yet.
func (c *completer) open(t *token) bool {
	rest := c.document.text[min(t.end, len(c.document.text)):]
	return !strings.HasPrefix(strings.TrimLeft(rest, " \"'"), ":")
}

// given is true for a key that the mapping of a token holds already. Items of
// lists have no path of their own: there, nothing is held back.
func (c *completer) given(t *token, key string) bool {
	if slices.Contains(t.path, model.ListItem) {
		return false
	}
	return slices.ContainsFunc(c.document.tokens, func(x token) bool {
		return x.key && x.text == key && x.start != t.start && slices.Equal(x.path, t.path)
	})
}

// keyDoc tells about a key, as Markdown.
func keyDoc(k model.KeyInfo) string {
	text := k.Doc + "\n\ntakes " + escaped(k.Takes)
	switch {
	case k.Required:
		text += "; required"
	case k.Default != "":
		text += "; `" + k.Default + "` where it is not given"
	}
	return text
}
