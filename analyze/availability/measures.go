package availability

// Measure defines one measure of Importance, or a bound, for people.
type Measure struct {
	Key     string `json:"key"` // in the JSON of a report
	Name    string `json:"name"`
	Formula string `json:"formula"`
	Doc     string `json:"doc"`
	Source  string `json:"source"`
}

// Measures defines what results name, since books use the names differently.
func Measures() []Measure {
	return []Measure{
		{"birnbaum", "Birnbaum", "P(journey down | node down) - P(journey down | node up)", "how much of the node's fate is the journey's: 1 where it stops the journey alone and nothing else does", "Birnbaum 1969"},
		{"criticality", "criticality", "Birnbaum × q ÷ Q", "the share of the journey's unavailability that a perfect node would take away", "Lambert 1975"},
		{"fussell_vesely", "Fussell-Vesely", "P(a minimal cut set with the node occurs) ÷ Q", "the share of the journey's unavailability that the node has a part in", "Fussell 1975"},
		{"diagnostic", "diagnosis", "P(node down | journey down)", "how likely the node is to be down when the journey is: where to look first", "SCRAM, which calls it DIF; some tools call it Fussell-Vesely"},
		{"risk_achievement_worth", "RAW", "P(journey down | node down) ÷ Q", "how many times more often the journey is down while the node is: what to watch when the node is taken out", "Vesely and others 1983"},
		{"risk_reduction_worth", "RRW", "Q ÷ P(journey down | node up)", "how many times less often the journey were down with a perfect node: what to improve", "Vesely and others 1983"},
		{"minimal_cut_upper_bound", "upper bound", "1 - product of (1 - P(cut set)) over the minimal cut sets", "at least Q: cut sets as if they shared nothing", "Esary and Proschan 1963"},
		{"rare_event_bound", "rare events", "sum of P(cut set) over the minimal cut sets, at most 1", "at least the upper bound, and near Q when failures are rare", "Vesely and others 1981"},
		{"common_cause", "common cause", "share of the failures of alternatives that come together", "given in the file as common_cause of an any_of; each member stays as available as it was", "beta factor: Fleming 1975"},
	}
}
