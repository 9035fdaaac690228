package coupling

import (
	"slices"

	"github.com/taut-dev/taut/analyze/graph"
)

// Role is a service's place in the hidden structure of the service graph.
type Role uint8

// The roles, from the least to the most entangled.
const (
	Periphery Role = iota // few see it, it sees few
	Control               // it sees many, few see it
	Shared                // many see it, it sees few
	Core                  // in the cyclic group that everything runs through, or as exposed as it
)

// RoleNames lists the words of the roles, by number.
func RoleNames() []string { return []string{"periphery", "control", "shared", "core"} }

// String gives the role's word.
func (r Role) String() string { return RoleNames()[r] }

// Shape is the kind of architecture that decides where the roles part.
type Shape uint8

// The shapes of Baldwin, MacCormack and Rusnak.
const (
	Hierarchical   Shape = iota // the largest cyclic group is under 4 % of the services, or there is none
	MultiCore                   // the largest is under 1.5 times the second largest
	BorderlineCore              // the largest is at most 6 % of the services
	CorePeripheral              // one cyclic group dominates
)

// String gives the shape's name.
func (s Shape) String() string {
	return []string{"hierarchical", "multi-core", "borderline core-periphery", "core-periphery"}[s]
}

// Hidden is the hidden structure of a service graph.
type Hidden struct {
	Shape             Shape
	PivotIn, PivotOut float64 // visibilities from which a service counts as seen, or as seeing, much
	Roles             []Role
}

// Roles classifies services by visibility fan-in and fan-out (Baldwin,
// MacCormack and Rusnak 2014). The pivots are the visibilities of the largest
// cyclic group; where none dominates, the medians. Their thresholds were
// calibrated on code bases of hundreds of files, so with few services a single
// one must not pass for a core: without a cyclic group of two nothing is called
// core, and a service above both medians is shared when more services see it
// than it sees, else control.
func Roles(calls *graph.CSR, in, out []int32) Hidden {
	h := Hidden{Roles: make([]Role, calls.Len())}
	if calls.Len() == 0 {
		return h
	}
	groups := graph.Cyclic(calls)
	slices.SortStableFunc(groups, func(a, b []int32) int { return len(b) - len(a) })
	h.Shape = shape(groups, calls.Len())
	if h.Shape == Hierarchical || h.Shape == MultiCore {
		h.PivotIn, h.PivotOut = median(in), median(out)
	} else {
		core := groups[0][0]
		h.PivotIn, h.PivotOut = float64(in[core]), float64(out[core])
	}
	for s := range h.Roles {
		h.Roles[s] = h.role(in[s], out[s], len(groups) > 0)
	}
	return h
}

// shape needs the cyclic groups largest first.
func shape(groups [][]int32, services int) Shape {
	largest, second := 1, 1
	if len(groups) > 0 {
		largest = len(groups[0])
	}
	if len(groups) > 1 {
		second = len(groups[1])
	}
	switch {
	case largest < 2 || 100*largest < 4*services:
		return Hierarchical
	case 2*largest < 3*second:
		return MultiCore
	case 100*largest <= 6*services:
		return BorderlineCore
	}
	return CorePeripheral
}

func (h *Hidden) role(in, out int32, cyclic bool) Role {
	seen, sees := float64(in) >= h.PivotIn, float64(out) >= h.PivotOut
	switch {
	case seen && sees && cyclic:
		return Core
	case seen && sees && in < out:
		return Control
	case seen:
		return Shared
	case sees:
		return Control
	}
	return Periphery
}

func median(x []int32) float64 {
	s := slices.Sorted(slices.Values(x))
	n := len(s)
	return float64(s[(n-1)/2]+s[n/2]) / 2
}
