package svg

// Theme chooses the colours of a picture.
type Theme string

// The themes.
const (
	Auto  Theme = "auto" // light or dark, as the reader's system says
	Light Theme = "light"
	Dark  Theme = "dark"
	Print Theme = "print" // black on white, patterns in place of fills
)

// Themes lists the themes, the default first.
func Themes() []Theme { return []Theme{Auto, Light, Dark, Print} }

// colour is one role with its value in each theme. Every pair that a text or
// an outline needs is checked against WCAG 2.2 (4.5:1 and 3:1) by a test.
type colour struct{ role, light, dark, print lit }

// colours is the palette: quiet greys, one blue for events, and one hue for
// each state. The groups follow Okabe and Ito (2008), darkened or lightened
// until they stand out from a card by 3:1. Whoever cannot tell some of them
// apart sees the dashes of the last four, see the tests.
var colours = [...]colour{
	{"bg", "#fbfbf9", "#14181d", "#ffffff"},
	{"ink", "#1d232b", "#e8ebef", "#000000"},
	{"soft", "#59626e", "#a3adb9", "#333333"},
	{"line", "#c9ced6", "#3a434e", "#888888"},
	{"card", "#ffffff", "#1f262d", "#ffffff"},
	{"rim", "#b4bbc5", "#4c5763", "#333333"},
	{"unit", "#f1f3f6", "#191e24", "#ffffff"},
	{"edge", "#6b7685", "#8793a1", "#333333"},
	{"event", "#2563a8", "#79b4f2", "#000000"},
	{"bar", "#dfeaf7", "#1d3045", "#ffffff"},
	{"fill", "#9cc1ea", "#2f5f93", "#ffffff"},
	{"failed", "#bd2e1d", "#ff8a75", "#ffffff"},
	{"onfailed", "#ffffff", "#14181d", "#000000"},
	{"down", "#bd2e1d", "#ff8a75", "#000000"},
	{"downbg", "#fce8e4", "#40201b", "#ffffff"},
	{"part", "#935800", "#f0b455", "#000000"},
	{"partbg", "#fcf1dc", "#3a2d14", "#ffffff"},
	{"wait", "#2563a8", "#79b4f2", "#000000"},
	{"waitbg", "#e6eff9", "#1b2c40", "#ffffff"},
	{"good", "#18744a", "#5cc892", "#000000"},
	{"bad", "#bd2e1d", "#ff8a75", "#000000"},
	{"g0", "#0072b2", "#56b4e9", "#000000"},
	{"g1", "#c77700", "#f0a83a", "#000000"},
	{"g2", "#008a64", "#35c79c", "#000000"},
	{"g3", "#b85b93", "#e29cc4", "#000000"},
	{"g4", "#5b4fb0", "#a79cf0", "#000000"},
	{"g5", "#c2500a", "#ff8f57", "#000000"},
	{"g6", "#857500", "#e3d64f", "#000000"},
	{"g7", "#55606c", "#b9c2cc", "#000000"},
}

// groupColours is how many groups have a colour of their own; the next ones
// take them again with a dashed bar.
const groupColours = 8

// of gives the colour of a role in a theme; auto starts from light.
func (c colour) of(t Theme) lit {
	switch t {
	case Dark:
		return c.dark
	case Print:
		return c.print
	}
	return c.light
}
