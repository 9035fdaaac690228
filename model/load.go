package model

import (
	"io/fs"
	"slices"
	"strings"
)

// LoadOptions says how a file is loaded.
type LoadOptions struct {
	Prefix string // put before every file name in positions, as "shop/"
	Limits Limits
}

// Load reads an architecture file and everything it includes, YAML or JSON by
// content. The root of fsys is the folder of the file: nothing outside it is
// ever opened. The System is nil if and only if there are errors; all errors of
// all files are given in one run, by place.
func Load(fsys fs.FS, name string, o LoadOptions) (*System, Diagnostics) {
	l := &loader{fsys: fsys, prefix: o.Prefix, lim: o.Limits.orDefault(), root: name}
	data, problem := l.read(name)
	if problem != "" {
		rule, pos := ruleFile, Pos{File: o.Prefix + name}
		if strings.HasPrefix(problem, "limit ") {
			rule, pos.Line, pos.Col = ruleLimit, 1, 1
		}
		return nil, Diagnostics{errorAt(rule, pos, "cannot read %s: %s", quote(o.Prefix+name), problem)}
	}
	sys, diags := parseFile(o.Prefix+name, data, l.lim, false)
	if sys == nil {
		return nil, diags.Sorted()
	}
	files, more := l.includes(sys)
	diags = append(diags, more...)
	parts, more := l.parse(files)
	diags = append(append(diags, more...), combine(sys, parts)...)
	return finish(sys, diags, l.lim)
}

// Parse reads one file that is already in memory. It includes nothing: an
// include key is an error.
func Parse(name string, data []byte, lim Limits) (*System, Diagnostics) {
	lim = lim.orDefault()
	sys, diags := parseFile(name, data, lim, false)
	if sys == nil {
		return nil, diags.Sorted()
	}
	if len(sys.Include) > 0 {
		diags = append(diags, errorAt(ruleInclude, sys.At("include"), `"include" needs a folder to read from: give taut the file itself`))
	}
	return finish(sys, diags, lim)
}

// parseFile reads one file without resolving anything. The System is nil if
// the text itself is broken.
func parseFile(name string, data []byte, lim Limits, included bool) (*System, Diagnostics) {
	s, diags := newSource(name, data, lim)
	if s == nil {
		return nil, diags
	}
	root, diags := s.tree()
	if root == nil || slices.ContainsFunc(diags, func(d Diagnostic) bool { return d.Rule != ruleDuplicate }) {
		return nil, diags
	}
	sys, more := decodeFile(root, lim, included)
	diags = append(diags, more...)
	sys.Suppressions, more = s.suppressions(root)
	return sys, append(diags, more...)
}

// tree reads JSON or YAML by content. A flow mapping of YAML starts like JSON:
// what is not quite JSON is read as YAML, unless the name says JSON.
func (s *source) tree() (*Node, Diagnostics) {
	start := strings.TrimLeft(s.text, " \t\r\n")
	named := strings.HasSuffix(s.name, ".json")
	if !named && !strings.HasPrefix(start, "{") && !strings.HasPrefix(start, "[") {
		return readYAML(s)
	}
	root, diags, isJSON := readJSON(s)
	if isJSON || named {
		return root, diags
	}
	yamlRoot, yamlDiags := readYAML(s)
	quoted := strings.HasPrefix(strings.TrimLeft(start[1:], " \t\r\n"), `"`)
	if quoted && (yamlRoot == nil || slices.ContainsFunc(yamlDiags, func(d Diagnostic) bool { return d.Rule == ruleSyntax })) {
		return nil, diags
	}
	return yamlRoot, yamlDiags
}
