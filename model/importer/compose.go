package importer

import (
	"bytes"
	"fmt"
	"path"
	"regexp"
	"strings"

	"github.com/taut-dev/taut/model"
)

// composeFormat is the row of the table of formats.
func composeFormat() Format {
	return Format{
		Name:   "compose",
		Doc:    "Docker Compose files (version 2 and the Compose Specification), with overrides and an .env file",
		Detect: isCompose,
		Import: importCompose,
	}
}

// isCompose knows the usual file names, and files whose services have images.
func isCompose(name string, data []byte) bool {
	b := strings.ToLower(base(name))
	if strings.HasPrefix(b, "compose.") || strings.HasPrefix(b, "docker-compose") {
		return strings.HasSuffix(b, ".yaml") || strings.HasSuffix(b, ".yml") || strings.HasSuffix(b, ".json")
	}
	services, image := false, false
	for line := range bytes.Lines(data) {
		text := bytes.TrimRight(line, " \r\n")
		switch {
		case bytes.Equal(text, []byte("services:")):
			services = true
		case bytes.HasPrefix(text, []byte("system:")):
			return false // an architecture file
		}
		key := bytes.TrimLeft(text, " ")
		image = image || bytes.HasPrefix(key, []byte("image:")) || bytes.HasPrefix(key, []byte("build:"))
	}
	return services && image
}

// importCompose reads compose files, later ones as overrides of earlier ones.
func importCompose(files []File, o Options) (Result, model.Diagnostics) {
	r := &reader{}
	in := r.read(files, o)
	if r.found.HasErrors() {
		return Result{}, r.found.Sorted()
	}
	p := mergeProjects(withoutLibraries(in))
	if len(p.services) == 0 {
		r.say(model.Error, "import-empty", p.pos, "no services in the given files", "a compose file declares them under \"services\"")
		return Result{}, r.found.Sorted()
	}
	r.extend(p, in.byFile)
	r.includes(p, in.byFile)
	p.name = systemName(p, files, o)
	f := newFinder(r, p, in.vars, in.env)
	b := build(p, f)
	tree := model.Encode(b.sys)
	sys, more := model.Decode(tree, o.Limits)
	r.found = append(r.found, more...)
	if sys == nil || r.found.HasErrors() {
		return Result{}, r.found.Sorted()
	}
	res := Result{System: sys, Node: tree, Coverage: coverage(b, f, len(in.projects))}
	b.annotate(tree)
	tree.Fields[0].Comment = res.Coverage
	return res, r.found.Sorted()
}

// inputs are the given files, read.
type inputs struct {
	projects []project
	byFile   map[string]project // by path and by base name
	vars     variables
	env      map[string][]entry // other files of variables, by base name
}

// read reads every file. One that cannot be read fails the import.
func (r *reader) read(files []File, o Options) inputs {
	in := inputs{byFile: map[string]project{}, vars: variables{}, env: map[string][]entry{}}
	for _, f := range files {
		if b := base(f.Name); b == ".env" {
			in.vars = readVariables(f.Data)
			in.env[b] = variableEntries(f)
			continue
		} else if strings.HasSuffix(b, ".env") {
			in.env[b] = variableEntries(f)
			continue
		}
		var parts []project
		for _, root := range r.documents(f, o) {
			parts = append(parts, r.project(root))
		}
		if len(parts) == 0 {
			continue
		}
		p := mergeProjects(parts)
		p.root = parts[0].root
		in.projects = append(in.projects, p)
		in.byFile[base(f.Name)] = p
		in.byFile[path.Clean(f.Name)] = p
	}
	if len(in.projects) == 0 && !r.found.HasErrors() {
		r.say(model.Error, "import-empty", model.Pos{}, "none of the given files is a compose file", "")
	}
	return in
}

// documents reads a file as one or more trees. Tags are let through, as overrides
// use !reset and !override; all others mean nothing here.
func (r *reader) documents(f File, o Options) []*model.Node {
	var roots []*model.Node
	var found model.Diagnostics
	if text := bytes.TrimLeft(f.Data, " \t\r\n"); len(text) > 0 && text[0] == '{' {
		root, ds := model.ReadJSON(f.Name, f.Data, o.Limits)
		roots, found = []*model.Node{root}, ds
	} else {
		roots, found = model.ReadDocuments(f.Name, f.Data, model.ReadOptions{Limits: o.Limits, Tags: true})
	}
	r.found = append(r.found, discreet(found)...)
	if found.HasErrors() {
		return nil
	}
	for _, n := range roots {
		if n == nil || n.Kind != model.Mapping {
			r.say(model.Error, "import-shape", model.Pos{File: f.Name, Line: 1, Col: 1}, "not a compose file: its top is not a mapping", "")
			return nil
		}
	}
	return roots
}

// quoted is a word in a message; a few letters are punctuation and no secret.
var quoted = regexp.MustCompile(`"[^"]{4,}"`)

// discreet takes everything out of a reader's messages that may quote the file:
// the word that breaks its syntax may well be a password.
func discreet(found model.Diagnostics) model.Diagnostics {
	var out model.Diagnostics
	for _, d := range found {
		said := model.Diagnostic{Rule: d.Rule, Severity: d.Severity, Pos: d.Pos}
		switch d.Rule {
		case "limit":
			said.Message, said.Hint = d.Message, d.Hint
		case "duplicate-key":
			said.Message = "a key is given twice here"
		case "syntax", "encoding":
			if said.Message = quoted.ReplaceAllString(d.Message, "a word here"); !strings.HasPrefix(d.Message, "not YAML:") && strings.Count(d.Message, `"`)%2 == 0 {
				break
			}
			fallthrough
		default:
			said.Message = "this is not the YAML or JSON of a compose file"
			said.Hint = "a tool for compose files tells more: values may be secrets, so they are not shown here"
		}
		out = append(out, said)
	}
	return out
}

// withoutLibraries leaves out the files that others only extend: their services
// are patterns and run nowhere. The first file always counts.
func withoutLibraries(in inputs) []project {
	extended := map[*model.Node]bool{}
	for _, p := range in.projects {
		for _, c := range p.services {
			if from, ok := in.byFile[path.Clean(c.extends.extra)]; ok && c.extends.extra != "" {
				extended[from.root] = true
			}
		}
	}
	out := in.projects[:1:1]
	for _, p := range in.projects[1:] {
		if !extended[p.root] {
			out = append(out, p)
		}
	}
	return out
}

// variableEntries reads a file that a service may name under env_file. Edges
// found there point at its first line: the file is not one of the structure.
func variableEntries(f File) []entry {
	var out []entry
	line := 0
	for text := range strings.Lines(string(f.Data)) {
		line++
		key, v, ok := strings.Cut(strings.TrimSpace(text), "=")
		if key = strings.TrimSpace(strings.TrimPrefix(key, "export ")); ok && isVariable(key) {
			out = append(out, entry{key: key, value: value{unquoted(strings.TrimSpace(v)), model.Pos{File: f.Name, Line: line, Col: 1}}})
		}
	}
	return out
}

// extend works on the merged services, as the later file may say what to extend.
func (r *reader) extend(p project, files map[string]project) {
	x := &extender{r: r, files: files, merged: map[string]*container{}, state: map[*container]int{}}
	for _, c := range p.services {
		x.merged[c.name] = c
	}
	for _, c := range p.services {
		x.resolve(c, 0)
	}
}

// includes reports what is included and was not given. Nothing is ever fetched.
func (r *reader) includes(p project, files map[string]project) {
	for _, v := range p.includes {
		if _, ok := files[base(v.text)]; !ok {
			r.say(model.Warning, "import-missing", v.pos, "an included file is not among the given files", "give it as well; nothing is fetched")
		}
	}
}

// systemName is what the user says, else the project's name, else the folder.
func systemName(p project, files []File, o Options) string {
	if o.Name != "" {
		return o.Name
	}
	if p.name != "" && !strings.Contains(p.name, "$") {
		return p.name
	}
	if dir := folder(files[0].Name); dir != "" {
		return dir
	}
	return "compose"
}

// coverage is the line that keeps a reader from taking silence for absence.
func coverage(b *builder, f *finder, files int) string {
	return fmt.Sprintf("imported from compose (files %d, services %d, stores %d, channels %d, externals %d); edges seen in depends_on %d, links %d, variables %d, commands %d, shared volumes %d, elsewhere %d; an edge that is only in code or configuration is unknown, not absent",
		files, len(b.sys.Services), len(b.sys.Stores), len(b.sys.Channels), len(b.sys.Externals),
		f.count[fromDependsOn], f.count[fromLinks], f.count[fromEnvironment], f.count[fromCommands], b.mounted, f.count[fromOthers])
}
