package model

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// ReadOptions says what ReadDocuments lets through.
type ReadOptions struct {
	Limits Limits
	Tags   bool // keep tags such as !Ref in Node.Tag; else they are errors
}

// ReadYAML reads a file of one YAML document into positioned nodes.
func ReadYAML(name string, data []byte, lim Limits) (*Node, Diagnostics) {
	s, diags := newSource(name, data, lim)
	if s == nil {
		return nil, diags
	}
	return readYAML(s)
}

// readYAML tries the fast reader first; what it gives up, the general one reads.
func readYAML(s *source) (*Node, Diagnostics) {
	root, diags, gaveUp := readPlain(s)
	if root != nil {
		return root, diags
	}
	r := &yamlReader{builder: builder{source: s}, gaveUp: gaveUp}
	docs := r.documents(1)
	if len(docs) == 0 {
		if len(r.diags) == 0 {
			r.diags = append(r.diags, errorAt(ruleSyntax, Pos{File: s.name, Line: 1, Col: 1}, "the file is empty: describe a system in it, at least its services"))
		}
		return nil, r.diags
	}
	return docs[0], r.diags
}

// ReadDocuments reads a file of any number of YAML documents; empty ones are
// left out.
func ReadDocuments(name string, data []byte, o ReadOptions) ([]*Node, Diagnostics) {
	s, diags := newSource(name, data, o.Limits)
	if s == nil {
		return nil, diags
	}
	if root, diags, _ := readPlain(s); root != nil {
		return []*Node{root}, diags
	}
	r := &yamlReader{builder: builder{source: s}, tags: o.Tags}
	docs := r.documents(s.lim.Documents)
	return slices.DeleteFunc(docs, func(n *Node) bool { return n.Kind == Null }), r.diags
}

// yamlReader turns the nodes of yaml.v3 into ours. That library only parses
// here: its own decoding loses data silently and takes quadratic time and
// memory on equal keys. Aliases, merge keys, duplicates, depth and expanded
// size are dealt with here, in time linear in the file.
type yamlReader struct {
	builder
	tags    bool
	lines   int // in the file
	gaveUp  int // where the fast reader stopped: a hint where a fault is
	aliases int
	bytes   int // of text, each use of an alias counted
	deepest int // level reached, each use of an alias counted
	anchors map[*yaml.Node]*anchored
}

// anchored is a node that aliases may stand for. It is converted once and
// shared, but counted at each use.
type anchored struct {
	node         *Node // nil while it is being read: an alias then is a cycle
	nodes, bytes int
	height       int
}

// documents reads at most the given number; one more is an error.
func (r *yamlReader) documents(most int) []*Node {
	if r.amplified() {
		return nil
	}
	r.lines = 1 + strings.Count(r.text, "\n")
	text := yaml11(r.text)
	in := yaml.NewDecoder(strings.NewReader(text))
	var docs []*Node
	for !r.full {
		var doc yaml.Node
		err := decode(in, &doc)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			r.diags = append(r.diags, r.fault(text, err))
			return nil
		}
		if len(docs) == most {
			r.another(most, &doc)
			break
		}
		r.anchors = map[*yaml.Node]*anchored{}
		if len(doc.Content) == 1 {
			docs = append(docs, r.convert(doc.Content[0], 1))
		}
	}
	return docs
}

// another reports a document too many.
func (r *yamlReader) another(most int, doc *yaml.Node) {
	if most > 1 {
		r.exceeded("documents", "this file", r.place(doc))
		return
	}
	r.diags = append(r.diags, errorAt(ruleSyntax, r.place(doc), "a second document starts here: put each system into a file of its own"))
}

// errPanicked is a fault inside yaml.v3.
var errPanicked = errors.New("the YAML reader broke down")

// decode keeps a panic inside yaml.v3 from ending the program.
func decode(in *yaml.Decoder, doc *yaml.Node) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("%w: %v", errPanicked, v)
		}
	}()
	return in.Decode(doc)
}

// amplified guards yaml.v3, which takes a hundred bytes for each byte of
// "[a,a,a…]": it counts the commas inside brackets before anything is parsed.
func (r *yamlReader) amplified() bool {
	open, commas := 0, 0
	for i := range len(r.text) {
		switch r.text[i] {
		case '[', '{':
			open++
		case ']', '}':
			open = max(0, open-1)
		case ',':
			commas += min(open, 1)
		}
	}
	if commas > r.lim.Nodes {
		r.exceeded("nodes", "this file", Pos{File: r.name, Line: 1, Col: 1})
	}
	return r.full
}

// yaml11 lets "%YAML 1.2" through, which yaml.v3 refuses: what it reads is
// nearer to 1.2 anyway, and scalars are ours. Offsets stay as they are.
func yaml11(text string) string {
	for at := 0; at < len(text); {
		end := at + strings.IndexByte(text[at:]+"\n", '\n')
		line := strings.TrimRight(text[at:end], "\r ")
		switch {
		case strings.HasPrefix(line, "%YAML 1.") && len(line) == len("%YAML 1.2"):
			dot := at + len("%YAML 1.")
			return text[:dot] + "1" + text[dot+1:]
		case line != "" && line[0] != '#' && line[0] != '%':
			return text
		}
		at = end + 1
	}
	return text
}

// place gives the position of a yaml node. That of a missing value at the end
// of a file can be past it.
func (r *yamlReader) place(y *yaml.Node) Pos {
	if y.Line > r.lines {
		return r.pos(len(r.text))
	}
	return Pos{File: r.name, Line: max(1, y.Line), Col: max(1, y.Column)}
}

// convert makes our node of a yaml node, at a level of nesting.
func (r *yamlReader) convert(y *yaml.Node, depth int) *Node {
	if y.Kind == yaml.AliasNode {
		return r.alias(y, depth)
	}
	if y.Anchor == "" {
		return r.plain(y, depth)
	}
	a := &anchored{nodes: r.nodes, bytes: r.bytes}
	r.anchors[y] = a
	above := r.deepest
	r.deepest = depth
	n := r.plain(y, depth)
	a.nodes, a.bytes, a.height, a.node = r.nodes-a.nodes, r.bytes-a.bytes, r.deepest-depth, n
	r.deepest = max(r.deepest, above)
	return n
}

// alias gives the node that an alias stands for, and counts it as if it had
// been written out: so no file can stand for more than the limits say.
func (r *yamlReader) alias(y *yaml.Node, depth int) *Node {
	pos := r.place(y)
	r.aliases++
	a := r.anchors[y.Alias]
	switch {
	case r.full:
	case r.aliases > r.lim.Aliases:
		r.exceeded("aliases", "this file", pos)
	case a == nil || a.node == nil:
		r.diags = append(r.diags, errorAt(ruleSyntax, pos, "alias %s stands inside what it names: a value cannot contain itself", quote("*"+y.Value)))
	case r.nodes+a.nodes > r.lim.Nodes:
		r.exceeded("nodes", "what the aliases of this file stand for", pos)
	case r.bytes+a.bytes > r.lim.Total:
		r.exceeded("total", "the text that the aliases of this file stand for", pos)
	case depth+a.height > r.lim.Depth:
		r.exceeded("depth", "what the aliases of this file stand for", pos)
	default:
		r.nodes += a.nodes
		r.bytes += a.bytes
		r.deepest = max(r.deepest, depth+a.height)
		return a.node
	}
	return &Node{Pos: pos}
}

// line gives the text of a line.
func (s *source) line(number int) string {
	rest := s.text
	for range number - 1 {
		_, rest, _ = strings.Cut(rest, "\n")
	}
	line, _, _ := strings.Cut(rest, "\n")
	return line
}
