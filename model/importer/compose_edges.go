package importer

import (
	"slices"
	"strings"

	"github.com/taut-dev/taut/model"
)

// edge is what one container needs of another, and how we know.
type edge struct {
	to    *container
	pos   model.Pos // of the first place where it is visible
	basis []string  // where it is visible, in reading order
	hard  bool      // some place says that it must be there
}

// edges are those of one container, in the order they were found.
type edges struct {
	list []*edge
	at   map[*container]*edge
}

// add notes that a container is seen to need another. Every place where that is
// visible is kept; one of them that says "must" is enough.
func (e *edges) add(to *container, pos model.Pos, basis string, hard bool) {
	if e.at == nil {
		e.at = map[*container]*edge{}
	}
	x := e.at[to]
	if x == nil {
		x = &edge{to: to, pos: pos}
		e.at[to] = x
		e.list = append(e.list, x)
	}
	if !slices.Contains(x.basis, basis) {
		x.basis = append(x.basis, basis)
	}
	x.hard = x.hard || hard
}

// finder finds the edges of a project.
type finder struct {
	r      *reader
	vars   variables
	byName map[string]*container // of services
	hosts  map[string]*container // everything a container answers to, lower case
	names  []string              // of services
	others map[string]*container // hosts outside of the files
	env    map[string][]entry    // env_file by file name
	count  [basisKinds]int
}

// The places where edges are visible, in the order of the coverage line.
const (
	fromDependsOn = iota
	fromLinks
	fromEnvironment
	fromCommands
	fromOthers
	basisKinds
)

// newFinder learns all names that containers answer to.
func newFinder(r *reader, p project, vars variables, env map[string][]entry) *finder {
	f := &finder{r: r, vars: vars, env: env, byName: map[string]*container{}, hosts: map[string]*container{}, others: map[string]*container{}}
	for _, c := range p.services {
		f.byName[c.name] = c
		f.names = append(f.names, c.name)
		f.hosts[strings.ToLower(c.name)] = c
	}
	// Names of services win over other names, and the first of equals wins.
	for _, c := range p.services {
		for _, v := range aliases(c) {
			name := strings.ToLower(vars.expand(v.text))
			if f.hosts[name] == nil && isHostName(name) {
				f.hosts[name] = c
			}
		}
	}
	return f
}

// aliases are the names besides that of the service: they are hosts on the
// networks of the project.
func aliases(c *container) []value {
	names := []value{c.containerName, c.hostname}
	for _, n := range c.networks {
		names = append(names, n.names...)
	}
	return names
}

// edges collects everything that a container is seen to need.
func (f *finder) edges(c *container) []*edge {
	var e edges
	for _, d := range c.depends {
		hard := !d.soft && d.extra != finished // what has ended cannot fail any more
		f.named(&e, c, d.value, dependsBasis(d), hard, fromDependsOn)
	}
	own := map[string]*container{}
	for _, l := range c.links {
		name, alias, _ := strings.Cut(f.vars.expand(l.text), ":")
		if to := f.named(&e, c, value{name, l.pos}, "links", true, fromLinks); to != nil && alias != "" {
			own[strings.ToLower(alias)] = to
		}
	}
	for _, v := range c.volumesFrom {
		name, _, _ := strings.Cut(strings.TrimPrefix(v.text, "container:"), ":")
		f.named(&e, c, value{name, v.pos}, "volumes_from", true, fromOthers)
	}
	if name, ok := strings.CutPrefix(c.networkMode.text, "service:"); ok {
		f.named(&e, c, value{name, c.networkMode.pos}, "network_mode", true, fromOthers)
	}
	f.environment(&e, c, own)
	f.commands(&e, c, own)
	return e.list
}

// finished is the condition of a start order that waits for the end of a job.
const finished = "service_completed_successfully"

// dependsBasis words a start order: that is what depends_on is, not a call.
func dependsBasis(d entry) string {
	if d.extra == finished {
		return "depends_on (runs to its end first)"
	}
	return "depends_on (start order)"
}

// named adds an edge to a service that is named as such.
func (f *finder) named(e *edges, from *container, v value, basis string, hard bool, kind int) *container {
	to := f.byName[f.vars.expand(v.text)]
	if to == nil {
		to = f.hosts[strings.ToLower(f.vars.expand(v.text))]
	}
	if to == nil {
		f.r.say(model.Warning, "import-missing", v.pos, missing(v.text, kind), f.nearest(v.text))
		return nil
	}
	f.add(e, from, to, v.pos, basis, hard, kind)
	return to
}

// missing says what is no service. Only what stands in depends_on as it is, and can
// be the name of a service, is quoted.
func missing(name string, kind int) string {
	if kind == fromDependsOn && isHostName(name) {
		return "\"depends_on\" names \"" + name + "\", which is not a service of the given files"
	}
	return "what is named here is not a service of the given files"
}

// add counts and adds an edge. A container that names itself, as brokers do that
// advertise their address, needs nobody for it.
func (f *finder) add(e *edges, from, to *container, pos model.Pos, basis string, hard bool, kind int) {
	if to == from {
		return
	}
	if x := e.at[to]; x == nil || !slices.Contains(x.basis, basis) {
		f.count[kind]++
	}
	e.add(to, pos, basis, hard)
}

// environment looks for names of containers in the values of variables.
func (f *finder) environment(e *edges, c *container, own map[string]*container) {
	vars := slices.Clone(c.env)
	for _, file := range c.envFiles {
		vars = append(vars, f.env[base(f.vars.expand(file.text))]...)
	}
	for _, v := range vars {
		hosts, bare := hostsIn(f.vars.expand(v.text))
		if namesHost(v.key) {
			hosts = append(hosts, bare...)
		}
		for _, host := range hosts {
			if to := f.host(host, own); to != nil {
				f.add(e, c, to, v.pos, variableBasis(v.key), true, fromEnvironment)
			}
		}
		f.elsewhere(e, c, v, own)
	}
}

// variableBasis names the variable, if that is what it is: never the value.
func variableBasis(key string) string {
	if isVariable(key) {
		return "variable " + key
	}
	return "a variable"
}

// commands looks for names of containers in what is run.
func (f *finder) commands(e *edges, c *container, own map[string]*container) {
	words := slices.Concat(c.entrypoint, c.command)
	texts := make([]string, len(words))
	for i, w := range words {
		texts[i] = f.vars.expand(w.text)
	}
	for _, host := range hostsInCommand(texts) {
		if to := f.host(host, own); to != nil {
			f.add(e, c, to, words[0].pos, "command", true, fromCommands)
		}
	}
}

// host finds a container by a host name; aliases of links hold for one service
// only and win there.
func (f *finder) host(name string, own map[string]*container) *container {
	name = strings.ToLower(name)
	if to := own[name]; to != nil {
		return to
	}
	return f.hosts[name]
}
