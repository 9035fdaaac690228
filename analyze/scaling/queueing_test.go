package scaling

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestSingleServer compares with the closed form of M/M/1.
func TestSingleServer(t *testing.T) {
	s := NewStation(8, 0.1, 1)
	defined(t, "response", s.Response, 0.5, 1e-12)
	defined(t, "waiting", s.Waiting, 3.2, 1e-12)
	defined(t, "inside", s.Inside, 4, 1e-12)
	near(t, "late", Late(8, 0.1, 1, 0), 0.8, 1e-12)
	near(t, "late after 1 s", Late(8, 0.1, 1, 1), 0.8*math.Exp(-2), 1e-12)
	if s := NewStation(10, 0.1, 1); s.Wait.OK || s.Utilisation.F != 1 || Late(10, 0.1, 1, 1) != 1 {
		t.Errorf("a full server: %+v", s)
	}
	if s := NewStation(0, 0.1, 1); !s.Wait.OK || s.Wait.F != 0 {
		t.Errorf("an idle server: %+v", s)
	}
	if s := NewStation(1, 0.1, 0); s.Utilisation.OK {
		t.Errorf("no server: %+v", s)
	}
}

// TestErlangBySums compares the recursion with the quotient of sums.
func TestErlangBySums(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.IntRange(1, 40).Draw(t, "servers")
		a := rapid.Float64Range(0.01, 60).Draw(t, "erlangs")
		term, sum := 1.0, 1.0
		for n := 1; n <= c; n++ {
			term *= a / float64(n)
			sum += term
		}
		b := term / sum
		if math.Abs(ErlangB(c, a)-b) > 1e-12 {
			t.Fatalf("B(%d, %v) = %v, want %v", c, a, ErlangB(c, a), b)
		}
		want := 1.0
		if rho := a / float64(c); rho < 1 {
			wait := term / (1 - rho)
			want = wait / (sum - term + wait)
		}
		if math.Abs(ErlangC(c, a)-want) > 1e-9 {
			t.Fatalf("C(%d, %v) = %v, want %v", c, a, ErlangC(c, a), want)
		}
	})
}

func TestServersFor(t *testing.T) {
	if n, ok := ServersFor(0, 0.01); !ok || n != 1 {
		// with no server at all, everything is blocked
		t.Errorf("no load: %d servers", n)
	}
	if _, ok := ServersFor(1e9, 1e-9); ok {
		t.Error("more servers than the limit")
	}
	if n, ok := ServersFor(5, 1); !ok || n != 0 {
		t.Errorf("everything may be blocked: %d servers", n)
	}
}
