package importer

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/taut-dev/taut/model"
)

func TestHosts(t *testing.T) {
	for _, c := range []struct {
		value string
		want  string // names among db, cache, web, kafka that are found, in order
	}{
		{"postgres://u:p@db:5432/x?sslmode=off", "db"},
		{"postgres://web:cache@db/web", "db"},
		{"mongodb://db:1,cache:2/web", "db cache"},
		{"jdbc:mysql://db:3306/web", "db"},
		{"jdbc:sqlserver://db:1433;databaseName=web;encrypt=true", "db"},
		{"jdbc:oracle:thin:@db:1521:xe", "db"},
		{"jdbc:oracle:thin:@//db:1521/xe", "db"},
		{"Server=db;Port=5432;User Id=web;Password=cache;", "db"},
		{"Data Source=tcp:db,1433;Initial Catalog=web", "db"},
		{"Server=tcp:db,1433;", "db"},
		{"host=db user=web dbname=cache", "db"},
		{"root:secret@tcp(db:3306)/web", "db"},
		{"PLAINTEXT://kafka:1,OUTSIDE://cache:2", "kafka cache"},
		{"kafka:9092,db:1", "kafka db"},
		{"http://DB:80", "db"},
		{"redis://:pw@cache", "cache"},
		{"db", "bare db"},
		{"db, cache", "bare db cache"},
		{"the web is here", ""},
		{"web and db", ""},
		{"user:web", ""},
		{"https://example.com/web/db", ""},
		{"a=b=c", ""}, {"://", ""}, {"@:@", ""}, {"", ""},
	} {
		addressed, bare := hostsIn(c.value)
		got := strings.Join(knownIn(addressed), " ")
		if b := knownIn(bare); len(b) > 0 {
			got = strings.TrimSpace(got + " bare " + strings.Join(b, " "))
		}
		if got != c.want {
			t.Errorf("hostsIn(%q) = %q, want %q", c.value, got, c.want)
		}
	}
	for command, want := range map[string]string{
		"wait-for db:5432 -- npm start": "db",
		"redis-cli -h cache":            "cache",
		"run --db-host db web":          "db",
		"run --upstream=http://web:80":  "web",
		"npm run web":                   "",
		"celery worker kafka":           "",
	} {
		if got := strings.Join(knownIn(hostsInCommand(strings.Fields(command))), " "); got != want {
			t.Errorf("hostsInCommand(%q) = %q, want %q", command, got, want)
		}
	}
}

func knownIn(hosts []string) []string {
	var out []string
	for _, h := range hosts {
		switch h = strings.ToLower(h); h {
		case "db", "cache", "web", "kafka":
			out = append(out, h)
		}
	}
	return out
}

func TestExpand(t *testing.T) {
	vars := readVariables([]byte("# x\nA=1\nexport B=\"two words\" # c\nC=bare # c\nD='q'\nE=\nbad line\n=x\n"))
	for in, want := range map[string]string{
		"$A ${A} $$A ${B}":          "1 1 $A two words",
		"${C}-${D}":                 "bare-q",
		"${X} $X ${X:?needed}":      "${X} $X ${X:?needed}",
		"${X:-d} ${X-d} ${A:-d}":    "d d 1",
		"${E:-d} ${E-d}":            "d ",
		"${A:+y}${X:+y}":            "y",
		"${X:-${Y:-${A}}}":          "1",
		"${":                        "${",
		"${A":                       "${A",
		"$":                         "$",
		"a$":                        "a$",
		"${}":                       "${}",
		strings.Repeat("${X:-", 99): strings.Repeat("${X:-", 99),
	} {
		if got := vars.expand(in); got != want {
			t.Errorf("expand(%q) = %q, want %q", in, got, want)
		}
	}
	big := variables{"A": strings.Repeat("x", 10_000)}
	if got := big.expand(strings.Repeat("$A", 10_000)); len(got) > mostExpanded+10_000 {
		t.Errorf("expanded to %d bytes", len(got))
	}
}

func TestRecognise(t *testing.T) {
	known := newCatalogue()
	for _, c := range []struct{ image, service, kind string }{
		{"postgres:16-alpine", "db", "relational"},
		{"docker.io/bitnami/postgresql@sha256:abc", "db", "relational"},
		{"registry:5000/x/redis", "r", "key-value"},
		{"mcr.microsoft.com/mssql/server:2022", "db", "relational"},
		{"confluentinc/cp-kafka", "broker", "stream"},
		{"rabbitmq:3-management", "mq", "queue"},
		{"prom/redis-exporter", "exporter", ""},
		{"mongo-express", "ui", ""},
		{"", "mysql", "relational"},
		{"${REPO}/rs-mongodb:${TAG}", "mongodb", "document"},
		{"nginx", "web", ""},
	} {
		p, _, _ := known.recognise(c.image, c.service)
		if got := p.store + p.channel; got != c.kind {
			t.Errorf("recognise(%q, %q) = %q, want %q", c.image, c.service, got, c.kind)
		}
	}
}

func TestMemory(t *testing.T) {
	for text, want := range map[string]int64{
		"512M": 512 << 20, "1.5G": 3 << 29, "64kb": 64 << 10, "100": 100, "1gb": 1 << 30,
		"": 0, "b": 0, "-1M": 0, "NaN": 0, "1e300G": 0, "x": 0, "9999999T": 0,
	} {
		if got := bytesOf(text); got != want {
			t.Errorf("bytesOf(%q) = %d, want %d", text, got, want)
		}
	}
}

// canaries stand in every field that must not leave; those of the allow-list
// (names, targets) hold none.
const canaries = `
name: shop
x-secret: canary01
services:
  web:
    image: nginx:canary02@sha256:canary03
    build: {context: canary04, args: {KEY: canary05}}
    command: [--token, canary06, "--url=http://canary07:x@db:1/canary08?k=canary09"]
    entrypoint: canary10 canary11
    environment:
      DB_PASSWORD: canary12
      DB_URL: postgres://canary13:canary14@db:5432/canary15?password=canary16
      "postgres://canary17:x@h": db:1
      OTHER: https://api.example.com/canary18?x=canary18
      FROM_FILE: ${SECRET}
    labels: {a: canary19}
    annotations: ["b=canary20"]
    healthcheck: {test: [CMD, canary21]}
    configs: [canary22]
    secrets: [canary23]
    env_file: [web.env, canary24.env]
    volumes: ["./canary25:/canary26", "data:/canary27"]
    extra_hosts: ["canary28:1.2.3.4"]
    logging: {options: {k: canary29}}
    user: canary30
    working_dir: /canary31
    depends_on: [db, "${SECRET}"]
    hostname: ${SECRET}
    ports: ["80:80"]
  list:
    image: x
    environment: ["postgres://canary32@db:1/?x=db:1", "TOKEN=canary33", canary34, "A=db:1,canary35:9"]
    volumes: ["data:/canary36:ro"]
    extends: {file: canary37.yaml, service: canary38}
    deploy: {labels: {x: canary39}}
    ports: [{published: "canary40"}]
    links: ["canary41:canary42"]
    network_mode: service:canary43
  db: {image: postgres}
secrets: {s: {environment: canary44}}
configs: {c: {content: canary45}}
include: [https://canary46.example/x]
`

func TestNothingSecretLeaves(t *testing.T) {
	files := []File{
		{"compose.yaml", []byte(canaries)},
		{".env", []byte("SECRET=canary50\n")},
		{"web.env", []byte("TOKEN=canary51\nURL=http://canary52:x@db:1\n")},
	}
	yaml, text := imported(t, files)
	if len(yaml) == 0 {
		t.Fatalf("nothing imported: %s", text)
	}
	out := string(yaml) + string(text)
	if i := strings.Index(out, "canary"); i >= 0 {
		t.Errorf("%q left with the result:\n%s", out[i:i+8], out)
	}
	if !strings.Contains(out, "variable DB_URL") {
		t.Errorf("the edge to db has no basis:\n%s", out)
	}
	// Even a broken file is not quoted.
	for _, broken := range []string{"services: {web: [canary60]}\n", "services:\n  web: {image: 'canary61}\n", "services: {web: {image: x, image: canary62}}\n", "{\"services\": {\"web\": canary63}}",
		"services:\n  web: {environment: {A: *canary64}}\n", "services:\n  web:\n    environment:\n      A: x\n      canary65\n", "services:\n  web: {image: !canary66 x}\n",
		"services:\n  web: {image: x, environment: {canary67: 1, canary67: 2}}\n", "services:\n  web: {image: \"\\canary68\"}\n", "services: &canary69 {a: *canary69}\n"} {
		_, text := imported(t, []File{{"compose.yaml", []byte(broken)}})
		if strings.Contains(string(text), "canary") {
			t.Errorf("quoted: %s", text)
		}
	}
}

// TestHostile runs the cases of the shared corpus that are compose files.
func TestHostile(t *testing.T) {
	data, err := os.ReadFile("../../../shared/badinput/badinput.json")
	if err != nil {
		t.Skip("the corpus of bad inputs is not here:", err)
	}
	var corpus struct {
		Cases []struct {
			ID     string
			Files  map[string]struct{ Text string }
			Argv   []string
			Expect struct {
				Exit          []int
				OutNotContain []string `json:"out_not_contain"`
			}
		}
	}
	if err := json.Unmarshal(data, &corpus); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, c := range corpus.Cases {
		if !strings.HasPrefix(c.ID, "compose-") {
			continue
		}
		n++
		yaml, text := imported(t, []File{{c.Argv[1], []byte(c.Files[c.Argv[1]].Text)}})
		if yaml == nil && c.Expect.Exit[len(c.Expect.Exit)-1] != 2 {
			t.Errorf("%s: not imported: %s", c.ID, text)
		}
		for _, secret := range c.Expect.OutNotContain {
			if strings.Contains(string(yaml)+string(text), secret) {
				t.Errorf("%s: %q left", c.ID, secret)
			}
		}
	}
	if n == 0 {
		t.Error("no compose case in the corpus")
	}
}

func FuzzCompose(f *testing.F) {
	f.Add([]byte(canaries), []byte("SECRET=x"))
	f.Add([]byte("services: {a: ~, b: [x], c: 1, d: {depends_on: {x: ~}, ports: [[]], volumes: [~, {}], networks: {n: 1}, extends: [d]}}"), []byte("="))
	f.Add([]byte("services: {a: {extends: b}, b: {extends: a}, c: {extends: c}}"), []byte(""))
	f.Add([]byte("services: {A: {image: redis, links: [a]}, a: {environment: [A=a:1, B=b]}}\nnetworks: []"), []byte("A=a"))
	paths, _ := filepath.Glob("testdata/*.txtar")
	for _, p := range paths {
		data, _ := os.ReadFile(p)
		f.Add(data, []byte("A=b"))
	}
	f.Fuzz(func(t *testing.T, compose, env []byte) {
		res, found := importCompose([]File{{"compose.yaml", compose}, {".env", env}}, Options{})
		if (res.System == nil) != found.HasErrors() {
			t.Fatalf("system %v, errors %v", res.System != nil, found)
		}
		if res.System == nil {
			return
		}
		yaml := model.FormatYAML(res.Node)
		if _, ds := model.Parse("a.yaml", yaml, model.Limits{}); ds.HasErrors() {
			t.Fatalf("the result does not load: %v\n%s", ds, yaml)
		}
	})
}
