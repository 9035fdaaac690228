package svg

import "github.com/taut-dev/taut/model"

// Icons are paths of our own in a box of 14 by 14.
const (
	entryIcon   lit = "M7 6.2a2.4 2.4 0 1 0 0-4.8a2.4 2.4 0 0 0 0 4.8M2.4 12.6c0-5.6 9.2-5.6 9.2 0"
	serverIcon  lit = "M2 2h10v4.2H2zM2 7.8h10V12H2zM4.2 4.1h.1M4.2 9.9h.1"
	managedIcon lit = "M4 11.2a2.7 2.7 0 0 1-.2-5.4a3.6 3.6 0 0 1 6.8.5a2.5 2.5 0 0 1-.2 4.9z"
)

// runtimeIcon gives the icon of a runtime; containers, the common case, and
// functions, which have a shape of their own, need none.
func runtimeIcon(r model.Runtime) lit {
	switch r {
	case model.Server:
		return serverIcon
	case model.Managed:
		return managedIcon
	}
	return ""
}

// icon paints an icon with its upper left corner at a place.
func (c *canvas) icon(d lit, x, y float64) {
	c.open("g", attr{"transform", "translate(" + string(appendNum(nil, x)) + " " + string(appendNum(nil, y)) + ")"})
	c.leaf("path", class("i"), set("d", d))
	c.end()
}
