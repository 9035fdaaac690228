package model

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"runtime"
	"strings"
	"sync"
)

// Rule names of the errors with files.
const (
	ruleFile    = "file"
	ruleInclude = "include"
)

// loader reads the files of one system.
type loader struct {
	fsys   fs.FS
	prefix string
	root   string
	lim    Limits
	files  int
	total  int
}

// read gives the bytes of a file, and counts them. It looks at the file before
// it opens it, as opening a pipe would wait for ever, and trusts no size, as
// some files have none. The problem is worded to stand behind "cannot read".
func (l *loader) read(name string) (data []byte, problem string) {
	info, err := fs.Stat(l.fsys, name)
	if err != nil {
		return nil, fileProblem(err)
	}
	if !info.Mode().IsRegular() {
		return nil, map[bool]string{true: "it is a folder", false: "it is not a regular file"}[info.IsDir()]
	}
	if l.files++; l.files > l.lim.Files {
		return nil, l.lim.Exceeded("files", "the files of this system")
	}
	f, err := l.fsys.Open(name)
	if err != nil {
		return nil, fileProblem(err)
	}
	data, err = io.ReadAll(io.LimitReader(f, int64(l.lim.File)+1))
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return nil, fileProblem(err)
	}
	if len(data) > l.lim.File {
		return nil, l.lim.Exceeded("file", "this file")
	}
	if l.total += len(data); l.total > l.lim.Total {
		return nil, l.lim.Exceeded("total", "the files of this system together")
	}
	return data, ""
}

// fileProblem words an error of the file system without its long path.
func fileProblem(err error) string {
	var p *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "there is no such file"
	case errors.Is(err, fs.ErrPermission):
		return "permission denied"
	case errors.As(err, &p):
		return Safe(p.Err.Error())
	}
	return Safe(err.Error())
}

// file is an included file that was read.
type file struct {
	name string
	data []byte
}

// includes reads the files that a root file names, each once, in its order.
func (l *loader) includes(sys *System) ([]file, Diagnostics) {
	var files []file
	var diags Diagnostics
	seen := map[string]bool{l.root: true}
	list := sys.spot("include")
	for i, pattern := range sys.Include {
		names, problem := l.match(pattern)
		if problem != "" {
			diags = append(diags, errorAt(ruleInclude, list.item(i), "include %s: %s", quote(pattern), problem))
			continue
		}
		for _, name := range names {
			if seen[name] {
				continue
			}
			seen[name] = true
			data, problem := l.read(name)
			if problem != "" {
				diags = append(diags, errorAt(ruleInclude, list.item(i), "include %s: cannot read %s: %s", quote(pattern), quote(name), problem))
				continue
			}
			files = append(files, file{l.prefix + name, data})
		}
	}
	return files, diags
}

// match gives the files that an include names: one, or those of a pattern
// other than the root file, sorted.
func (l *loader) match(pattern string) (names []string, problem string) {
	clean := path.Clean(pattern)
	switch {
	case strings.Contains(pattern, "://"):
		return nil, "taut reads no files from the network: copy it here"
	case strings.Contains(pattern, `\`):
		return nil, "write / between folders"
	case path.IsAbs(pattern), len(pattern) > 1 && pattern[1] == ':':
		return nil, "absolute paths are not read: give one relative to this file"
	case !fs.ValidPath(clean):
		return nil, "this is outside the folder of the root file: move the file inside"
	case strings.Contains(pattern, "**"):
		return nil, "** is not known: write one * for each folder, as in */*.yaml"
	case clean == l.root:
		return nil, "the file includes itself"
	case !strings.ContainsAny(pattern, "*?["):
		return []string{clean}, ""
	}
	names, err := fs.Glob(l.fsys, clean)
	if err != nil {
		return nil, "this is not a pattern: [ needs a ]"
	}
	if len(names) == 0 {
		return nil, "no file matches"
	}
	return names, ""
}

// parse reads the texts of all files: at once where there are several and the
// machine can, with a result that does not depend on it.
func (l *loader) parse(files []file) ([]*System, Diagnostics) {
	parts := make([]*System, len(files))
	found := make([]Diagnostics, len(files))
	next := make(chan int)
	var workers sync.WaitGroup
	for range min(len(files), runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			for i := range next {
				parts[i], found[i] = parseFile(files[i].name, files[i].data, l.lim, true)
				files[i].data = nil
			}
		})
	}
	for i := range files {
		next <- i
	}
	close(next)
	workers.Wait()
	var diags Diagnostics
	for i := range found {
		diags = append(diags, found[i]...)
	}
	return parts, diags
}

// combine adds what included files say to a system. What can be said once only
// and is said twice is an error that names both places.
func combine(sys *System, parts []*System) Diagnostics {
	d := &decoder{}
	for _, p := range parts {
		if p == nil {
			continue
		}
		for _, k := range p.Keys {
			if first, ok := sys.find(k.Path); ok && (k.Path == "system" || k.Path == "description" || k.Path == "compare") {
				d.twice("key", k.Path, k.Key, first.Key)
			}
		}
		if p.Has("system") && !sys.Has("system") {
			sys.Name = p.Name
		}
		if p.Has("description") && !sys.Has("description") {
			sys.Description = p.Description
		}
		if p.Has("compare") && !sys.Has("compare") {
			sys.Compare = p.Compare
		}
		sys.Keys = append(sys.Keys, p.Keys...)
		sys.Teams = append(sys.Teams, p.Teams...)
		sys.Services = append(sys.Services, p.Services...)
		sys.Stores = append(sys.Stores, p.Stores...)
		sys.Channels = append(sys.Channels, p.Channels...)
		sys.Externals = append(sys.Externals, p.Externals...)
		sys.Platforms = append(sys.Platforms, p.Platforms...)
		sys.Units = append(sys.Units, p.Units...)
		sys.Journeys = append(sys.Journeys, p.Journeys...)
		sys.Designs = append(sys.Designs, p.Designs...)
		sys.Budgets = append(sys.Budgets, p.Budgets...)
		sys.Strengths = append(sys.Strengths, p.Strengths...)
		sys.Suppressions = append(sys.Suppressions, p.Suppressions...)
		sys.Lint.combine(d, &p.Lint)
	}
	if len(parts) > 0 {
		d.onceOverFiles(sys)
	}
	return d.diags
}

// combine adds the lint settings of an included file.
func (l *Lint) combine(d *decoder, p *Lint) {
	if first, ok := l.find("strict"); ok && p.Has("strict") {
		d.twice("key", "lint.strict", p.KeyAt("strict"), first.Key)
	}
	l.Strict = l.Strict || p.Strict
	if l.Pos.IsZero() {
		l.Pos = p.Pos
	}
	l.Keys = append(l.Keys, p.Keys...)
	l.Rules = append(l.Rules, p.Rules...)
	l.Ignore = append(l.Ignore, p.Ignore...)
	l.Custom = append(l.Custom, p.Custom...)
}

// twice reports what is given in two places.
func (d *decoder) twice(noun, name string, pos, first Pos) {
	d.fail(ruleDuplicate, pos, "%s %s is given twice: it stands at %s already", noun, quote(name), first)
	d.diags[len(d.diags)-1].Related = []Related{{Pos: first, Message: "first given here"}}
}

// onceOverFiles finds what several files define; inside one file, equal keys
// are refused before. Ids of elements are checked when they are resolved.
func (d *decoder) onceOverFiles(sys *System) {
	seen := map[string]Pos{}
	once := func(noun, name string, pos Pos) {
		if first, ok := seen[noun+"\x00"+name]; ok {
			d.twice(noun, name, pos, first)
			return
		}
		seen[noun+"\x00"+name] = pos
	}
	for _, x := range sys.Teams {
		once("team", x.ID, x.Pos)
	}
	for _, x := range sys.Journeys {
		once("journey", x.ID, x.Pos)
	}
	for _, x := range sys.Designs {
		once("design", x.ID, x.Pos)
	}
	for _, x := range sys.Budgets {
		once("budget", strings.TrimSuffix(x.Scope+"."+x.Subject, "."), x.Pos)
	}
	for _, x := range sys.Strengths {
		once("strength", x.Factor, x.Pos)
	}
	for _, x := range sys.Lint.Rules {
		once("rule", x.Rule, x.Pos)
	}
}
