package render

import (
	"bytes"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"github.com/taut-dev/taut/render/scene"
	"github.com/taut-dev/taut/render/svg"
)

// htmlJourneys is how many journeys a page draws at most.
const htmlJourneys = 3

// htmlFigure is the part of a page that shows pictures: one below the other, or
// with scripts one at a time.
type htmlFigure struct {
	Title    string
	Pictures []htmlPicture
	Messages []string // about what is not there
}

// htmlPicture is a drawing painted for a page.
type htmlPicture struct {
	ID, Title, About string        // the id begins all ids in the picture
	Numbers          [][]Cell      // what is worth large type in a picture of its own
	SVG              template.HTML // of render/svg, which escapes what is not ours
	Messages         []string      // what it does not show
	Whole            bool          // is shown in its whole height, however large
	Fails            bool          // things are shown failed in it; else only in the words beside it
}

// add paints a scene as the next picture.
func (f *htmlFigure) add(title string, s scene.Scene) error {
	p := htmlPicture{ID: f.prefix(), Title: title, About: sentence(s.Subtitle), Messages: s.Messages, Fails: failable(&s.Drawing)}
	for _, h := range s.Headlines {
		tone := [...]Tone{scene.Plain: Strong, scene.Better: Good, scene.Worse: Bad}[h.Tone]
		p.Numbers = append(p.Numbers, []Cell{{h.Value, tone}, {" " + h.Caption, Muted}})
	}
	s.Messages = nil
	var b bytes.Buffer
	err := svg.Write(&b, &s, svg.Options{Page: true, Prefix: p.ID})
	p.SVG = template.HTML(b.String())
	f.Pictures = append(f.Pictures, p)
	return err
}

// prefix is the id of the next picture.
func (f *htmlFigure) prefix() string { return fmt.Sprintf("d%d", len(f.Pictures)+1) }

// failable says whether states can be painted into a drawing: it shows single
// things, and no states of its own.
func failable(d *scene.Drawing) bool {
	return len(d.Nodes) > 0 && !slices.ContainsFunc(d.Nodes, func(n scene.Node) bool {
		return n.Kind == scene.Group || n.Impact != scene.Unmarked || n.Change != scene.Unchanged || n.Grew || n.Note != ""
	})
}

// viewpoint is a view with what it is to show.
type viewpoint struct {
	scene.View
	at, title string
}

// viewpoints lists the views that have something to say about this system. What
// one failure does is not among them: the page fails whatever is chosen in it.
func (r *Report) viewpoints() []viewpoint {
	sys := r.Facts.System()
	owners := map[string]bool{}
	for _, s := range sys.Services {
		owners[s.Owner] = true
	}
	var out []viewpoint
	for _, v := range scene.Views() {
		switch {
		case v.ID == "blast", v.ID == "teams" && len(owners) < 2:
		case v.ID == "scatter" && r.Facts.Graph().Calls().Edges() < 2, v.ID == "matrix" && r.Facts.Graph().Services() < 3:
		case v.ID == "journey":
			for _, j := range sys.Journeys[:min(len(sys.Journeys), htmlJourneys)] {
				out = append(out, viewpoint{v, j.ID, "Journey " + show(j.ID)})
			}
		default:
			out = append(out, viewpoint{v, "", sentence(v.ID)})
		}
	}
	return out
}

// figure paints the views. The first is always there, folded when it must be;
// another is left out where it cannot be read or the file says too little for it.
func (r *Report) figure() (*htmlFigure, error) {
	f := &htmlFigure{Title: "Picture"}
	var large []string
	for i, v := range r.viewpoints() {
		if i > 0 && v.ID != "teams" && r.Facts.Graph().Services() > scene.MaxNodes {
			large = append(large, v.ID)
			continue
		}
		s, err := v.Build(r.Facts, scene.Options{At: v.at})
		switch {
		case err != nil && i == 0:
			return nil, err
		case err != nil:
			continue
		case i > 0 && v.ID != "teams" && folded(&s):
			large = append(large, v.ID)
			continue
		}
		if err := f.add(v.title, s); err != nil {
			return nil, err
		}
	}
	if len(large) > 0 {
		f.Messages = append(f.Messages, "Too large to be read here, and left out: "+strings.Join(slices.Compact(large), ", ")+". taut render --view draws each.")
	}
	if n := len(r.Facts.System().Journeys); n > htmlJourneys {
		f.Messages = append(f.Messages, fmt.Sprintf("Only the first %d of %d journeys are drawn here. taut render --view journey --at NAME draws any.", htmlJourneys, n))
	}
	return f, nil
}

// folded says whether a picture shows groups of services in their place.
func folded(s *scene.Scene) bool {
	return s.View != "matrix" && s.Matrix != nil || slices.ContainsFunc(s.Drawing.Nodes, func(n scene.Node) bool { return n.Kind == scene.Group })
}
