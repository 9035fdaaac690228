package model_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/taut-dev/taut/model"
)

func folder(files ...string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		fsys[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return fsys
}

func TestInclude(t *testing.T) {
	fsys := folder(
		"architecture.yaml", "system: s\ninclude: [teams/*.yaml, more.json]\nservices: {a: {depends_on: [b, c]}}\n",
		"teams/b.yaml", "services: {b: {depends_on: [d]}} # taut: ignore x\nteams: {t: {members: 3}}\n",
		"teams/c.yaml", "services: {c: }\nbudgets: {system: {cycles: 0}}\nlint: {strict: true, rules: {x: off}}\n",
		"more.json", `{"stores": {"d": {}}, "description": "more"}`,
	)
	sys, diags := model.Load(fsys, "architecture.yaml", model.LoadOptions{Prefix: "shop/"})
	if sys == nil {
		t.Fatal(texts(diags))
	}
	var ids []string
	for _, s := range sys.Services {
		ids = append(ids, s.ID+" "+s.Pos.String())
	}
	want := []string{"a shop/architecture.yaml:3:12", "b shop/teams/b.yaml:1:12", "c shop/teams/c.yaml:1:12"}
	if !reflect.DeepEqual(ids, want) || sys.Description != "more" || !sys.Lint.Strict || len(sys.Lint.Rules) != 1 || len(sys.Suppressions) != 1 || len(sys.Teams) != 1 || len(sys.Budgets) != 1 {
		t.Errorf("%v %+v", ids, sys)
	}
	if p := sys.Services[1].DependsOn[0].At("to"); p.String() != "shop/teams/b.yaml:1:29" {
		t.Errorf("at %s", p)
	}
}

func TestIncludeErrors(t *testing.T) {
	for _, c := range []struct{ include, b, pos, message string }{
		{"[b.yaml]", "services: {a: }\n", "b.yaml:1:12", `service "a" has the id of the service at architecture.yaml:2:12`},
		{"[b.yaml]", "system: t\n", "b.yaml:1:1", `key "system" is given twice: it stands at architecture.yaml:3:1 already`},
		{"[b.yaml]", "teams: {t: {members: 1}}\n", "b.yaml:1:9", `team "t" is given twice: it stands at architecture.yaml:4:9 already`},
		{"[b.yaml]", "budgets: {system: {x: 1}}\n", "b.yaml:1:11", `budget "system" is given twice`},
		{"[b.yaml]", "include: [c.yaml]\n", "b.yaml:1:10", `"include" works only in the root file`},
		{"[b.yaml]", "services: [\n", "b.yaml:1:11", "[ is never closed"},
		{"[b.yaml]", "version: 9\n", "b.yaml:1:10", "is newer than this taut"},
		{"[nope.yaml]", "", "architecture.yaml:1:11", `cannot read "nope.yaml": there is no such file`},
		{"[teams]", "", "architecture.yaml:1:11", `cannot read "teams": it is a folder`},
		{"['x/*.yaml']", "", "architecture.yaml:1:11", "no file matches"},
		{"['**/x.yaml']", "", "architecture.yaml:1:11", "** is not known"},
		{"['[.yaml']", "", "architecture.yaml:1:11", "this is not a pattern"},
		{`['teams\b.yaml']`, "", "architecture.yaml:1:11", "write / between folders"},
		{"['C:/b.yaml']", "", "architecture.yaml:1:11", "absolute paths are not read"},
		{"[teams/../../b.yaml]", "", "architecture.yaml:1:11", "outside the folder of the root file"},
		{"[./architecture.yaml]", "", "architecture.yaml:1:11", "the file includes itself"},
	} {
		fsys := folder("architecture.yaml", "include: "+c.include+"\nservices: {a: }\nsystem: s\nteams: {t: }\nbudgets: {system: {x: 1}}\n", "b.yaml", c.b, "teams/x.yaml", "teams: {x: }\n")
		_, diags := model.Load(fsys, "architecture.yaml", model.LoadOptions{})
		if len(diags) == 0 || diags[0].Pos.String() != c.pos || !strings.Contains(diags[0].Message, c.message) {
			t.Errorf("%s %q: got %v, want %s %s", c.include, c.b, texts(diags), c.pos, c.message)
		}
	}
}

func TestIncludeLimits(t *testing.T) {
	fsys := folder("architecture.yaml", "include: ['t/*.yaml']\nservices: {a: }\n")
	for i := range 5 {
		fsys[fmt.Sprintf("t/%d.yaml", i)] = &fstest.MapFile{Data: fmt.Appendf(nil, "services: {s%d: }\n", i)}
	}
	load := func(limit string) model.Diagnostics {
		var lim model.Limits
		if err := lim.Set(limit); err != nil {
			t.Fatal(err)
		}
		_, diags := model.Load(fsys, "architecture.yaml", model.LoadOptions{Limits: lim})
		return diags
	}
	if diags := load("files=6"); len(diags) > 0 {
		t.Error(texts(diags))
	}
	if diags := load("files=5"); len(diags) != 1 || !strings.Contains(diags[0].Message, "limit files=5 exceeded") {
		t.Error(texts(diags))
	}
	if diags := load("total=100B"); len(diags) == 0 || !strings.Contains(diags[0].Message, "limit total=100 exceeded") {
		t.Error(texts(diags))
	}
	if _, diags := model.Load(fsys, "nope.yaml", model.LoadOptions{}); len(diags) != 1 || diags[0].Pos.String() != "nope.yaml" {
		t.Error(texts(diags))
	}
}

// TestIncludeIsDeterministic reads many files at once, and again.
func TestIncludeIsDeterministic(t *testing.T) {
	fsys := folder("architecture.yaml", "include: ['t/*.yaml']\nservices: {a: }\n")
	for i := range 50 {
		fsys[fmt.Sprintf("t/%02d.yaml", i)] = &fstest.MapFile{Data: fmt.Appendf(nil, "services: {s%d: {nope: 1}, s%d: {depends_on: [x%d]}}\n", i, i/2+100, i)}
	}
	_, want := model.Load(fsys, "architecture.yaml", model.LoadOptions{})
	if len(want) < 100 {
		t.Fatalf("%d errors", len(want))
	}
	for range 5 {
		if _, got := model.Load(fsys, "architecture.yaml", model.LoadOptions{}); !reflect.DeepEqual(got, want) {
			t.Fatal("two runs differ")
		}
	}
}
