package design

import (
	"strings"
	"testing"

	"github.com/taut-dev/taut/model"
)

const changeable = `system: shop
services:
  orders: {depends_on: [payments, {to: email, needs: soft, fallback: none}, {any_of: [dhl, ups]}]}
  payments: {publishes: [bus]}
  email: {consumes: [bus]}
externals:
  dhl: {}
  ups: {}
channels:
  bus: {kind: topic}
`

// TestChanges makes one change each and looks for what it must have written, in
// a file that must read back.
func TestChanges(t *testing.T) {
	for _, c := range []struct {
		change Change
		want   string // a line of the rewritten file, or an error
	}{
		{Change{Soften, "orders", "payments"}, "payments: {needs: soft}"},
		{Change{Soften, "payments", "bus"}, "bus: {needs: soft}"},
		{Change{Harden, "orders", "email"}, "email: {needs: hard}"},
		{Change{Async, "orders", "payments"}, "events: [payments.request]"},
		{Change{Add, "email", "payments"}, "email: {depends_on: {payments: {}}"},
		{Change{Add, "email", "bus"}, "publishes: {bus: {}}"},
		{Change{Remove, "payments", "bus"}, "payments: {}"},
		{Change{Soften, "orders", "paymnts"}, `there is no element "paymnts"; did you mean "payments"?`},
		{Change{Soften, "order", "payments"}, `there is no service "order"; did you mean "orders"?`},
		{Change{Soften, "orders", "email"}, "orders → email is soft already"},
		{Change{Soften, "email", "orders"}, "email does not depend on orders, but on bus"},
		{Change{Remove, "dhl", "orders"}, `there is no service "dhl"`},
		{Change{Remove, "orders", "dhl"}, "one of several alternatives"},
		{Change{Async, "orders", "dhl"}, "one of several alternatives"},
		{Change{Async, "email", "bus"}, "email does not depend on bus"},
		{Change{Add, "orders", "payments"}, "is there already"},
		{Change{Add, "orders", "orders"}, "cannot depend on itself"},
		{Change{"break", "orders", "payments"}, `"break" is none of soft, hard, async, remove, add`},
	} {
		base := parse(t, changeable)
		before := string(model.FormatYAML(model.Encode(base)))
		sys, err := Changed(base, []Change{c.change})
		got := ""
		if err != nil {
			got = err.Error()
		} else {
			got = string(model.FormatYAML(model.Encode(sys)))
			parse(t, got)
		}
		if !strings.Contains(got, c.want) {
			t.Errorf("%v: got\n%s\nwithout %s", c.change, got, c.want)
		}
		if string(model.FormatYAML(model.Encode(base))) != before {
			t.Errorf("%v changed its argument", c.change)
		}
	}
}

// TestChangesAddUp makes the same channel serve two calls.
func TestChangesAddUp(t *testing.T) {
	sys, err := Changed(parse(t, changeable), []Change{{Async, "orders", "payments"}, {Async, "orders", "email"}})
	if err != nil {
		t.Fatal(err)
	}
	if len(sys.Channels) != 2 || sys.Channels[1].ID != "events" {
		t.Errorf("channels %v", sys.Channels)
	}
	if _, err := Changed(parse(t, changeable), []Change{{Remove, "orders", "email"}, {Remove, "orders", "email"}}); err == nil || !strings.HasPrefix(err.Error(), "change 2: ") {
		t.Error(err)
	}
}
