package importer

import (
	"strconv"

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
	external      bool     // a host outside of the files, of which only the name is known
	cleared       []string // keys whose earlier values go: !reset, !override
}

// project is what one file, or several merged, say.
type project struct {
	name     string
	pos      model.Pos
	services []*container
	includes []value
	root     *model.Node // identifies the file
}

// reader turns trees into projects and collects what was wrong.
type reader struct{ found model.Diagnostics }

// say collects a message. It never takes text from a file: even a name may turn
// out to be a secret, and the position tells enough.
func (r *reader) say(s model.Severity, rule string, pos model.Pos, message, hint string) {
	r.found = append(r.found, model.Diagnostic{Rule: rule, Severity: s, Pos: pos, Message: message, Hint: hint})
}

// odd reports a shape that the format does not have. It never quotes.
func (r *reader) odd(n *model.Node, key, want string) {
	r.say(model.Warning, "import-ignored", n.Pos, strconv.Quote(key)+" is ignored here", "expected "+want)
}

// project reads the top of a file. Networks, volumes, secrets and configs are
// known by their use; what they hold is nobody's business.
func (r *reader) project(root *model.Node) project {
	p := project{pos: root.Pos, root: root}
	if n, ok := scalar(root.Get("name")); ok {
		p.name = n.text
	}
	for _, n := range items(root.Get("include")) {
		if n.Kind == model.Mapping {
			n = n.Get("path")
		}
		p.includes = append(p.includes, r.list(n, "include")...)
	}
	r.misspelt(root, fileKeys[:])
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

// container reads one service. Keys that are not named here are not read.
func (r *reader) container(f model.Field) *container {
	n := f.Value
	c := &container{name: f.Key, pos: f.KeyPos}
	r.misspeltIn(n)
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
