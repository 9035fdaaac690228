package scorecard

import (
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// rightTool cannot be judged from outside; the file can show that somebody
// chose. So its checks pass or are unknown, and never fail.
func rightTool() Principle {
	return Principle{"right-tool", "use the right tool for the job", []Check{
		{"services say what they are built with", func(f *metric.Facts) Finding {
			return services(f, func(_ int, s *model.Service) (Verdict, model.Pos) {
				return given(len(s.Technology) > 0), s.Pos
			})
		}},
		{"stores say what kind they are", func(f *metric.Facts) Finding {
			t := tally{noun: "stores"}
			for _, s := range f.System().Stores {
				t.add(given(s.Has("kind")), s.ID, s.Pos)
			}
			return t.finding()
		}},
	}}
}
