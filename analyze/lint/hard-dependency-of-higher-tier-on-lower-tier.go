package lint

import "fmt"

// hardOnLowerTier reports hard dependencies of something more critical (a lower
// tier number) on something less critical. Only tiers that the file gives count,
// unless it is strict: then the default tier does too. Services of one unit stand
// and fall together whatever their tiers.
func hardOnLowerTier(p *Pass) {
	given := func(id string) bool { return p.Sys.Lint.Strict || p.entity(id).Has("tier") }
	for e := range p.edges() {
		to := p.Graph().Entity(e.v)
		if p.inside(e) {
			continue
		}
		if e.dep.Soft || len(e.dep.To) > e.dep.AtLeast || to.Tier <= e.from.Tier || !given(e.from.ID) || !given(e.to) {
			continue
		}
		p.Report(e.dep.Pos, e.subject(),
			fmt.Sprintf("%q of tier %d cannot work without %q of tier %d", e.from.ID, e.from.Tier, e.to, to.Tier),
			fmt.Sprintf("raise %q to tier %d, or make it `needs: soft` with a fallback", e.to, e.from.Tier),
			related(to.Origin.At("tier"), "the tier of %q", e.to))
	}
}
