package render

import (
	"cmp"
	"slices"

	"github.com/taut-dev/taut/analyze/availability"
	"github.com/taut-dev/taut/analyze/graph"
)

type jsonJourney struct {
	Journey      string           `json:"journey"`
	Works        jsonEstimate     `json:"availability"`
	Full         jsonEstimate     `json:"full_availability"`
	Naive        *float64         `json:"naive_availability"`
	MinutesDown  float64          `json:"minutes_down_a_month"`
	Objective    *float64         `json:"objective"`
	Margin       *float64         `json:"objective_margin"`
	Single       []string         `json:"single_points_of_failure"`
	SingleCount  int              `json:"single_points_of_failure_count"`
	AssumedCount int              `json:"assumed_availability_count"`
	Assumed      []string         `json:"assumed_availability,omitempty"` // up to listedAssumed
	CutSets      [][]string       `json:"minimal_cut_sets"`
	CutOrder     int              `json:"minimal_cut_sets_up_to"`
	CutsComplete bool             `json:"minimal_cut_sets_complete"`
	Causes       []jsonCause      `json:"common_causes,omitempty"`
	RareEvent    *float64         `json:"rare_event_bound"`
	MCUB         *float64         `json:"minimal_cut_upper_bound"`
	Importance   []jsonImportance `json:"importance,omitempty"`
	Budget       *jsonBudget      `json:"unavailability_budget,omitempty"`
}

// listedAssumed is how many assumed values a journey lists: the report has those
// of all journeys once.
const listedAssumed = 100

type jsonEstimate struct {
	Value float64     `json:"value"`
	Exact bool        `json:"exact"`
	Bound *[2]float64 `json:"bounds,omitempty"`
	Mean  *[2]float64 `json:"interval_95,omitempty"`
}

type jsonCause struct {
	Name           string   `json:"name"`
	Members        []string `json:"members"`
	Share          float64  `json:"share"`
	Unavailability float64  `json:"unavailability"`
}

type jsonImportance struct {
	Node          string   `json:"node"`
	Birnbaum      float64  `json:"birnbaum"`
	Criticality   *float64 `json:"criticality"`
	FussellVesely *float64 `json:"fussell_vesely"`
	Diagnosis     *float64 `json:"diagnostic"`
	Achievement   *float64 `json:"risk_achievement_worth"`
	Reduction     *float64 `json:"risk_reduction_worth"`
}

type jsonBudget struct {
	Allowed          float64     `json:"allowed"`
	FromDependencies float64     `json:"from_dependencies"`
	Own              float64     `json:"own"`
	Used             float64     `json:"used"`
	Dependencies     []jsonShare `json:"dependencies"`
}

type jsonShare struct {
	Node string  `json:"node"`
	Used float64 `json:"used"`
	Left float64 `json:"left"`
}

func (r *Report) jsonJourneys() []jsonJourney {
	g := r.Facts.Graph()
	out := []jsonJourney{}
	for _, x := range r.Facts.Journeys() {
		j := jsonJourney{
			Journey: x.Journey.ID, Works: estimate(x.Works), Full: estimate(x.Full), Naive: pointer(x.Naive),
			MinutesDown: x.MinutesDown, Objective: x.Journey.Objective, Margin: pointer(x.Margin),
			Single: names(g, x.Single), SingleCount: x.NSingle, AssumedCount: x.NAssumed, CutSets: cutSets(g, &x), CutOrder: x.CutOrder, CutsComplete: x.CutsAll,
			RareEvent: pointer(x.RareEvent), MCUB: pointer(x.MCUB), Importance: importance(g, &x),
		}
		if x.NAssumed <= listedAssumed {
			j.Assumed = names(g, x.Assumed)
		}
		for _, c := range x.Causes {
			j.Causes = append(j.Causes, jsonCause{x.Name(g, c.Node), names(g, c.Members), c.Share, c.Unavailability})
		}
		if x.Budget != nil {
			j.Budget = &jsonBudget{Allowed: x.Budget.Allowed, FromDependencies: x.Budget.FromDependencies, Own: x.Budget.Own, Used: x.Budget.Used}
			for _, s := range x.Budget.Dependencies {
				j.Budget.Dependencies = append(j.Budget.Dependencies, jsonShare{x.Name(g, s.Node), s.Used, s.Left})
			}
		}
		out = append(out, j)
	}
	slices.SortFunc(out, func(a, b jsonJourney) int { return cmp.Compare(a.Journey, b.Journey) })
	return out
}

func estimate(e availability.Estimate) jsonEstimate {
	j := jsonEstimate{Value: e.Value, Exact: e.Exact}
	if !e.Exact {
		j.Bound = &[2]float64{e.Low, e.High}
		if e.Samples > 0 {
			j.Mean = &[2]float64{e.SampleLow, e.SampleHigh}
		}
	}
	return j
}

// cutSets gives the sets by name, those of each sorted.
func cutSets(g *graph.Graph, r *availability.Result) [][]string {
	out := make([][]string, len(r.CutSets))
	for i, set := range r.CutSets {
		out[i] = make([]string, len(set))
		for k, v := range set {
			out[i][k] = r.Name(g, v)
		}
		slices.Sort(out[i])
	}
	slices.SortFunc(out, func(a, b []string) int { return cmp.Or(cmp.Compare(len(a), len(b)), slices.Compare(a, b)) })
	return out
}

func importance(g *graph.Graph, r *availability.Result) []jsonImportance {
	var out []jsonImportance
	for _, x := range r.Importance {
		out = append(out, jsonImportance{
			Node: r.Name(g, x.Node), Birnbaum: x.Birnbaum, Criticality: pointer(x.Criticality), FussellVesely: pointer(x.FussellVesely),
			Diagnosis: pointer(x.Diagnosis), Achievement: pointer(x.Achievement), Reduction: pointer(x.Reduction),
		})
	}
	slices.SortFunc(out, func(a, b jsonImportance) int { return cmp.Compare(a.Node, b.Node) })
	return out
}

// assumed gives the nodes whose availability the file does not give and some
// journey's availability rests on.
func (r *Report) assumed() []int32 {
	seen := make([]bool, r.Facts.Graph().Len())
	var out []int32
	for _, x := range r.Facts.Journeys() {
		for _, v := range x.Assumed {
			if !seen[v] {
				seen[v] = true
				out = append(out, v)
			}
		}
	}
	return out
}
