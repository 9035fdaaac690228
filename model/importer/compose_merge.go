package importer

import (
	"path"
	"slices"
	"strings"

	"github.com/taut-dev/taut/model"
)

// over puts what a later file says over what earlier ones said: single values
// replace, lists and mappings join by key.
func (c *container) over(later *container) {
	for _, key := range later.cleared {
		c.clear(key)
	}
	replace(&c.image, later.image)
	replace(&c.containerName, later.containerName)
	replace(&c.hostname, later.hostname)
	replace(&c.networkMode, later.networkMode)
	c.built = c.built || later.built
	if later.command != nil {
		c.command = later.command
	}
	if later.entrypoint != nil {
		c.entrypoint = later.entrypoint
	}
	c.env = join(c.env, later.env)
	c.depends = join(c.depends, later.depends)
	c.mounts = join(c.mounts, later.mounts)
	c.networks = join(c.networks, later.networks)
	c.envFiles = slices.Concat(c.envFiles, later.envFiles) // never append: containers are copied
	c.links = slices.Concat(c.links, later.links)
	c.volumesFrom = slices.Concat(c.volumesFrom, later.volumesFrom)
	c.published = c.published || later.published
	c.healthCheck = c.healthCheck || later.healthCheck
	if later.memory != 0 {
		c.memory = later.memory
	}
	if later.replicas != 0 {
		c.replicas = later.replicas
	}
	if later.extends.key != "" {
		c.extends = later.extends
	}
}

// clear forgets what earlier files said under a key (!reset, !override).
func (c *container) clear(key string) {
	switch key {
	case "command":
		c.command = nil
	case "entrypoint":
		c.entrypoint = nil
	case "environment":
		c.env = nil
	case "env_file":
		c.envFiles = nil
	case "depends_on":
		c.depends = nil
	case "links":
		c.links = nil
	case "volumes":
		c.mounts = nil
	case "networks":
		c.networks = nil
	case "ports":
		c.published = false
	}
}

// replace lets a later single value win if it is given at all.
func replace(v *value, later value) {
	if later.text != "" {
		*v = later
	}
}

// join lets later entries replace earlier ones of the same key, in their place.
func join(earlier, later []entry) []entry {
	at := make(map[string]int, len(earlier)+len(later))
	var out []entry
	for _, list := range [][]entry{earlier, later} {
		for _, e := range list {
			if i, ok := at[e.key]; ok {
				out[i] = e
				continue
			}
			at[e.key] = len(out)
			out = append(out, e)
		}
	}
	return out
}

// mergeProjects puts files over one another, in order.
func mergeProjects(files []project) project {
	merged := project{pos: files[0].pos}
	at := map[string]*container{}
	for _, p := range files {
		if p.name != "" {
			merged.name = p.name
		}
		merged.includes = append(merged.includes, p.includes...)
		for _, c := range p.services {
			if was := at[c.name]; was != nil {
				was.over(c)
				continue
			}
			own := *c
			at[c.name] = &own
			merged.services = append(merged.services, &own)
		}
	}
	return merged
}

// extender resolves `extends` within the given files.
type extender struct {
	r      *reader
	files  map[string]project // by name as given and by base name
	merged map[string]*container
	state  map[*container]int // 1: being resolved, 2: done
}

// mostExtended is how long a chain of `extends` may be.
const mostExtended = 64

// resolve puts a service over what it extends. A service of an unknown file or
// name, and one that extends itself, is left as it is and reported.
func (x *extender) resolve(c *container, depth int) {
	if x.state[c] == 2 || c.extends.key == "" {
		return
	}
	if x.state[c] == 1 || depth > mostExtended {
		x.r.say(model.Error, "import-cycle", c.extends.pos, "services extend one another in a circle", "let one of them stand by itself")
		c.extends = entry{}
		return
	}
	x.state[c] = 1
	from := x.find(c.extends)
	if from == nil {
		x.r.say(model.Warning, "import-missing", c.extends.pos, "what this service extends is not in the given files", "give the file that declares it as well")
	} else {
		x.resolve(from, depth+1)
		base := *from
		base.name, base.pos = c.name, c.pos
		base.over(c)
		*c = base
	}
	x.state[c] = 2
}

// find looks in the given files only. A path that leads out of the folder is not
// followed, even if a file of that name was given.
func (x *extender) find(e entry) *container {
	if e.extra == "" {
		return x.merged[e.key]
	}
	p, ok := x.files[path.Clean(e.extra)]
	if !ok {
		p, ok = x.files[path.Base(e.extra)]
	}
	if !ok || strings.Contains(e.extra, "..") {
		return nil
	}
	for _, c := range p.services {
		if c.name == e.key {
			return c
		}
	}
	return nil
}
