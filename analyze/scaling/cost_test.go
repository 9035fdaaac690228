package scaling

import (
	"testing"
	"time"

	"github.com/taut-dev/taut/model"
)

func TestCost(t *testing.T) {
	m := build("a").load("a", 10, 100, 0)
	m.scale("a", 100*time.Millisecond, 1, 0.5).Memory = 2 << 30
	m.service("a").Cost = &model.Cost{ReplicaHour: 0.04937, GBSecond: 0.12 / 7200}
	_, r := m.analyze()
	defined(t, "provisioned", r.Cost.Provisioned, 20*0.04937*730, 1e-9)
	defined(t, "used", r.Cost.Used, 10*0.1*2*730*3600*0.12/7200, 1e-9)
	defined(t, "break-even", r.Cost.BreakEven, 0.411, 0.0005) // 1 vCPU and 2 GB: $.04937 an hour against $.12 of a busy one
	if len(r.Cost.Items) != 1 {
		t.Errorf("items %+v", r.Cost.Items)
	}
}

func TestCostOfUnitsAndStores(t *testing.T) {
	m := build("a>b", "b").load("a", 1, 0, 0)
	m.scale("a", time.Second, 1, 0.5)
	m.scale("b", time.Second, 1, 0.5)
	m.unit("u", "a", "b").Cost = &model.Cost{ReplicaHour: 1}
	m.service("a").Cost = &model.Cost{ReplicaHour: 1000} // the unit's price stands above it
	m.store("db", "b").Cost = &model.Cost{ReplicaHour: 2, MillionRequests: 1}
	_, r := m.analyze()
	defined(t, "provisioned", r.Cost.Provisioned, (40+2)*730, 1e-9)
	defined(t, "used", r.Cost.Used, 2.628, 1e-9)
}

func TestCostIdle(t *testing.T) {
	m := build("a", "b").load("a", 0.5/3600, 0, 0).load("b", 9, 0, 0)
	m.scale("a", time.Second, 1, 0.5)
	m.service("a").Cost = &model.Cost{Idle: 2}
	_, r := m.analyze()
	defined(t, "half of the hours are empty", r.Cost.Used, 730, 1e-9)
}

// TestCostUnknown: money is not made up.
func TestCostUnknown(t *testing.T) {
	m := build("a")
	m.service("a").Cost = &model.Cost{ReplicaHour: 1}
	if _, r := m.analyze(); r.Cost.Provisioned.OK {
		t.Error("a price for a relative load")
	}
	m.load("a", 1, 0, 0).scale("a", time.Second, 1, 0.5)
	m.service("a").Cost = nil
	if _, r := m.analyze(); r.Cost.Provisioned.OK || r.Cost.Used.OK || r.Cost.BreakEven.OK {
		t.Error("a cost without a price")
	}
}

// TestWeinman: with a premium of 2, paying for use wins for peaks above twice
// the average (Weinman, 2009).
func TestWeinman(t *testing.T) {
	if !PayPerUseWins(2, 201, 100) || PayPerUseWins(2, 199, 100) {
		t.Error("the border is not at 2 : 1")
	}
}
