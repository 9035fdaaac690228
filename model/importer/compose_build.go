package importer

import (
	"strings"

	"github.com/taut-dev/taut/model"
)

// builder makes the system of a project.
type builder struct {
	sys      *model.System
	ids      map[*container]string
	namer    namer
	kinds    map[*container]product
	comments map[[2]string]string // basis by the ids of both ends
	mounted  int                  // edges seen in shared volumes
}

// build gives every container its id first, as edges may point forward.
func build(p project, f *finder) *builder {
	b := &builder{
		sys:      &model.System{Origin: model.Origin{Pos: p.pos}, Version: 1, Name: p.name, Design: "base"},
		ids:      map[*container]string{},
		namer:    namer{taken: map[string]bool{}},
		kinds:    map[*container]product{},
		comments: map[[2]string]string{},
	}
	names := make([]string, len(p.services))
	for i, c := range p.services {
		names[i] = c.name
	}
	known := newCatalogue()
	for i, id := range b.namer.names(names) {
		c := p.services[i]
		b.ids[c] = id
		if kind, _, ok := known.recognise(f.vars.expand(c.image.text), c.name); ok {
			b.kinds[c] = kind
		}
	}
	zones := severalNetworks(p)
	for _, c := range p.services {
		b.add(c, f.edges(c), zones)
	}
	b.sharedVolumes(p)
	return b
}

// severalNetworks says whether the project has zones at all: one network for
// everything separates nothing.
func severalNetworks(p project) bool {
	seen := map[string]bool{}
	for _, c := range p.services {
		for _, n := range c.networks {
			seen[n.key] = true
		}
	}
	return len(seen) > 1
}

// entity is a named thing with the defaults of the language. It keeps its name
// only where the id differs.
func (b *builder) entity(id, name string, pos model.Pos) model.Entity {
	e := model.Entity{Origin: model.Origin{Pos: pos}, ID: id, Tier: 3, Lifecycle: model.Production}
	if name != id {
		e.Name = name
	}
	return e
}

// add makes the service, store or channel that a container is.
func (b *builder) add(c *container, needs []*edge, zones bool) {
	e := b.entity(b.ids[c], c.name, c.pos)
	if zones {
		for _, n := range c.networks {
			e.Tags = append(e.Tags, "network:"+n.key)
		}
	}
	kind, known := b.kinds[c]
	if !known {
		b.addService(c, e, needs)
		return
	}
	e.Description = kind.label
	e.RunsOn = b.grounds(c, kind, needs)
	if kind.store != "" {
		b.sys.Stores = append(b.sys.Stores, &model.Store{Entity: e, Kind: model.StoreKind(kind.store), Runtime: model.Server})
		return
	}
	b.sys.Channels = append(b.sys.Channels, &model.Channel{Entity: e, Kind: model.ChannelKind(kind.channel), Runtime: model.Server})
}

// grounds are what a store or broker needs: it calls nobody, it stands on it.
// Others of its own kind are its cluster and no ground.
func (b *builder) grounds(c *container, kind product, needs []*edge) []model.Ground {
	var on []model.Ground
	for _, x := range needs {
		if other, known := b.kinds[x.to]; known && other.images == kind.images || x.to.external {
			continue // its own cluster, or what it tells others about itself
		}
		on = append(on, model.Ground{Origin: model.Origin{Pos: x.pos}, To: []string{b.ids[x.to]}, AtLeast: 1})
		b.comment(c, x, "")
	}
	return on
}

// comment notes the basis of an edge for the encoded file.
func (b *builder) comment(c *container, x *edge, more string) {
	b.comments[[2]string{b.ids[c], b.ids[x.to]}] = basisText(x.basis) + more + "; " + model.Safe(x.pos.String())
}

// basisText lists the first few places.
func basisText(basis []string) string {
	const shown = 4
	if len(basis) > shown {
		return "basis: " + strings.Join(basis[:shown], ", ") + " and more"
	}
	return "basis: " + strings.Join(basis, ", ")
}

// addService makes a service. A published port makes it an entry point: compose
// has no other word for that. Memory limits and counts of replicas are the only
// numbers about scaling that a compose file has.
func (b *builder) addService(c *container, e model.Entity, needs []*edge) {
	s := &model.Service{
		Entity: e, Volatility: model.LowVolatility, Runtime: model.Container, Exposed: c.published,
	}
	if c.memory > 0 || c.replicas > 0 {
		s.Scaling = &model.Scaling{Concurrency: 1, Min: max(c.replicas, 1), Memory: c.memory, TargetUtilisation: 0.7}
	}
	if c.healthCheck {
		yes := true
		s.Operations = &model.Operations{HealthCheck: &yes}
	}
	for _, x := range needs {
		b.need(s, c, x)
	}
	b.sys.Services = append(b.sys.Services, s)
}

// need is a call, the use of a store, or talking to a broker. What is done with
// a store is not visible, so it is taken for both; whether a broker is sent
// events or asked for them is not visible either, so it is taken for sending:
// that needs the broker up, while who only listens can wait.
func (b *builder) need(s *model.Service, c *container, x *edge) {
	b.outside(x.to)
	at, to := model.Origin{Pos: x.pos}, b.ids[x.to]
	kind, known := b.kinds[x.to]
	if known && kind.channel != "" {
		s.Publishes = append(s.Publishes, model.Publication{Origin: at, To: to, Soft: !x.hard, Calls: 1})
		b.comment(c, x, " (direction unknown: move it to consumes if it only listens)")
		return
	}
	d := model.Dependency{Origin: at, To: []string{to}, AtLeast: 1, Soft: !x.hard, Calls: 1, Access: model.Read, Knows: model.KnowsContract}
	more := ""
	if known {
		d.Access = model.ReadWrite
		more = " (access unknown: taken for both)"
	}
	s.DependsOn = append(s.DependsOn, d)
	b.comment(c, x, more)
}

// outside makes the system of others that a host is, once.
func (b *builder) outside(c *container) {
	if !c.external || b.ids[c] != "" {
		return
	}
	id := b.namer.fresh(slug(c.name))
	b.ids[c] = id
	b.sys.Externals = append(b.sys.Externals, &model.External{Entity: b.entity(id, c.name, c.pos)})
}

// sharedVolumes makes stores of the named volumes that several services mount.
func (b *builder) sharedVolumes(p project) {
	users := map[string]int{}
	for _, c := range p.services {
		for _, v := range distinctVolumes(c) {
			users[v.extra]++
		}
	}
	services := map[string]*model.Service{}
	for _, s := range b.sys.Services {
		services[s.ID] = s
	}
	made := map[string]string{}
	for _, c := range p.services {
		for _, v := range distinctVolumes(c) {
			s := services[b.ids[c]]
			if users[v.extra] < 2 || s == nil {
				continue
			}
			id := made[v.extra]
			if id == "" {
				id = b.namer.fresh(slug(v.extra))
				made[v.extra] = id
				e := b.entity(id, v.extra, v.pos)
				e.Description = "a volume that several services mount"
				b.sys.Stores = append(b.sys.Stores, &model.Store{Entity: e, Kind: "file", Runtime: model.Server})
			}
			b.mount(s, v, id)
		}
	}
}

// mount is the use of a shared volume: read-only mounts only read.
func (b *builder) mount(s *model.Service, v entry, store string) {
	b.mounted++
	access := model.ReadWrite
	if v.read {
		access = model.Read
	}
	s.DependsOn = append(s.DependsOn, model.Dependency{
		Origin: model.Origin{Pos: v.pos}, To: []string{store}, AtLeast: 1, Calls: 1, Access: access, Knows: model.KnowsContract,
	})
	b.comments[[2]string{s.ID, store}] = "basis: volumes; " + model.Safe(v.pos.String())
}

// distinctVolumes are the volumes a container mounts, each once; it may write
// to one if any of the mounts may.
func distinctVolumes(c *container) []entry {
	var out []entry
	at := map[string]int{}
	for _, m := range c.mounts {
		if i, ok := at[m.extra]; ok {
			out[i].read = out[i].read && m.read
			continue
		}
		at[m.extra] = len(out)
		out = append(out, m)
	}
	return out
}

// annotate writes the basis of every edge into the encoded system.
func (b *builder) annotate(root *model.Node) {
	for _, kind := range []string{"services", "stores", "channels"} {
		entities := root.Get(kind)
		if entities == nil {
			continue
		}
		for _, e := range entities.Fields {
			for _, key := range []string{"depends_on", "publishes", "runs_on"} {
				b.annotateEdges(e.Key, e.Value.Get(key))
			}
		}
	}
}

// annotateEdges writes the comments of the edges of one entity under one key.
func (b *builder) annotateEdges(from string, targets *model.Node) {
	if targets == nil {
		return
	}
	for i := range targets.Fields {
		f := &targets.Fields[i]
		f.Comment = b.comments[[2]string{from, f.Key}]
	}
	for _, n := range targets.Items {
		n.Comment = b.comments[[2]string{from, n.Text}]
	}
}
