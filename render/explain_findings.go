package render

// otherFindings are the names that findings can have besides those of lint rules
// and of errors of reading.
var otherFindings = [...][2]string{
	{"budget", "a metric is past the limit that `budgets` of the file sets for it, or a limit there can say nothing; taut explain METRIC --for SUBJECT FILE tells what makes up the value"},
	{"ratchet", "a metric of the system is worse than the baseline allows; bring it back, or accept it with taut baseline update"},
	{GotWorse, "of two versions, a measure got worse or a failure takes down more by this change; taut diff tells all of it"},
	{"custom-rule", "a rule under lint.custom cannot work: its expression is wrong, passes a bound, or its id is taken; docs/custom-rules.md lists the names"},
	{"unknown-rule", "lint.rules, lint.ignore or a comment names a rule that is none; taut rules lists them"},
	{"unknown-subject", "an entry of lint.ignore is for a subject that the file does not declare"},
	{"unknown-metric", "budgets name a metric that is none of their scope; taut metrics lists them"},
	{"unknown-strength", "strengths name a factor that is none; taut explain strengths lists them"},
	{"endless-calls", "calls come round and each round makes as many again, so that no load can be computed"},
	{"event-loop", "events come round; for the load the loop is followed once"},
}

func otherFindingNames() []string {
	names := []string{"findings"}
	for _, f := range otherFindings {
		names = append(names, f[0])
	}
	return names
}

func otherFindingsPage() Page {
	t := &Table{Header: []string{"name", "what it means"}}
	list := make([]map[string]string, len(otherFindings))
	for i, f := range otherFindings {
		t.Rows = append(t.Rows, Row(f[0], f[1]))
		list[i] = map[string]string{"name": f[0], "meaning": f[1]}
	}
	return Page{Blocks: []Block{{Table: t}}, JSON: list}
}
