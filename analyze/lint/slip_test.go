package lint

import "testing"

func TestSlips(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"chekcout", "checkout", true}, {"chckout", "checkout", true}, {"checckout", "checkout", true}, {"cheskout", "checkout", true},
		{"payment", "payments", true}, {"core-logistisc", "core-logistics", true},
		{"checkout", "checkout", false}, {"team-a", "team-b", false}, {"web-1", "web-2", false}, {"web1", "web2", false}, {"ops", "op", false},
		{"checkout", "checkin", false}, {"kceckout", "checkout", false}, {"", "checkout", false}, {"orders", "orders2", false}, {"a", "", false},
	} {
		if slip(c.a, c.b) != c.want || slip(c.b, c.a) != c.want {
			t.Errorf("%q, %q: not %v", c.a, c.b, c.want)
		}
	}
}
