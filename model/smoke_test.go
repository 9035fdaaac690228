package model

import ("testing";"os";"fmt";"regexp")

func TestSmoke(t *testing.T) {
	data, err := os.ReadFile("../../shared/design/language.md")
	if err != nil { t.Skip(err) }
	m := regexp.MustCompile("(?s)```yaml\n(# yaml-language.*?)```").FindSubmatch(data)
	s, d := Parse("architecture.yaml", m[1], Limits{})
	for _, x := range d { fmt.Println(x.Pos, x.Rule, x.Message) }
	if s != nil { fmt.Println(string(FormatYAML(Encode(s)))) }
}
