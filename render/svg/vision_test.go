package svg

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/taut-dev/taut/render/scene"
)

// deficiencies are the matrices of dichromats' sight on linear RGB (Machado,
// Oliveira and Fernandes, 2009, severity 1.0).
var deficiencies = []struct {
	name string
	m    [3][3]float64
}{
	{"none", [3][3]float64{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
	{"protanopia", [3][3]float64{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}},
	{"deuteranopia", [3][3]float64{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}},
	{"tritanopia", [3][3]float64{{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}},
}

// seenAs is a colour in CIE L*a*b* (D65) as someone with a deficiency sees it.
func seenAs(hex lit, m [3][3]float64) [3]float64 {
	n, err := strconv.ParseUint(string(hex[1:]), 16, 32)
	if err != nil {
		panic(err)
	}
	var lin, rgb, xyz, f [3]float64
	for i := range lin {
		c := float64(n>>(16-8*i)&255) / 255
		if lin[i] = c / 12.92; c > 0.04045 {
			lin[i] = math.Pow((c+0.055)/1.055, 2.4)
		}
	}
	for i := range rgb {
		rgb[i] = min(1, max(0, m[i][0]*lin[0]+m[i][1]*lin[1]+m[i][2]*lin[2]))
	}
	toXYZ := [3][3]float64{{0.4124, 0.3576, 0.1805}, {0.2126, 0.7152, 0.0722}, {0.0193, 0.1192, 0.9505}}
	white := [3]float64{0.9505, 1, 1.089}
	for i := range xyz {
		xyz[i] = (toXYZ[i][0]*rgb[0] + toXYZ[i][1]*rgb[1] + toXYZ[i][2]*rgb[2]) / white[i]
		if f[i] = math.Cbrt(xyz[i]); xyz[i] <= 216.0/24389 {
			f[i] = (24389.0/27*xyz[i] + 16) / 116
		}
	}
	return [3]float64{116*f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])}
}

// apart is the distance of two colours (CIE 1976 ΔE): about 2 is just seen,
// 10 is told at a glance.
func apart(a, b [3]float64) float64 {
	return math.Sqrt((a[0]-b[0])*(a[0]-b[0]) + (a[1]-b[1])*(a[1]-b[1]) + (a[2]-b[2])*(a[2]-b[2]))
}

func colourOf(t *testing.T, role lit, th Theme) lit {
	t.Helper()
	for _, c := range colours {
		if c.role == role {
			return c.of(th)
		}
	}
	t.Fatalf("no colour %s", role)
	return ""
}

// atAGlance is the least distance at which colours alone tell two things apart.
const atAGlance = 10

// confused lists the ways of seeing in which two roles are too alike.
func confused(t *testing.T, a, b lit) (in []string) {
	t.Helper()
	for _, th := range []Theme{Light, Dark} {
		for _, d := range deficiencies {
			if apart(seenAs(colourOf(t, a, th), d.m), seenAs(colourOf(t, b, th), d.m)) < atAGlance {
				in = append(in, string(th)+" "+d.name)
			}
		}
	}
	return in
}

// dashes finds the pattern that the style gives to a class, "" for a whole line.
func dashes(t Theme, class string) string {
	found := ""
	for _, m := range regexp.MustCompile(`\.taut `+regexp.QuoteMeta(class)+`\{([^}]*)\}`).FindAllStringSubmatch(style(t)+scoped(timelineRules, t), -1) {
		if _, after, ok := strings.Cut(m[1], "stroke-dasharray:"); ok {
			found, _, _ = strings.Cut(after, ";")
		}
	}
	return found
}

// Teams and domains are told by colour, or by the dashes of their bars.
func TestGroupsAreToldApartWithAnyEyes(t *testing.T) {
	for a := range groupColours {
		for b := range a {
			x, y := "g"+strconv.Itoa(a), "g"+strconv.Itoa(b)
			if in := confused(t, lit(x), lit(y)); in != nil && dashes(Light, "."+x) == dashes(Light, "."+y) {
				t.Errorf("%s and %s look alike: %v", x, y, in)
			}
			if dashes(Print, "."+x) == dashes(Print, "."+y) {
				t.Errorf("%s and %s look alike on paper", x, y)
			}
		}
	}
}

// States are told by letter and hatching, whatever their colour; and good news
// from bad by the colour of numbers that also say it.
func TestStatesAreToldApartWithAnyEyes(t *testing.T) {
	for a := scene.Works; a <= scene.Failed; a++ {
		for b := scene.Works; b < a; b++ {
			if a.Letter() == b.Letter() || pattern(a) == pattern(b) {
				t.Errorf("%s and %s share letter or hatching", a.Word(), b.Word())
			}
		}
	}
	marks := map[string]string{}
	c := newCanvas(Options{})
	c.patterns()
	for _, m := range regexp.MustCompile(`<pattern id="(\w+)".*?patternTransform="([^"]*)".*?d="([^"]*)"`).FindAllStringSubmatch(string(c.b), -1) {
		if other, ok := marks[m[2]+m[3]]; ok {
			t.Errorf("the hatchings %s and %s are the same", m[1], other)
		}
		marks[m[2]+m[3]] = m[1]
	}
	if len(marks) != 4 {
		t.Errorf("hatchings: %v", marks)
	}
	if in := confused(t, "good", "bad"); in != nil {
		t.Errorf("good and bad look alike: %v", in)
	}
}

// Lines that mean different things differ in their dashes.
func TestLinesAreToldApartWithAnyEyes(t *testing.T) {
	for _, pair := range [][2]string{{".e", ".e.soft"}, {".e", ".e.event"}, {".e.soft", ".e.event"}, {".dm", ".cp"},
		{".frame.u", ".frame.bound"}, {".must .k", ".spare .k"}, {".must .k", ".late .k"}, {".spare .k", ".late .k"}} {
		for _, th := range Themes() {
			if dashes(th, pair[0]) == dashes(th, pair[1]) {
				t.Errorf("%s: %s and %s have the same dashes", th, pair[0], pair[1])
			}
		}
	}
}
