package model

import "slices"

const rulePatch = "patch"

// MergePatch applies a patch to a tree by the rules of RFC 7396 (Hoffman and
// Snell, 2014), with one difference: taking away what is not there is an error
// at the patch's position. Neither argument is changed; what the patch says
// keeps its positions.
func MergePatch(target, patch *Node) (*Node, Diagnostics) {
	p := &patcher{}
	return p.merge(target, patch, ""), p.diags
}

// patcher collects what is wrong with a patch.
type patcher struct{ diags Diagnostics }

// merge follows MergePatch of RFC 7396, section 2, line by line, but for nulls
// that take nothing away.
func (p *patcher) merge(target, patch *Node, path string) *Node {
	if patch.Kind != Mapping {
		return patch
	}
	merged := &Node{Kind: Mapping, Pos: patch.Pos}
	if target != nil && target.Kind == Mapping {
		merged.Pos, merged.Comment = target.Pos, target.Comment
		merged.Fields = slices.Clone(target.Fields)
	}
	index := make(map[string]int, len(merged.Fields))
	for i := range merged.Fields {
		index[merged.Fields[i].Key] = i
	}
	gone := map[int]bool{}
	for _, f := range patch.Fields {
		i, has := index[f.Key]
		switch {
		case f.Value.Kind == Null && !has:
			p.absent(f, merged.Fields, path)
		case f.Value.Kind == Null:
			gone[i] = true
		case has:
			merged.Fields[i].Value = p.merge(merged.Fields[i].Value, f.Value, path+f.Key+".")
			merged.Fields[i].KeyPos = f.KeyPos
		default:
			merged.Fields = append(merged.Fields, Field{Key: f.Key, KeyPos: f.KeyPos, Value: p.merge(nil, f.Value, path+f.Key+".")})
		}
	}
	if len(gone) > 0 {
		kept := make([]Field, 0, len(merged.Fields))
		for i, f := range merged.Fields {
			if !gone[i] {
				kept = append(kept, f)
			}
		}
		merged.Fields = kept
	}
	return merged
}

// absent reports that a patch takes away what is not there.
func (p *patcher) absent(f Field, there []Field, path string) {
	names := make([]string, len(there))
	for i := range there {
		names[i] = there[i].Key
	}
	hint := ""
	if len(p.diags) < 100 {
		hint = didYouMean(Suggest(f.Key, names))
	}
	p.diags = append(p.diags, errorAt(rulePatch, f.KeyPos, "%s takes away what is not there%s", quote(path+f.Key), hint))
}
