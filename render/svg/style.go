package svg

import "strings"

// fonts is the type of the reader's own system: nothing is fetched.
const fonts = `Inter,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans","Liberation Sans",Arial,sans-serif`

// rules is the style of all pictures. "$role" is a colour: it is written twice,
// first as a literal for renderers without CSS variables (librsvg, Inkscape),
// then as a variable, so that a page can recolour the picture.
var rules = [...]string{
	`text{font-family:` + fonts + `;font-size:13px;fill:$ink}`,
	`.bg{fill:$bg}`,
	`.h1{font-size:24px;font-weight:700}.h2{font-size:17px;font-weight:600}.h3{font-size:14px;font-weight:600}`,
	`.note,.fn{font-size:12px;fill:$soft}.fn{font-weight:600}`,
	`.rule{stroke:$line;fill:none}`,
	`.k{fill:$card;stroke:$rim;stroke-width:1.2}.n{font-size:13px;font-weight:500;text-anchor:middle}.s{font-size:11px;fill:$soft;text-anchor:middle}`,
	`.k.hit{fill:none;stroke:none;pointer-events:all}.k.ext{stroke:$edge;stroke-dasharray:4 3}.k.copy{stroke:$rim}.k.store{stroke:$edge}`,
	`.frame{fill:$unit;stroke:$line;stroke-width:1.2}.frame.u{stroke:$rim;stroke-width:1.5}.frame.bound{fill:none;stroke:$part;stroke-width:2;stroke-dasharray:2 4;stroke-linecap:round}`,
	`.down .k,.down.frame{fill:$downbg;stroke:$down}.down.frame{fill:$unit;stroke-width:2}`,
	`.part .k,.part.frame{fill:$partbg;stroke:$part}`,
	`.wait .k,.wait.frame{fill:$waitbg;stroke:$wait;stroke-dasharray:5 3}`,
	`.failed .k,.failed.frame{fill:$failed;stroke:$down;stroke-width:1.6}.failed.frame{fill:$unit;stroke-width:2.4}`,
	`.failed .n,.failed .s{fill:$onfailed}.failed .n{font-weight:600}.failed .dot{fill:$ink}`,
	`.down .dot{fill:$down}.part .dot{fill:$part}.wait .dot{fill:$wait}.dot{stroke:$bg;stroke-width:1.5}`,
	`.b{font-size:10px;font-weight:700;fill:$bg;text-anchor:middle}.x{stroke:$bg;stroke-width:2.2;fill:none;stroke-linecap:round}`,
	`.pd{stroke:$down}.pp{fill:$part}.pw{stroke:$wait}.pf{stroke:$onfailed}.hd,.hw,.hf{stroke-width:1.4;stroke-opacity:.22;fill:none}.hp{fill-opacity:.3}`,
	`.e{fill:none;stroke:$edge;stroke-width:1.4}.e.soft{stroke-dasharray:1.5 3.5;stroke-linecap:round;stroke-width:1.8}.e.event{stroke:$event;stroke-dasharray:7 4}`,
	`.e.use{stroke-width:1.1}.e.thick{stroke-width:2.4}.e.gap{stroke:$bg;stroke-width:1.2}.e.twin{stroke-width:3.6}.e.cross{stroke-width:1.4}`,
	`.e.w1{stroke-width:1}.e.w2{stroke-width:2.2}.e.w3{stroke-width:3}.e.w4{stroke-width:4}`,
	`.h{fill:$edge;stroke:none}.h.event{fill:$event}.e.tie{stroke:$ink;stroke-width:2.4}.h.tie{fill:$ink}`,
	`.e.calm{stroke-opacity:.4}.h.calm{fill-opacity:.4}.e.c2,.e.c3,.e.c4{stroke-width:2.8;stroke-opacity:1}.e.c2{stroke:$wait}.e.c3{stroke:$part}.e.c4{stroke:$down}.h.c2{fill:$wait}.h.c3{fill:$part}.h.c4{fill:$down}.e.twin.tie,.e.twin.c2,.e.twin.c3,.e.twin.c4{stroke-width:4.8}`,
	`.must .k{stroke:$ink;stroke-width:2.2}.spare .k{stroke:$edge;stroke-width:1.8;stroke-dasharray:1.5 3.5;stroke-linecap:round}.must .bar{stroke:$ink;stroke-width:2.2}.spare .bar{stroke-dasharray:1.5 3.5;stroke-linecap:round}.late .bar{stroke-dasharray:7 4}.late .k{stroke:$event;stroke-width:1.6;stroke-dasharray:7 4}`,
	`.bar{fill:$bar;stroke:$event;stroke-width:1.2}.lvl{fill:$fill}.bn{font-size:12px;font-weight:600}.slot{stroke:$event;stroke-width:1;fill:none}`,
	`.wait .bar{stroke-dasharray:5 3}.down .bar{fill:$downbg;stroke:$down}.part .bar{fill:$partbg;stroke:$part}.failed .bar{fill:$failed;stroke:$down}.failed .bn{fill:$onfailed}`,
	`.pill{fill:$soft;stroke:$bg;stroke-width:1.5}.pill.grew{fill:$ink}.pt{fill:$bg;font-size:11px;font-weight:700;text-anchor:middle}`,
	`.big{font-size:27px;font-weight:700}.good{fill:$good}.bad{fill:$bad}`,
	`.i{fill:none;stroke:$soft;stroke-width:1.2;stroke-linecap:round;stroke-linejoin:round}.failed .i{stroke:$onfailed}.ground{stroke:$edge;stroke-width:2.4}`,
	`.grew .k{fill:$fill;stroke:$event}.plus{stroke:$ink;stroke-width:1.6;fill:none}`,
	`.nl{font-size:12px}.cap{font-size:13px;font-weight:600}.cap.good{fill:$good}.cap.bad{fill:$bad}.k.spot{stroke-width:2.4;stroke-dasharray:none;stroke-linejoin:round}`,
	`.halo{stroke:$unit;stroke-width:4;stroke-linejoin:round;paint-order:stroke}.end{text-anchor:end}.mid{text-anchor:middle}`,
	`.t{fill:none;stroke-width:3.5}.g0{stroke:$g0}.g1{stroke:$g1}.g2{stroke:$g2}.g3{stroke:$g3}.g4{stroke:$g4}.g5{stroke:$g5}.g6{stroke:$g6}.g7{stroke:$g7}.g4{stroke-dasharray:8 2 2 2}.g5{stroke-dasharray:4 4}.g6{stroke-dasharray:1 1}.g7{stroke-dasharray:10 3}.again{stroke-dasharray:5 2}`,
	`.m{fill:$edge}.m.event{fill:$event}.m.soft{fill:none;stroke:$edge}.cell{fill:none;stroke:$line;stroke-width:.6}.self{fill:$line}.cyc{fill:none;stroke:$down;stroke-width:2}`,
	`.heat1,.heat2,.heat3,.heat4,.heat5{fill:$event;fill-opacity:.08}.heat2{fill-opacity:.18}.heat3{fill-opacity:.32}.heat4{fill-opacity:.5}.heat5{fill-opacity:1}.ct{font-size:12px;text-anchor:middle}.ct.hot{fill:$bg}`,
}

// unknownRules style what no load is known of; they come only with it.
const unknownRules = `.unsure .k,.unsure.frame,.unsure .bar{stroke:$soft;stroke-dasharray:2 3}.unsure .dot{fill:$soft}.pu{stroke:$soft}.hu{stroke-width:1.2;stroke-opacity:.5;fill:none}`

// inPrint replaces the colours of groups and levels by dashes and lines, which
// cost little toner and survive a copier.
const inPrint = `.t{stroke-width:4}.g1{stroke-dasharray:2 2}.g2{stroke-dasharray:6 2}.g3{stroke-dasharray:1 3}` +
	`.lvl{stroke:#000}.failed .k{stroke-width:3}.hd,.hw,.hf{stroke-opacity:.45}`

// style gives the content of the picture's one style element. Everything is
// scoped to the class "taut", as pictures are put into pages.
func style(t Theme) string {
	var b strings.Builder
	b.WriteString("\n" + variables(".taut", t) + "\n")
	if t == Auto {
		b.WriteString("@media (prefers-color-scheme:dark){" + variables(".taut", Dark) + "}\n")
	}
	for _, r := range rules {
		b.WriteString(scoped(r, t) + "\n")
	}
	if t == Print {
		b.WriteString(scoped(inPrint, t) + "\n")
	}
	return b.String()
}

// variables declares all colours, for pages that restyle a picture.
func variables(selector string, t Theme) string {
	s := selector + "{"
	for i, c := range colours {
		if i > 0 {
			s += ";"
		}
		s += "--" + string(c.role) + ":" + string(c.of(t))
	}
	return s + "}"
}

// scoped puts ".taut" before every selector of a line of rules and fills in
// its colours.
func scoped(line string, t Theme) string {
	var b strings.Builder
	for rule := range strings.SplitAfterSeq(line, "}") {
		selectors, body, ok := strings.Cut(rule, "{")
		if !ok {
			continue
		}
		for i, s := range strings.Split(selectors, ",") {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(".taut " + s)
		}
		b.WriteByte('{')
		for i, d := range strings.Split(strings.TrimSuffix(body, "}"), ";") {
			if i > 0 {
				b.WriteByte(';')
			}
			b.WriteString(twice(d, t))
		}
		b.WriteByte('}')
	}
	return b.String()
}

// twice writes a declaration that names a colour as a literal and as a
// variable, and any other as it is.
func twice(declaration string, t Theme) string {
	property, role, ok := strings.Cut(declaration, ":$")
	if !ok {
		return declaration
	}
	for _, c := range colours {
		if string(c.role) == role {
			return property + ":" + string(c.of(t)) + ";" + property + ":var(--" + role + ")"
		}
	}
	return declaration
}
