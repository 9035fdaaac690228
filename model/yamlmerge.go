package model

import "gopkg.in/yaml.v3"

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
