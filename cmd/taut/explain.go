package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/cmd/query"
	"github.com/taut-dev/taut/render"
)

func (a *app) explainCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "explain NAME [FILE]",
		Short: "explain a rule, a metric, or a table of assumptions",
		Long: `Explain tells what a lint rule or a metric means, where it comes from and what to
do about it. With --for it shows the terms that make up a metric's value for one
subject (a service, team or journey; "system" for the whole) in a file.

A rule that a file brings itself (lint.custom) is explained with the file: what it
looks for, what the names in it mean, what it finds now.

More names: states (what delayed, degraded and down mean), strengths (the table of
coupling strengths), importance (the measures of a journey's availability),
defaults (what is assumed where a file says nothing), errors.`,
		Example: "  taut explain shared-store\n  taut explain tightness --for orders examples/shop\n  taut explain acme-far-timeout architecture.yaml\n  taut explain strengths",
		Args:    cobra.RangeArgs(1, 2),
	}
	c := commonFlags(cmd, render.Names(render.PageFormats()))
	subject := cmd.Flags().String("for", "", "show the terms of the value for this subject")
	design := designFlag(cmd)
	cmd.ValidArgsFunction = func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return query.Names(), cobra.ShellCompDirectiveDefault
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if *subject == "" {
			page, err := a.explanationWith(cmd.Context(), args, *design, c)
			if err != nil {
				return err
			}
			return emit(a, c, nil, render.PageFormats(), page)
		}
		in, system, err := a.loadDesign(args[1:], *design, c)
		if err != nil {
			return err
		}
		facts := a.facts(cmd.Context(), system, metric.Options{KeepSets: true, Diagram: c.limits.limits.Diagram})
		page, err := query.Terms(facts, args[0], *subject)
		if err != nil {
			return listed(err)
		}
		return emit(a, c, in, render.PageFormats(), page)
	}
	return cmd
}

// explanationWith explains what the program knows by itself, else a rule of the
// file that is named or lies here.
func (a *app) explanationWith(ctx context.Context, args []string, design string, c *common) (render.Page, error) {
	page, unknown := query.Explain(args[0])
	if unknown == nil || len(args) == 1 && !a.readable(c) {
		return page, listed(unknown)
	}
	in, system, err := a.loadDesign(args[1:], design, c)
	if err != nil {
		return page, err
	}
	facts := a.facts(ctx, system, metric.Options{Diagram: c.limits.limits.Diagram})
	page, err = query.ExplainOwn(facts, args[0], in.path, a.today(), in.source)
	return page, listed(err)
}

// listed says of an unknown name where the known ones stand, if none is near.
func listed(err error) error {
	if u := new(query.Unknown); errors.As(err, &u) && u.Near == "" {
		return usageError("%w; taut rules and taut metrics list them", err)
	}
	return err
}

// readable says whether a file lies where files are looked for, and can be used.
func (a *app) readable(c *common) bool {
	in, name, err := a.open("", c.limits.limits)
	if err != nil {
		return false
	}
	system, found := in.read(name)
	return system != nil && !append(found, validate(system, in.source)...).HasErrors()
}
