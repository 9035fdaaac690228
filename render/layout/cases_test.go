package layout

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// drawn is one case: a graph written as lines of text.
type drawn struct {
	name  string
	g     Graph
	o     Options
	names []string
}

// sketch reads "a > b" (call), "a ~ b" (event), "frame f: a b", "frame f in g: a",
// "bar b", "store s under a", "a > b: label".
func sketch(name, text string, o Options) drawn {
	d := drawn{name: name, o: o}
	index := map[string]int{}
	node := func(id string) int {
		i, known := index[id]
		if !known {
			i = len(d.names)
			index[id] = i
			d.names = append(d.names, id)
			d.g.Nodes = append(d.g.Nodes, Node{W: 110, H: 38, Frame: None, Attach: None})
		}
		return i
	}
	frames := map[string]int{}
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		f := strings.Fields(line)
		switch {
		case len(f) == 0:
		case f[0] == "frame":
			parent, rest := None, f[2:]
			if len(f) > 3 && f[2] == "in" {
				parent, rest = frames[strings.TrimSuffix(f[3], ":")], f[4:]
			}
			id := len(d.g.Frames)
			frames[strings.TrimSuffix(f[1], ":")] = id
			d.g.Frames = append(d.g.Frames, Frame{Parent: parent, TitleW: 60, TitleH: 18})
			for _, v := range rest {
				d.g.Nodes[node(v)].Frame = id
			}
		case f[0] == "bar":
			d.g.Nodes[node(f[1])] = Node{W: 160, H: 24, Frame: None, Attach: None, Bar: true}
		case f[0] == "store":
			at := node(f[3])
			d.g.Nodes[node(f[1])] = Node{W: 30, H: 18, Frame: d.g.Nodes[at].Frame, Attach: at}
			d.g.Edges = append(d.g.Edges, Edge{From: at, To: node(f[1])})
		case len(f) == 1:
			node(f[0])
		default:
			e := Edge{Event: f[1] == "~"}
			if fr, ok := frames[strings.TrimPrefix(f[0], "@")]; ok && f[0][0] == '@' {
				e.From = FrameEnd(fr)
			} else {
				e.From = node(f[0])
			}
			e.To = node(strings.TrimSuffix(f[2], ":"))
			if len(f) > 3 {
				e.LabelW, e.LabelH = 50, 14
			}
			d.g.Edges = append(d.g.Edges, e)
		}
	}
	return d
}

const shop = `
storefront > catalogue
storefront > cart
cart > orders
orders > payments
orders > inventory
orders > shipping
orders > email
`

const units = `frame front: web bff
frame core: orders cart pricing
frame back: billing ledger mail
frame deep in back: vault
web > bff
bff > orders
bff > cart
cart > pricing
orders > pricing
orders > billing
billing > ledger
billing > vault
ledger > vault
bff > mail
billing > mail
cart > db
orders > db
`

const boutique = `
frontend > ad
frontend > recommendation
frontend > catalog
frontend > cart
frontend > checkout
frontend > currency
frontend > shipping
recommendation > catalog
checkout > catalog
checkout > cart
checkout > currency
checkout > shipping
checkout > payment
checkout > email
loadgen > frontend
store redis under cart`

func pairs(g Graph) [][2]int {
	var out [][2]int
	for _, e := range g.Edges {
		out = append(out, [2]int{e.From, e.To})
	}
	return out
}

func cases() []drawn {
	out := []drawn{
		sketch("shop", shop, Options{}),
		sketch("shop-lr", shop, Options{Direction: LeftRight}),
		sketch("monolith", "frame shop: storefront catalogue cart orders payments inventory shipping email\n"+shop+"@shop > database", Options{}),
		sketch("monolith-db", "frame shop: storefront catalogue cart orders payments inventory shipping email\n"+shop+"catalogue > database\ncart > database\norders > database\npayments > database\ninventory > database\nshipping > database", Options{}),
		sketch("router", "storefront > catalogue\nstorefront > cart\ncart > orders\nbar router\norders ~ router\nrouter ~ payments\nrouter ~ inventory\nrouter ~ shipping\nrouter ~ email\nstore db1 under catalogue\nstore db2 under payments\nstore db3 under inventory\nstore db4 under shipping", Options{}),
		sketch("router-lr", "storefront > catalogue\nstorefront > cart\ncart > orders\nbar router\norders ~ router\nrouter ~ payments\nrouter ~ inventory\nrouter ~ shipping\nrouter ~ email\nstore db1 under catalogue\nstore db2 under payments\nstore db3 under inventory\nstore db4 under shipping", Options{Direction: LeftRight}),
		sketch("router-both", "bar router\nstorefront > cart\ncart ~ router\nrouter ~ cart\norders ~ router\nrouter ~ orders\npayments ~ router\nrouter ~ payments\ninventory ~ router\nrouter ~ inventory\nshipping ~ router\nrouter ~ shipping\nrouter ~ email\nstore cdb under cart\nstore odb under orders", Options{}),
		sketch("bars", "bar t1\nbar t2\nbar t3\nweb > orders\nweb > users\norders ~ t1\nt1 ~ billing\nt1 ~ shipping\nbilling ~ t2\nt2 ~ mail\nt2 ~ ledger\nusers ~ t3\nt3 ~ mail\nt3 ~ search\nshipping ~ t2", Options{}),
		sketch("cycle", "a > b\nb > c\nc > a\nc > d\nd > e\ne > d\na > d\nb > b", Options{}),
		sketch("hub", "gw > s1\ngw > s2\ngw > s3\ngw > s4\ngw > s5\ngw > s6\ngw > s7\ngw > s8\ns1 > log\ns2 > log\ns3 > log\ns4 > log\ns5 > log\ns6 > log\ns7 > log\ns8 > log\ngw > log", Options{}),
		sketch("labels", "a > b: x\na > c: x\nb > d: x\nc > d: x\na > d: x\nd > a: x\na > a: x", Options{}),
		sketch("units", units, Options{}),
		sketch("boutique", boutique, Options{}),
		sketch("boutique-lr", boutique, Options{Direction: LeftRight}),
		sketch("units-lr", units, Options{Direction: LeftRight}),
		sketch("ranks", "a > b\na > c\nb > c\nc > d: x\na > d\nd > e\ne > a", Options{Ranks: []int{0, 1, 1, 1, 2}}),
		sketch("isolated", "a\nb\nc\nd\ne\nf\ng\nx > y\ny > z", Options{}),
		sketch("monolith-flat", "frame m: a b c d e f g h i j", Options{}),
		sketch("chain", "a > b\nb > c\nc > d\nd > e\ne > f\nf > g", Options{}),
	}
	shopOrder := []int{0, 1, 2, 3, 4, 5, 6, 7}
	grid := &Grid{Columns: 4}
	const frame = "frame shop: storefront catalogue cart orders payments inventory shipping email\n"
	const names = "storefront\ncart\norders\ncatalogue\npayments\ninventory\nshipping\nemail\n"
	out = append(out,
		sketch("grid-monolith", frame+shop+"@shop > database", Options{Grid: grid, Order: shopOrder}),
		sketch("grid-monolith2", names+shop, Options{Grid: grid}),
		sketch("grid-router", names+"bar router\nstorefront > catalogue\nstorefront > cart\ncart > orders\norders ~ router\nrouter ~ payments\nrouter ~ inventory\nrouter ~ shipping\nrouter ~ email\nstore db1 under catalogue\nstore db2 under payments\nstore db3 under inventory\nstore db4 under shipping", Options{Grid: grid, Order: shopOrder}),
		sketch("grid-three", "a\nb\nc\nd\ne\nf\ng\nh\ni\na > b: x\na > c: x\na > e\na > h\nb > g\nc > i\nf > a\ng > i\ni > g\nd > e\ne > d", Options{Grid: &Grid{Columns: 3}}),
		sketch("grid-both", "bar r\na\nb\nc\nd\ne\nf\na ~ r\nb ~ r\nr ~ b\nr ~ d\nd ~ r\nr ~ e\nr ~ f\na > d", Options{Grid: &Grid{Columns: 3}}),
	)
	b := sketch("grid-arranged", boutique, Options{Grid: &Grid{Columns: 4}})
	b.o.Grid.Cells = ArrangeCells(len(b.g.Nodes)-1, 4, pairs(b.g))
	out = append(out, b)
	for _, n := range []int{12, 20, 40} {
		out = append(out, random(fmt.Sprintf("random-%d", n), n, n*7/5, 0, uint64(n)))
	}
	out = append(out, random("tangled", 14, 40, 0, 5), random("framed-24", 24, 36, 4, 3), random("framed-40", 40, 60, 6, 4))
	return out
}

// random makes a graph like an architecture: services call older ones, mostly in
// their own frame; some are popular; a few calls go back.
func random(name string, n, edges, frames int, seed uint64) drawn {
	r := rand.New(rand.NewPCG(seed, 7))
	d := drawn{name: name}
	for range frames {
		d.g.Frames = append(d.g.Frames, Frame{Parent: None, TitleW: 60, TitleH: 18})
	}
	for i := range n {
		f := None
		if frames > 0 {
			f = i % frames
		}
		d.g.Nodes = append(d.g.Nodes, Node{W: 90 + float64(r.IntN(5))*10, H: 38, Frame: f, Attach: None})
	}
	pool := []int{0}
	seen := map[[2]int]bool{}
	for tries := 0; len(d.g.Edges) < edges && tries < edges*20; tries++ {
		u := 1 + r.IntN(n-1)
		v := pool[r.IntN(len(pool))]
		if frames > 0 && r.IntN(10) < 7 {
			v = u%frames + r.IntN(u/frames+1)*frames
		} else if r.IntN(3) == 0 {
			v = r.IntN(u)
		}
		if u == v || seen[[2]int{u, v}] {
			continue
		}
		seen[[2]int{u, v}] = true
		pool = append(pool, v)
		if r.IntN(25) == 0 {
			u, v = v, u
		}
		d.g.Edges = append(d.g.Edges, Edge{From: u, To: v, Event: r.IntN(4) == 0})
	}
	return d
}
