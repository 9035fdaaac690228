package availability

import "context"

// ref names a node of a diagram. 0 is "never", 1 is "always".
type ref int32

// diagram is a reduced ordered binary decision diagram (Bryant, 1986) of
// failures: each node asks whether one thing has failed. Nodes are numbered
// after their children. Functions that mean the same have the same ref.
type diagram struct {
	ctx     context.Context
	nodes   []decision
	unique  map[decision]ref
	known   map[operation]ref
	maximum int
	steps   int
	full    bool // the limit was reached: refs made since mean nothing
}

// decision asks for a variable: ok when it has not failed, else bad.
type decision struct {
	variable int32
	ok, bad  ref
}

type operation struct {
	and  bool
	a, b ref
}

// last is the variable of the two constants: behind all others.
const last = int32(1<<31 - 1)

func newDiagram(ctx context.Context, maximum int) *diagram {
	return &diagram{
		ctx: ctx, maximum: maximum, nodes: []decision{{variable: last}, {variable: last}},
		unique: map[decision]ref{}, known: map[operation]ref{},
	}
}

// single is the function "this variable has failed".
func (d *diagram) single(variable int32) ref { return d.node(variable, 0, 1) }

func (d *diagram) node(variable int32, ok, bad ref) ref {
	if ok == bad {
		return ok
	}
	n := decision{variable, ok, bad}
	if r, found := d.unique[n]; found {
		return r
	}
	if len(d.nodes) >= d.maximum {
		d.full = true
		return 0
	}
	d.nodes = append(d.nodes, n)
	d.unique[n] = ref(len(d.nodes) - 1)
	return ref(len(d.nodes) - 1)
}

func (d *diagram) or(a, b ref) ref {
	switch {
	case a == 1 || b == 1:
		return 1
	case a == 0 || a == b:
		return b
	case b == 0:
		return a
	}
	return d.apply(operation{false, min(a, b), max(a, b)})
}

func (d *diagram) and(a, b ref) ref {
	switch {
	case a == 0 || b == 0:
		return 0
	case a == 1 || a == b:
		return b
	case b == 1:
		return a
	}
	return d.apply(operation{true, min(a, b), max(a, b)})
}

// stepsPerNode bounds the work, which may outgrow the nodes it makes.
const stepsPerNode = 16

// apply recurses at most once for each variable.
func (d *diagram) apply(o operation) ref {
	if r, found := d.known[o]; found {
		return r
	}
	d.steps++
	if d.steps > stepsPerNode*d.maximum || d.steps%65536 == 0 && d.ctx.Err() != nil {
		d.full = true
	}
	if d.full {
		return 0
	}
	a, b := d.nodes[o.a], d.nodes[o.b]
	variable := min(a.variable, b.variable)
	if a.variable != variable {
		a.ok, a.bad = o.a, o.a
	}
	if b.variable != variable {
		b.ok, b.bad = o.b, o.b
	}
	op := d.or
	if o.and {
		op = d.and
	}
	ok, bad := op(a.ok, b.ok), op(a.bad, b.bad)
	r := d.node(variable, ok, bad)
	d.known[o] = r
	return r
}

// likely gives, for every node, the probability that its function holds when
// variable i fails with probability fail[i]. known holds those of the first
// nodes, as given before.
func (d *diagram) likely(fail, known []float64) []float64 {
	p := append(known, make([]float64, len(d.nodes)-len(known))...)
	p[1] = 1
	for i := max(2, len(known)); i < len(d.nodes); i++ { // children have smaller numbers
		n := d.nodes[i]
		q := fail[n.variable]
		p[i] = float64((1-q)*p[n.ok]) + float64(q*p[n.bad])
	}
	return p
}

// sensitivity gives, for every variable, P(root | failed) - P(root | not
// failed): Birnbaum's importance.
func (d *diagram) sensitivity(root ref, fail, likely []float64) []float64 {
	b := make([]float64, len(fail))
	weight := make([]float64, len(d.nodes)) // probability to come by a node
	weight[root] = 1
	for i := int(root); i >= 2; i-- {
		n, w := d.nodes[i], weight[i]
		if w == 0 {
			continue
		}
		q := fail[n.variable]
		b[n.variable] += float64(w * (likely[n.bad] - likely[n.ok]))
		weight[n.ok] += float64(w * (1 - q))
		weight[n.bad] += float64(w * q)
	}
	return b
}
