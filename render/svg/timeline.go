package svg

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/taut-dev/taut/render/scene"
)

// timelineRules style a picture over time; they come only with one. Demand is
// a whole line, capacity a broken one, and what is beyond capacity is hatched.
const timelineRules = `.spike{fill:$unit}.dm{fill:none;stroke:$ink;stroke-width:1.6;stroke-linejoin:round}.cp{fill:none;stroke:$good;stroke-width:2;stroke-dasharray:7 3}` +
	`.ov{fill:$downbg}.hb{fill:$waitbg}.wt{fill:$fill;fill-opacity:.7}.wl{fill:none;stroke:$event;stroke-width:1.6;stroke-linejoin:round}.pk{fill:$event;stroke:$bg;stroke-width:1.5}` +
	`.pk.clear{fill:$bg;stroke:$event}.ax{stroke:$edge;fill:none}.mk{font-size:11px;font-weight:600;stroke:$bg;stroke-width:3;stroke-linejoin:round;paint-order:stroke}.mk.bad{fill:$bad}`

// timelineInPrint replaces fills by greys and lines.
const timelineInPrint = `.wt{fill:#d8d8d8;fill-opacity:1}.spike{stroke:#999;stroke-dasharray:2 3}`

const (
	laneNames   = 200 // width of the words at the left
	laneTicks   = 62  // and of the numbers beside the first window
	windowGap   = 34
	nearWidth   = 270 // of a close-up
	wholeWidth  = 500
	rateHeight  = 76
	waitHeight  = 46
	laneGap     = 30
	windowTitle = 38 // above the first lane
)

// strip is the place of one small chart: a stretch of time across, values from
// 0 to most upwards.
type strip struct {
	rect
	from, to, most float64
}

func (s strip) px(t float64) float64 {
	return s.x + float64((min(max(t, s.from), s.to)-s.from)/(s.to-s.from)*s.w)
}

func (s strip) py(v float64) float64 { return s.bottom() - float64(v/s.most*s.h) }

// timeline paints one spike over time, a lane for each thing that it concerns.
func (c *canvas) timeline(t *scene.Timeline) content {
	c.seen.timeline = true
	var panes []strip
	x := float64(laneNames + laneTicks)
	for i, w := range t.Windows {
		width := float64(wholeWidth)
		if i < len(t.Windows)-1 {
			width = nearWidth
		}
		if len(t.Windows) == 1 {
			width += nearWidth
		}
		panes = append(panes, strip{rect: rect{x: x, w: width}, from: w.From, to: w.To})
		x += width + windowGap
	}
	height := float64(windowTitle)
	for i := range t.Lanes {
		height += laneHeight(&t.Lanes[i])
	}
	return content{x - windowGap + 30, height + 8, func() {
		for i, p := range panes {
			p.y, p.h = windowTitle, height-windowTitle-laneGap
			c.window(&t.Windows[i], p, t.Spike)
		}
		y := float64(windowTitle)
		for i := range t.Lanes {
			c.lane(t, &t.Lanes[i], panes, y)
			y += laneHeight(&t.Lanes[i])
		}
		used := make([]bool, len(t.Groups))
		for i := range t.Lanes {
			if g := t.Lanes[i].Group; g >= 0 {
				used[g] = true
			}
		}
		c.seen.use(used, t.Groups, t.GroupWord)
	}}
}

// laneHeight is the room of a lane: where nothing waits, there is one chart.
func laneHeight(l *scene.Lane) float64 {
	if l.Waiting == nil {
		return rateHeight + laneGap
	}
	return rateHeight + 12 + waitHeight + laneGap
}

// window paints what all lanes share: the title, the time of the spike and the
// axis, above and below.
func (c *canvas) window(w *scene.Window, p strip, spike float64) {
	c.line(p.x, 10, w.Title, class("fn"))
	c.leaf("rect", append(frame(rect{p.px(0), p.y - 6, p.px(spike) - p.px(0), p.h + 12}), class("spike"))...)
	step := timeStep((p.to - p.from) / math.Max(3, math.Floor(p.w/54)))
	grid := new(path)
	for k := math.Ceil(p.from / step); k*step <= p.to; k++ {
		x := p.px(float64(k * step))
		grid.op('M', x, p.y-6).op('V', p.bottom()+6)
		c.line(x, p.y-11, tick(float64(k*step), step), class("note mid"))
		c.line(x, p.bottom()+20, tick(float64(k*step), step), class("note mid"))
	}
	c.leaf("path", class("cell"), curve(grid))
}

// lane paints the words, the rates and what waits of one thing.
func (c *canvas) lane(t *scene.Timeline, l *scene.Lane, panes []strip, y float64) {
	c.open("g", ident(c.id("t", l.ID)), say("data-id", Text(l.ID)))
	c.element("title", Text(l.Label+": "+l.Tip))
	c.tag(l.Group, 2, y+2, y+18)
	left := 10.0
	if l.Kind == scene.Channel || l.Kind == scene.Queue {
		c.leaf("rect", append(box(rect{0, y + 3, 20, 12}, 6), class("bar"))...)
		left = 26
	}
	c.line(left, y+14, nameFont.line(l.Label, laneNames-left-8), class("cap"))
	line := y + 34
	for _, n := range l.Notes {
		for _, words := range noteFont.paragraph(n, laneNames-24) {
			c.line(10, line, words, class("note"))
			line += 16
		}
	}
	top := niceCeil(peak(l.Demand, l.Capacity))
	wait := niceCeil(l.Most.V * 1.35) // room for words above the line
	for i, p := range panes {
		p.y, p.h, p.most = y, rateHeight, top
		c.rates(l, p, marks(t, l, i))
		if i == 0 {
			c.ticks(p, l.Unit+"/s")
		}
		if l.Waiting == nil {
			continue
		}
		p.y, p.h, p.most = y+rateHeight+12, waitHeight, wait
		c.waiting(l, p, marks(t, l, i))
		if i == 0 {
			c.ticks(p, l.Unit)
		}
	}
	c.end()
}

// ticks writes the ends of a value axis and what it counts.
func (c *canvas) ticks(p strip, unit string) {
	c.line(p.x-8, p.y+9, short(p.most), class("note end"))
	c.line(p.x-8, p.bottom()+1, "0", class("note end"))
	if p.h > 60 {
		c.line(p.x-8, p.cy()+4, short(p.most/2), class("note end"))
	}
	c.open("g", attr{"transform", "translate(" + string(appendNum(nil, p.x-laneTicks+8)) + " " + string(appendNum(nil, p.cy())) + ") rotate(-90)"})
	c.line(0, 0, unit, class("s"))
	c.end()
}

// rates paints demand, capacity, and the demand that is beyond it.
func (c *canvas) rates(l *scene.Lane, p strip, marked bool) {
	c.leaf("path", class("ax"), curve(new(path).op('M', p.x, p.bottom()).op('H', p.right())))
	ground, hatch := lit("ov"), lit("pd")
	if l.Holds {
		ground, hatch = "hb", "pw"
	}
	over := overloads(l, p.from, p.to)
	for _, t := range over {
		d, k := p.py(at0(l.Demand, t[0])), p.py(at0(l.Capacity, t[0]))
		r := rect{p.px(t[0]), d, p.px(t[1]) - p.px(t[0]), k - d}
		c.leaf("rect", append(frame(r), class(ground))...)
		c.leaf("rect", append(frame(r), ref("fill", c.prefix+string(hatch)))...)
		c.seen.overload, c.seen.held = c.seen.overload || !l.Holds, c.seen.held || l.Holds
	}
	c.leaf("path", class("cp"), curve(p.steps(l.Capacity)))
	c.leaf("path", class("dm"), curve(p.steps(l.Demand)))
	if len(over) > 0 && marked {
		c.overloaded(l, p, over[0][0], over[len(over)-1][1])
	}
}

// overloaded says from when to when too much arrives, beside or in the hatching.
func (c *canvas) overloaded(l *scene.Lane, p strip, from, to float64) {
	words, kind := "overloaded until "+scene.Span(to), lit("mk bad")
	if from > 0 {
		words = "overloaded " + scene.Span(from) + " to " + scene.Span(to)
	}
	if l.Holds {
		words, kind = "held back until "+scene.Span(to), "mk"
	}
	if to >= p.to {
		words = "overloaded"
		if l.Holds {
			words = "held back"
		}
	}
	x, w := p.px(to)+8, font{11, true}.width(words)
	if x+w > p.right() {
		x = p.px(max(from, 0)) + 8
	}
	c.line(x, p.clear(x, x+w, (at0(l.Demand, max(from, 0))+at0(l.Capacity, max(from, 0)))/2, l.Demand, l.Capacity), words, class(kind))
}

// clear is the base line, as near to a value as can be, on which no line runs
// through words between two places.
func (s strip) clear(x0, x1, value float64, lists ...[]scene.Sample) float64 {
	const high, low = 11.0, 4.0 // of the letters, above and below the base line
	want := s.py(value) + low
	var lines []float64
	tries := []float64{want}
	for _, list := range lists {
		for i, q := range list {
			if s.px(q.T) < x1 && (i+1 == len(list) || s.px(list[i+1].T) > x0) {
				y := s.py(q.V)
				lines, tries = append(lines, y), append(tries, y-low-2, y+high+2)
			}
		}
	}
	best, far := want, math.Inf(1)
	for _, y := range tries {
		struck := slices.ContainsFunc(lines, func(line float64) bool { return line > y-high && line < y+low })
		if d := math.Abs(y - want); !struck && d < far && y-high >= s.y-8 && y <= s.bottom()-low {
			best, far = y, d
		}
	}
	return best
}

// marks says whether a lane's words stand in this window: in the close-up when
// all of them fit there.
func marks(t *scene.Timeline, l *scene.Lane, i int) bool {
	if len(t.Windows) == 1 {
		return true
	}
	near := !l.Holds && l.Empty >= 0 && l.Empty <= t.Windows[0].To
	return near == (i == 0)
}

// steps is the line of values that hold until the next.
func (s strip) steps(list []scene.Sample) *path {
	out := new(path).op('M', s.x, s.py(at0(list, s.from)))
	for _, q := range list {
		if q.T > s.from && q.T < s.to {
			out.op('H', s.px(q.T)).op('V', s.py(q.V))
		}
	}
	return out.op('H', s.right())
}

// at0 is the value that holds at a time.
func at0(list []scene.Sample, t float64) float64 {
	v := list[0].V
	for _, q := range list {
		if q.T <= t {
			v = q.V
		}
	}
	return v
}

// overloads are the times at which more arrives than can be served, cut where
// either changes.
func overloads(l *scene.Lane, from, to float64) [][2]float64 {
	var out [][2]float64
	t := from
	for t < to {
		next := to
		for _, list := range [...][]scene.Sample{l.Demand, l.Capacity} {
			for _, q := range list {
				if q.T > t {
					next = min(next, q.T)
				}
			}
		}
		if at0(l.Demand, t) > at0(l.Capacity, t) {
			out = append(out, [2]float64{t, next})
		}
		t = next
	}
	return out
}

// waiting paints what waits, where it is most and when it is gone.
func (c *canvas) waiting(l *scene.Lane, p strip, marked bool) {
	line := new(path).op('M', p.x, p.py(waitingAt(l, p.from)))
	for _, q := range l.Waiting {
		if q.T > p.from && q.T < p.to {
			line.op('L', p.px(q.T), p.py(min(q.V, p.most)))
		}
	}
	line.op('L', p.right(), p.py(min(waitingAt(l, p.to), p.most)))
	area := &path{b: append([]byte(nil), line.b...)}
	c.leaf("path", class("wt"), curve(area.op('V', p.bottom()).op('H', p.x).op('Z')))
	c.leaf("path", class("wl"), curve(line))
	c.leaf("path", class("ax"), curve(new(path).op('M', p.x, p.bottom()).op('H', p.right())))
	if marked {
		c.waitMarks(l, p)
	}
}

// waitMarks marks the most that waits, and the end.
func (c *canvas) waitMarks(l *scene.Lane, p strip) {
	var taken []rect
	put := func(t, v float64, words string, kinds ...lit) {
		x, y := p.px(t), p.py(min(v, p.most))
		c.leaf("circle", class(append([]lit{"pk"}, kinds...)...), num("cx", x), num("cy", y), num("r", 4))
		w := font{11, true}.width(words)
		r := rect{x + 8, y - 14, w, 12}
		if r.right() > p.right()+30 || overlaps(taken, r) {
			r.x = x - 8 - w
		}
		r.y = max(p.y-2, min(r.y, p.bottom()-14))
		c.line(r.x, r.y+10, words, class("mk"))
		taken = append(taken, r)
	}
	if l.Most.T > p.from && l.Most.T < p.to {
		put(l.Most.T, l.Most.V, scene.Amount(l.Most.V)+" at most, at "+scene.Span(l.Most.T))
	}
	y := p.y + 8
	if l.Lost > 0 {
		c.line(p.right()-4, y, scene.Amount(l.Lost)+" lost", class("mk bad end"))
		y += 14
	}
	switch {
	case l.Empty < 0:
		c.line(p.right()-4, y, "not drained", class("mk bad end"))
	case l.Empty > p.from && l.Empty < p.to:
		put(l.Empty, 0, "none after "+scene.Span(l.Empty), "clear")
	}
}

// waitingAt is what waits at a time, on the straight line between two samples.
func waitingAt(l *scene.Lane, t float64) float64 {
	a := scene.Sample{}
	for _, b := range l.Waiting {
		if b.T >= t {
			if b.T == a.T {
				return b.V
			}
			return a.V + float64((b.V-a.V)*((t-a.T)/(b.T-a.T)))
		}
		a = b
	}
	if l.Empty < 0 {
		return a.V
	}
	return 0
}

// peak is the largest value of some lines.
func peak(lists ...[]scene.Sample) float64 {
	most := 0.0
	for _, l := range lists {
		for _, q := range l {
			most = max(most, q.V)
		}
	}
	return most
}

// niceCeil is the next of 1, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten.
func niceCeil(v float64) float64 {
	if v <= 0 {
		return 1
	}
	unit := math.Pow10(int(math.Floor(math.Log10(v))))
	for _, k := range [...]float64{1, 1.5, 2, 3, 4, 5, 6, 8, 10} {
		if float64(k*unit) >= v*(1-1e-9) {
			return float64(k * unit)
		}
	}
	return 10 * unit
}

// timeStep is the next step of a clock that is not shorter, in seconds.
func timeStep(least float64) float64 {
	for _, s := range [...]float64{1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200} {
		if s >= least {
			return s
		}
	}
	return 86400 * math.Ceil(least/86400)
}

// tick writes the time at a line of an axis: all in the unit of its steps.
func tick(t, step float64) string {
	for _, u := range [...]struct {
		seconds float64
		name    string
	}{{86400, " d"}, {3600, " h"}, {60, " min"}, {1, " s"}} {
		if step >= u.seconds && t != 0 {
			return strings.Replace(strconv.FormatFloat(t/u.seconds, 'f', -1, 64), "-", "−", 1) + u.name
		}
	}
	return "0"
}

// short writes a value of an axis: 12,000 and 1.5M.
func short(v float64) string {
	switch {
	case v >= 1e6:
		return strconv.FormatFloat(math.Round(v/1e4)/100, 'f', -1, 64) + "M"
	case v >= 1000:
		n := strconv.Itoa(int(v))
		return n[:len(n)-3] + "," + n[len(n)-3:]
	}
	return strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64)
}

// times lists the lines of a timeline.
func (s *seen) times() []entry {
	if !s.timeline {
		return nil
	}
	stroke := func(k lit) func(*canvas, float64, float64) {
		return func(c *canvas, x, y float64) { c.leaf("path", class(k), curve(new(path).op('M', x, y).op('H', x+28))) }
	}
	fill := func(k, p lit) func(*canvas, float64, float64) {
		return func(c *canvas, x, y float64) {
			r := rect{x, y - 7, 24, 14}
			c.leaf("rect", append(frame(r), class(k))...)
			if p != "" {
				c.leaf("rect", append(frame(r), ref("fill", c.prefix+string(p)))...)
			}
		}
	}
	out := []entry{{"time-demand", "demand", 30, stroke("dm")}, {"time-capacity", "capacity", 30, stroke("cp")}}
	if s.overload {
		out = append(out, entry{"time-overload", "more than can be served", 26, fill("ov", "pd")})
	}
	if s.held {
		out = append(out, entry{"time-held", "kept in a channel", 26, fill("hb", "pw")})
	}
	return append(out, entry{"time-waiting", "waits", 26, fill("wt", "")}, entry{"time-spike", "while the spike lasts", 26, fill("spike", "")})
}
