package model

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// plain converts a node that is no alias.
func (r *yamlReader) plain(y *yaml.Node, depth int) *Node {
	n := r.node(Scalar, r.place(y))
	if r.full {
		return n
	}
	r.deepest = max(r.deepest, depth)
	r.bytes += len(y.Value)
	switch y.Kind {
	case yaml.MappingNode:
		n.Kind = Mapping
		if !r.tooDeep(depth, n.Pos) {
			r.mapping(n, y, depth)
		}
	case yaml.SequenceNode:
		n.Kind = Sequence
		if !r.tooDeep(depth, n.Pos) {
			n.Items = make([]*Node, 0, len(y.Content))
			for _, c := range y.Content {
				n.Items = append(n.Items, r.convert(c, depth+1))
			}
		}
	default:
		n.Text = y.Value
		n.Quoted = y.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0
	}
	r.tag(n, y)
	if n.Kind == Scalar && !n.Quoted && isNull(n.Text) {
		n.Kind = Null
	}
	return n
}

// tag lets the tags through that say what a value is anyway.
func (r *yamlReader) tag(n *Node, y *yaml.Node) {
	if y.Style&yaml.TaggedStyle == 0 {
		return
	}
	switch {
	case y.Tag == "!!str" && n.Kind == Scalar:
		n.Quoted = true
	case y.Tag == "!!map" && n.Kind == Mapping, y.Tag == "!!seq" && n.Kind == Sequence:
	case slices.Contains([]string{"!!int", "!!float", "!!bool", "!!null"}, y.Tag) && n.Kind == Scalar:
	case r.tags:
		n.Tag = y.Tag
	default:
		r.diags = append(r.diags, errorAt(ruleSyntax, n.Pos, "tag %s means nothing here: write the plain value", quote(y.Tag)))
	}
}

// mapping converts the keys of a mapping, then merges in what "<<" names.
func (r *yamlReader) mapping(n *Node, y *yaml.Node, depth int) {
	stack := make([]Field, 0, len(y.Content)/2)
	var merges []*yaml.Node
	for i := 0; i+1 < len(y.Content) && !r.full; i += 2 {
		key, value := y.Content[i], y.Content[i+1]
		if key.Kind == yaml.ScalarNode && key.Value == "<<" && key.Tag == "!!merge" {
			merges = append(merges, value)
			continue
		}
		f, ok := r.key(key)
		if !ok {
			continue
		}
		f.Value = r.convert(value, depth+1)
		if f.Value.Kind == Null && f.Value.Text == "" && value.Kind == yaml.ScalarNode {
			f.Value.Pos = f.KeyPos // nothing is written: the key is the place to look at
		}
		stack = append(stack, f)
	}
	n.Fields = r.fields(stack)
	if merges != nil {
		r.merge(n, merges, depth)
	}
}

// key reads a key, which is a scalar or an alias of one.
func (r *yamlReader) key(y *yaml.Node) (Field, bool) {
	f := Field{KeyPos: r.place(y)}
	if y.Kind == yaml.AliasNode && y.Alias != nil {
		y = y.Alias
	} else if y.Anchor != "" {
		r.convert(y, 1)
	}
	if y.Kind == yaml.ScalarNode {
		f.Key = y.Value
		return f, true
	}
	r.count(1, f.KeyPos)
	message := "a key must be text: this one is a list or a mapping"
	if len(r.diags) == 0 && strings.Contains(r.line(f.KeyPos.Line), "{{") {
		message = "this is a template, not YAML: render the template first"
	}
	r.diags = append(r.diags, errorAt(ruleSyntax, f.KeyPos, "%s", message))
	return f, false
}

// merge adds the fields that merge keys name and that the mapping has not got
// itself; of two sources the earlier wins. Each source is visited once however
// often it is named.
func (r *yamlReader) merge(n *Node, merges []*yaml.Node, depth int) {
	has := make(map[string]bool, len(n.Fields))
	for _, f := range n.Fields {
		has[f.Key] = true
	}
	visited := map[*Node]bool{n: true}
	for i, m := range merges {
		if i > 0 {
			r.diags = append(r.diags, errorAt(ruleDuplicate, r.place(m), `merge key "<<" is given twice: name all sources in one list`))
			return
		}
		for _, from := range r.mergeSources(m, depth) {
			if visited[from] || r.full {
				continue
			}
			visited[from] = true
			for _, f := range from.Fields {
				if !has[f.Key] {
					has[f.Key] = true
					n.Fields = append(n.Fields, f)
				}
			}
		}
	}
}

// mergeSources reads the value of a merge key: a mapping or a list of them.
// They are counted like any value, as they are as good as written out here.
func (r *yamlReader) mergeSources(y *yaml.Node, depth int) []*Node {
	list := []*yaml.Node{y}
	if y.Kind == yaml.SequenceNode {
		list = y.Content
	}
	var sources []*Node
	for _, s := range list {
		before := len(r.diags)
		n := r.convert(s, depth)
		switch {
		case n.Kind == Mapping:
			sources = append(sources, n)
		case len(r.diags) == before && !r.full:
			r.diags = append(r.diags, errorAt(ruleSyntax, r.place(s), `merge key "<<" takes a mapping, as in "<<: *name", or a list of them`))
		}
	}
	return sources
}
