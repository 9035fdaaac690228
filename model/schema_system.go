package model

import "slices"

// languageVersion is the version of the language that this program reads.
const languageVersion = 1

// systemTable is the whole language: the keys of a file. Designs take many of
// the same keys as patches, and are themselves one of them: so they come last.
var systemTable = newTable("system", "", slices.Concat(rootFields, sectionFields, []field[System]{
	section("designs", "other designs of the same system, each a preset, a patch, or both; this file itself is the design base", designTable,
		func(s *System) *[]*Design { return &s.Designs }, func(d *Design) (*string, *Origin) { return &d.ID, &d.Origin }),
	ids("compare", "the designs that taut compare draws when none are named", func(s *System) *[]string { return &s.Compare }).naming("a design"),
	schemaField(),
})...)

// rootFields are those that belong to the file as a whole.
var rootFields = []field[System]{
	versionField(),
	text("system", "name of the system", func(s *System) *string { return &s.Name }).or("system", func(s *System) { s.Name = "system" }),
	prose("description", "what the system is for", func(s *System) *string { return &s.Description }),
	includeField(),
}

// sectionFields are those that a design can patch.
var sectionFields = []field[System]{
	section("teams", "who owns things; a team needs no declaration", teamTable, func(s *System) *[]*Team { return &s.Teams }, func(t *Team) (*string, *Origin) { return &t.ID, &t.Origin }),
	section("services", "what runs and does work for others", serviceTable, func(s *System) *[]*Service { return &s.Services }, func(e *Service) (*string, *Origin) { return &e.ID, &e.Origin }),
	section("stores", "what keeps data", storeTable, func(s *System) *[]*Store { return &s.Stores }, func(e *Store) (*string, *Origin) { return &e.ID, &e.Origin }),
	section("channels", "what carries events, and so decouples", channelTable, func(s *System) *[]*Channel { return &s.Channels }, func(e *Channel) (*string, *Origin) { return &e.ID, &e.Origin }),
	section("externals", "what others run", externalTable, func(s *System) *[]*External { return &s.Externals }, func(e *External) (*string, *Origin) { return &e.ID, &e.Origin }),
	section("platforms", "shared ground that things stand on: a cluster, host, zone, region", platformTable, func(s *System) *[]*Platform { return &s.Platforms }, func(e *Platform) (*string, *Origin) { return &e.ID, &e.Origin }),
	section("units", "what is deployed, crashes and scales as one; by default every service is its own", unitTable, func(s *System) *[]*Unit { return &s.Units }, func(e *Unit) (*string, *Origin) { return &e.ID, &e.Origin }),
	journeysField(),
	budgetsField(),
	strengthsField(),
	lintField(),
}

// journeysField leaves the journeys out that no file declares.
func journeysField() field[System] {
	f := section("journeys", "what users do; by default one for every exposed service, or else for every service that nothing calls", journeyTable,
		func(s *System) *[]*Journey { return &s.Journeys }, func(j *Journey) (*string, *Origin) { return &j.ID, &j.Origin })
	write := f.write
	f.write = func(s *System, at spot) *Node {
		declared := *s
		declared.Journeys = slices.DeleteFunc(slices.Clone(s.Journeys), func(j *Journey) bool { return j.Implied })
		return write(&declared, at)
	}
	return f
}

// versionField is the key version. A newer version is refused by number: reading
// it as an old one would lose what it says.
func versionField() field[System] {
	f := whole("version", "version of this language", languageVersion, languageVersion, languageVersion, func(s *System) *int { return &s.Version })
	read := f.read
	f.read = func(d *decoder, s *System, o *Origin, n *Node) {
		if v, problem := parseWhole(n.Text); problem == "" && v > languageVersion && n.Kind == Scalar {
			d.fail(ruleBadValue, n.Pos, `"version" %d of the language is newer than this taut, which reads version %d: update taut`, v, languageVersion)
			return
		}
		read(d, s, o, n)
	}
	return f
}

// includeField is the key include. Included files include nothing, so there are
// no cycles, and the root file lists all there is.
func includeField() field[System] {
	f := texts("include", "other files of the system, as paths or patterns relative to this file and inside its folder; they are merged", func(s *System) *[]string { return &s.Include })
	read := f.read
	f.read = func(d *decoder, s *System, o *Origin, n *Node) {
		if d.included {
			d.fail(ruleInclude, n.Pos, `"include" works only in the root file: name these files there`)
			return
		}
		read(d, s, o, n)
	}
	return f
}

// schemaField lets JSON files name their schema for editors.
func schemaField() field[System] {
	f := text("$schema", "for editors: the JSON Schema of this language", func(*System) *string { return new(string) })
	f.write = func(*System, spot) *Node { return nil }
	return f
}

// lintField is the key lint, whose struct is part of the System.
func lintField() field[System] {
	k := key{name: "lint", doc: "how strict the lint rules are, and what they shall not report", typ: keyType{shape: objectShape, of: lintTable}}
	f := field[System]{key: k}
	f.read = func(d *decoder, s *System, _ *Origin, n *Node) {
		s.Lint.Pos = n.Pos
		if n.Kind != Mapping {
			d.wrongType(&k, n)
			return
		}
		d.enter("", "lint", "")
		lintTable.read(d, &s.Lint, &s.Lint.Origin, n)
	}
	f.write = func(s *System, at spot) *Node {
		n := lintTable.write(&s.Lint, &s.Lint.Origin)
		if len(n.Fields) == 0 && !at.given() {
			return nil
		}
		return n
	}
	return f
}

// strengthsField is the mapping that overrides the table of coupling strengths.
func strengthsField() field[System] {
	item := keyType{shape: shareShape}
	k := key{name: "strengths", doc: "coupling strength of a factor, 0 to 1, instead of the one in taut explain strengths", typ: keyType{shape: mapShape, item: &item, refs: "a factor"}}
	f := field[System]{key: k}
	f.read = func(d *decoder, s *System, _ *Origin, n *Node) {
		if n.Kind != Mapping {
			d.wrongType(&k, n)
			return
		}
		for _, f := range n.Fields {
			v, problem := parseShare(f.Value.Text)
			switch {
			case f.Value.Kind != Scalar:
				d.fail(ruleWrongType, f.Value.Pos, "%s is %s, but takes a number from 0 to 1", quote(f.Key), f.Value.what())
			case problem != "":
				d.fail(ruleBadValue, f.Value.Pos, "%s: %s %s", quote(f.Key), quote(f.Value.Text), problem)
			}
			s.Strengths = append(s.Strengths, Strength{Origin: Origin{Pos: f.KeyPos, Keys: []KeyPos{{"value", f.KeyPos, f.Value.Pos}}}, Factor: f.Key, Value: v})
		}
	}
	f.write = func(s *System, at spot) *Node {
		if len(s.Strengths) == 0 && !at.given() {
			return nil
		}
		n := &Node{Kind: Mapping}
		for i := range s.Strengths {
			x := &s.Strengths[i]
			v := plainNode(formatNumber(x.Value))
			v.Pos = x.At("value")
			n.Fields = append(n.Fields, Field{Key: x.Factor, KeyPos: x.Pos, Value: v})
		}
		return n
	}
	return f
}
