package importer

import (
	"math"
	"strconv"
	"strings"

	"github.com/taut-dev/taut/model"
)

// value is a piece of text with its place. Values are secrets until proven to
// be the name of something: they are looked at and never copied to the result.
type value struct {
	text string
	pos  model.Pos
}

// entry is a value under a key: a variable, a dependency, a network.
type entry struct {
	key string
	value
	soft  bool   // of a dependency: required: false
	extra string // of a dependency: its condition; of a mount: its source
	read  bool   // of a mount: read-only
	names []value
}

// container is what files say about one service, as far as the importer reads:
// this struct is the allow-list.
type container struct {
	name          string
	pos           model.Pos
	image         value
	built         bool
	containerName value
	hostname      value
	networkMode   value
	command       []value
	entrypoint    []value
	env           []entry // by variable
	envFiles      []value
	depends       []entry // by service
	links         []value
	volumesFrom   []value
	mounts        []entry // by target path
	networks      []entry // by network
	published     bool
	memory        int64 // bytes; 0: not given
	replicas      int   // 0: not given
	healthCheck   bool
	extends       entry    // key: service, extra: file
	cleared       []string // keys whose earlier values go: !reset, !override
}

// project is what one file, or several merged, say.
type project struct {
	name     string
	pos      model.Pos
	services []*container
	includes []value
}

// reader turns trees into projects and collects what was wrong.
type reader struct{ found model.Diagnostics }

func (r *reader) say(s model.Severity, rule string, pos model.Pos, message, hint string) {
	r.found = append(r.found, model.Diagnostic{Rule: rule, Severity: s, Pos: pos, Message: message, Hint: hint})
}

// odd reports a shape that the format does not have. It never quotes.
func (r *reader) odd(n *model.Node, key, want string) {
	r.say(model.Warning, "import-ignored", n.Pos, strconv.Quote(key)+" is ignored here", "expected "+want)
}

func (r *reader) project(root *model.Node) project {
	p := project{pos: root.Pos}
	if n, ok := scalar(root.Get("name")); ok {
		p.name = n.text
	}
	for _, n := range items(root.Get("include")) {
		if n.Kind == model.Mapping {
			n = n.Get("path")
		}
		p.includes = append(p.includes, r.list(n, "include")...)
	}
	services := root.Get("services")
	if services == nil || services.Kind != model.Mapping {
		return p
	}
	for _, f := range services.Fields {
		if f.Value.Kind != model.Mapping {
			r.say(model.Error, "import-shape", f.KeyPos, "a service is not a mapping", "give it an image or a build")
			continue
		}
		p.services = append(p.services, r.container(f))
	}
	return p
}

func (r *reader) container(f model.Field) *container {
	n := f.Value
	c := &container{name: f.Key, pos: f.KeyPos}
	c.image, _ = scalar(n.Get("image"))
	c.built = n.Get("build") != nil
	c.containerName, _ = scalar(n.Get("container_name"))
	c.hostname, _ = scalar(n.Get("hostname"))
	c.networkMode, _ = scalar(n.Get("network_mode"))
	c.command = r.words(n.Get("command"), "command")
	c.entrypoint = r.words(n.Get("entrypoint"), "entrypoint")
	c.env = r.entries(n.Get("environment"), "environment")
	c.envFiles = r.envFiles(n.Get("env_file"))
	c.depends = r.depends(n.Get("depends_on"))
	c.links = r.list(n.Get("links"), "links")
	c.volumesFrom = r.list(n.Get("volumes_from"), "volumes_from")
	c.mounts = r.mounts(n.Get("volumes"))
	c.networks = r.networks(n.Get("networks"))
	c.published = r.published(n.Get("ports"))
	c.memory = memory(n)
	c.replicas = replicas(n)
	c.healthCheck = healthCheck(n.Get("healthcheck"))
	c.extends = r.extends(n.Get("extends"))
	for _, f := range n.Fields {
		if f.Value.Tag == "!reset" || f.Value.Tag == "!override" {
			c.cleared = append(c.cleared, f.Key)
		}
	}
	return c
}

func scalar(n *model.Node) (value, bool) {
	if n == nil || n.Kind != model.Scalar {
		return value{}, false
	}
	return value{n.Text, n.Pos}, true
}

// items gives the members of a list, or the one thing that stands for a list.
func items(n *model.Node) []*model.Node {
	switch {
	case n == nil || n.Kind == model.Null:
		return nil
	case n.Kind == model.Sequence:
		return n.Items
	}
	return []*model.Node{n}
}

// list reads words: a list of them or one.
func (r *reader) list(n *model.Node, key string) []value {
	var out []value
	for _, i := range items(n) {
		if v, ok := scalar(i); ok {
			out = append(out, v)
		} else {
			r.odd(i, key, "a list of words")
		}
	}
	return out
}

// words reads a command line: a list, or one text to split at blanks.
func (r *reader) words(n *model.Node, key string) []value {
	if n == nil || n.Kind != model.Scalar {
		return r.list(n, key)
	}
	var out []value
	for _, w := range strings.Fields(n.Text) {
		out = append(out, value{strings.Trim(w, `"'`), n.Pos})
	}
	return out
}

// entries reads a mapping of values or a list of KEY=VALUE. A key without a
// value would be taken from the machine: it is left out.
func (r *reader) entries(n *model.Node, key string) []entry {
	var out []entry
	if n != nil && n.Kind == model.Mapping {
		for _, f := range n.Fields {
			if v, ok := scalar(f.Value); ok {
				out = append(out, entry{key: f.Key, value: v})
			}
		}
		return out
	}
	for _, v := range r.list(n, key) {
		if k, text, ok := strings.Cut(v.text, "="); ok {
			out = append(out, entry{key: k, value: value{text, v.pos}})
		}
	}
	return out
}

func (r *reader) envFiles(n *model.Node) []value {
	var out []value
	for _, i := range items(n) {
		if i.Kind == model.Mapping {
			i = i.Get("path")
		}
		out = append(out, r.list(i, "env_file")...)
	}
	return out
}

func (r *reader) depends(n *model.Node) []entry {
	var out []entry
	if n == nil || n.Kind != model.Mapping {
		for _, v := range r.list(n, "depends_on") {
			out = append(out, entry{key: v.text, value: v})
		}
		return out
	}
	for _, f := range n.Fields {
		e := entry{key: f.Key, value: value{f.Key, f.KeyPos}}
		if v, ok := scalar(f.Value.Get("condition")); ok {
			e.extra = v.text
		}
		required, _ := scalar(f.Value.Get("required"))
		e.soft = required.text == "false"
		out = append(out, e)
	}
	return out
}

func (r *reader) networks(n *model.Node) []entry {
	var out []entry
	if n == nil || n.Kind != model.Mapping {
		for _, v := range r.list(n, "networks") {
			out = append(out, entry{key: v.text, value: v})
		}
		return out
	}
	for _, f := range n.Fields {
		e := entry{key: f.Key, value: value{f.Key, f.KeyPos}}
		e.names = r.list(f.Value.Get("aliases"), "aliases")
		out = append(out, e)
	}
	return out
}

// mounts reads volumes that have a name; folders of the machine are left out.
func (r *reader) mounts(n *model.Node) []entry {
	var out []entry
	for _, i := range items(n) {
		var e entry
		switch i.Kind {
		case model.Scalar:
			parts := strings.SplitN(i.Text, ":", 3)
			if len(parts) > 1 {
				e.extra, e.key = parts[0], parts[1]
			}
			e.read = len(parts) > 2 && hasOption(parts[2], "ro")
		case model.Mapping:
			source, _ := scalar(i.Get("source"))
			target, _ := scalar(i.Get("target"))
			kind, _ := scalar(i.Get("type"))
			readOnly, _ := scalar(i.Get("read_only"))
			if kind.text == "volume" || kind.text == "" {
				e.extra, e.key, e.read = source.text, target.text, readOnly.text == "true"
			}
		default:
			r.odd(i, "volumes", "SOURCE:TARGET or a mapping")
		}
		e.pos = i.Pos
		if isHostName(e.extra) && e.extra[0] != '.' {
			out = append(out, e)
		}
	}
	return out
}

func hasOption(options, want string) bool {
	for o := range strings.SplitSeq(options, ",") {
		if o == want {
			return true
		}
	}
	return false
}

// published says whether a port is published to others than this machine.
func (r *reader) published(n *model.Node) bool {
	for _, i := range items(n) {
		var host string
		switch i.Kind {
		case model.Scalar:
			host = i.Text
		case model.Mapping:
			v, _ := scalar(i.Get("host_ip"))
			host = v.text + ":"
		default:
			r.odd(i, "ports", "a port or a mapping")
			continue
		}
		if !strings.HasPrefix(host, "127.") && !strings.HasPrefix(host, "localhost:") && !strings.HasPrefix(host, "[::1]") && !strings.HasPrefix(host, "::1:") {
			return true
		}
	}
	return false
}

func (r *reader) extends(n *model.Node) entry {
	if v, ok := scalar(n); ok {
		return entry{key: v.text, value: v}
	}
	service, _ := scalar(n.Get("service"))
	file, _ := scalar(n.Get("file"))
	return entry{key: service.text, value: service, extra: file.text}
}

// memory is the limit of one container in bytes.
func memory(n *model.Node) int64 {
	v, ok := scalar(n.Get("deploy").Get("resources").Get("limits").Get("memory"))
	if !ok {
		v, _ = scalar(n.Get("mem_limit"))
	}
	return bytesOf(v.text)
}

// bytesOf reads 512M, 1.5g, 64kb: powers of 1024 all, as the format has it.
func bytesOf(text string) int64 {
	text = strings.TrimSuffix(strings.ToLower(strings.TrimSpace(text)), "b")
	unit := 1.0
	if n := len(text); n > 0 {
		if i := strings.IndexByte("kmgt", text[n-1]); i >= 0 {
			unit = math.Pow(1024, float64(i+1))
			text = text[:n-1]
		}
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || !(f > 0 && f*unit < 1<<50) {
		return 0
	}
	return int64(f * unit)
}

func replicas(n *model.Node) int {
	v, ok := scalar(n.Get("deploy").Get("replicas"))
	if !ok {
		v, _ = scalar(n.Get("scale"))
	}
	count, err := strconv.Atoi(v.text)
	if err != nil || count < 1 || count > 1_000_000 {
		return 0
	}
	return count
}

func healthCheck(n *model.Node) bool {
	if n == nil || n.Kind != model.Mapping {
		return false
	}
	off, _ := scalar(n.Get("disable"))
	return off.text != "true" && n.Get("test") != nil
}
