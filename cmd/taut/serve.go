package main

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/model/design"
	"github.com/taut-dev/taut/render"
)

// defaultPort spells "taut" on a telephone.
const defaultPort = 8288

func (a *app) serveCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "serve [FILE]",
		Short: "live preview in a browser: the report, new on every save",
		Long: `Serve shows the report in a browser and shows it anew whenever the file, or one it
includes, is saved. While the file has errors the page says which and where, over the
last version that had none; a bad file never stops the preview.

It answers this machine only (127.0.0.1 and ::1), reads nothing but the architecture,
and ends with an interrupt.`,
		Example: "  taut serve\n  taut serve examples/shop --design events --port 0",
		Args:    cobra.MaximumNArgs(1),
	}
	chosen := designFlag(cmd)
	limits := &limitFlag{limits: model.DefaultLimits()}
	port := cmd.Flags().Uint16("port", defaultPort, "port to listen on; 0 takes any that is free")
	cmd.Flags().Var(limits, "limit", "raise or lower a limit, as nodes=2000000")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		a.progress = nil // it goes on for as long as it is wanted
		named := ""
		if len(args) > 0 {
			named = args[0]
		}
		if named == "-" {
			return usageError("serve watches a file; standard input cannot be saved")
		}
		in, name, err := a.open(named, limits.limits)
		if err != nil {
			return err
		}
		opened := &openedFolders{FS: in.folder, folders: map[string]bool{".": true}}
		in.folder = opened
		p := &preview{a: a, in: in, name: name, design: *chosen, listeners: map[chan struct{}]bool{}}
		return a.serve(cmd.Context(), p, opened, *port)
	}
	return cmd
}

// openedFolders notes in which folders files were opened: what is to be watched
// besides the folder of the file itself.
type openedFolders struct {
	fs.FS
	folders map[string]bool
}

// Open opens a file and notes where it lies.
func (o *openedFolders) Open(name string) (fs.File, error) {
	o.folders[path.Dir(name)] = true
	return o.FS.Open(name)
}

// build reads the file and makes its page. A fault of ours is told like a
// problem of the file: the preview goes on.
func (p *preview) build(ctx context.Context) {
	defer func() {
		if r := recover(); r != nil {
			p.fail("a fault of ours, please report it with the file that caused it: " + model.Safe(fmt.Sprint(r)))
		}
	}()
	system, diagnostics := p.in.read(p.name)
	if system != nil {
		diagnostics = append(diagnostics, validate(system, p.in.source)...)
	}
	if !diagnostics.HasErrors() {
		var more model.Diagnostics
		system, more = design.Apply(design.WithPreset(system, p.design), p.design, p.in.limits)
		diagnostics = append(diagnostics, more...)
	}
	if diagnostics.HasErrors() {
		p.fail(render.FindingsText(render.Findings{Diagnostics: diagnostics.Sorted(), Source: p.in.source}))
		return
	}
	report, err := p.a.analyze(ctx, system, needs{details: true, findings: true}, p.in.limits)
	if err == nil {
		var page render.LivePage
		if page, err = render.LiveReport(report, p.number()+1, render.Options{Version: version()}); err == nil {
			p.show(page)
			return
		}
	}
	if ctx.Err() == nil {
		p.fail(err.Error())
	}
}

// tell says on standard error how a save went.
func (p *preview) tell(text string) {
	fmt.Fprintln(p.a.err, "taut: "+filepath.ToSlash(p.in.path)+": "+text)
}
