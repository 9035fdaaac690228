package svg

import "strings"

// PageStyle is the style of a page that holds pictures painted with
// Options.Page: the palette as variables of the whole page, so that its own
// text and tables share it, and the rules of the pictures. The page is light or
// dark as the reader's system says, or as the attribute data-theme of its root
// element says; on paper it has the colours of Print.
func PageStyle() string {
	var b strings.Builder
	b.WriteString(variables(":root", Light) + "\n")
	b.WriteString("@media screen and (prefers-color-scheme:dark){" + variables(`:root:not([data-theme="light"])`, Dark) + "}\n")
	b.WriteString("@media screen{" + variables(`:root[data-theme="dark"]`, Dark) + "}\n")
	b.WriteString("@media print{" + variables(":root", Print) + "}\n")
	for _, r := range append(rules[:], overlayRules, unknownRules, timelineRules) {
		b.WriteString(scoped(r, Light) + "\n")
	}
	b.WriteString("@media print{" + scoped(inPrint+timelineInPrint, Print) + "}\n")
	return b.String()
}

// Fonts is the list of fonts that pictures ask for, for the text of a page.
const Fonts = fonts
