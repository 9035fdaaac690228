package design

import (
	"slices"

	"github.com/taut-dev/taut/model"
)

// redirect gives the dependencies of a service their new targets, and says
// whether there were any. Dependencies that became the same are merged.
func redirect(s *model.Service, to map[string]string) bool {
	hit := func(d model.Dependency) bool {
		return slices.ContainsFunc(d.To, func(id string) bool { return to[id] != "" })
	}
	if !slices.ContainsFunc(s.DependsOn, hit) {
		return false
	}
	for i := range s.DependsOn {
		d := &s.DependsOn[i]
		var ids []string
		for _, id := range d.To {
			if next := to[id]; next != "" {
				id = next
			}
			if id != s.ID && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
		d.To = ids
		d.AtLeast = min(d.AtLeast, len(ids))
		if d.AnyOf = d.AnyOf && len(ids) > 1; !d.AnyOf {
			d.CommonCause = 0
			forget(&d.Origin, "common_cause")
		}
	}
	s.DependsOn = slices.DeleteFunc(s.DependsOn, func(d model.Dependency) bool { return len(d.To) == 0 })
	unify(s)
	return true
}

// unify merges the dependencies of a service that have the same targets, which
// a file may not give twice.
func unify(s *model.Service) {
	at := make(map[string]int, len(s.DependsOn))
	var out []model.Dependency
	for _, d := range s.DependsOn {
		key := sameEdge(d.To, d.AnyOf)
		if i, ok := at[key]; ok {
			out[i] = merged(out[i], d)
			continue
		}
		at[key] = len(out)
		out = append(out, d)
	}
	s.DependsOn = out
	if len(out) == 0 {
		forget(&s.Origin, "depends_on")
	}
}

// merged is one dependency that does what two did: needed if either was needed,
// called as often as both, with the strongest access and the most knowledge.
func merged(a, b model.Dependency) model.Dependency {
	a.Soft = a.Soft && b.Soft
	if !a.Soft {
		a.Fallback = ""
		forget(&a.Origin, "fallback")
	} else if a.Fallback == "" {
		a.Fallback = b.Fallback
	}
	a.AtLeast = max(a.AtLeast, b.AtLeast)
	a.CommonCause = max(a.CommonCause, b.CommonCause)
	a.Timeout = max(a.Timeout, b.Timeout)
	a.Retries = max(a.Retries, b.Retries)
	a.CircuitBreaker = a.CircuitBreaker && b.CircuitBreaker
	a.Calls += b.Calls
	a.AnswerLater = a.AnswerLater && b.AnswerLater
	a.Access = bothAccesses(a.Access, b.Access)
	a.Knows = mostKnowledge(a.Knows, b.Knows)
	return a
}

// Reading and writing together are more than either.
func bothAccesses(a, b model.Access) model.Access {
	if a == b || b == "" {
		return a
	}
	if a == "" {
		return b
	}
	return model.ReadWrite
}

// Who knew the internals once knows them still.
func mostKnowledge(a, b model.Knowledge) model.Knowledge {
	order := []model.Knowledge{model.KnowsInternals, model.KnowsModel, model.KnowsContract}
	for _, k := range order {
		if a == k || b == k {
			return k
		}
	}
	return a
}

// call is a plain dependency on a service with the defaults of the language.
func call(to string, pos model.Pos) model.Dependency {
	return model.Dependency{
		Origin:  model.Origin{Pos: pos},
		To:      []string{to},
		AtLeast: 1,
		Calls:   1,
		Access:  model.Read,
		Knows:   model.KnowsContract,
	}
}

// callOf finds the plain dependency of a service on a target.
func callOf(s *model.Service, to string) *model.Dependency {
	for i := range s.DependsOn {
		if d := &s.DependsOn[i]; !d.AnyOf && d.To[0] == to {
			return d
		}
	}
	return nil
}
