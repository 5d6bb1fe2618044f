package main

import (
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/rules"
)

//go:embed checks.md
var checksHead string

// harms lists the kinds of harm in the list's order: worst first.
var harms = []rules.Harm{rules.Refused, rules.Fails, rules.Diverges, rules.Ignored, rules.Deprecated, rules.Risky}

// part is one section of the list.
type part struct {
	title string
	infos []rules.Info
	// the kinds that the part covers, so that a check of fewer says so
	kinds []string
}

// most is the largest number of kinds for which a check is listed under each.
// Checks of more kinds are listed once, for every source.
const most = 6

// parts returns the kinds, by title, followed by what concerns all of them.
func parts(infos []rules.Info) []part {
	var parts []part
	var sources, all []string
	for _, k := range catalog.Kinds() {
		all = append(all, k.Name)
		if !k.Sink {
			sources = append(sources, k.Name)
		}
		parts = append(parts, part{title: k.Title, kinds: []string{k.Name}})
	}
	slices.SortFunc(parts, func(a, b part) int { return strings.Compare(strings.ToLower(a.title), strings.ToLower(b.title)) })
	common := []part{
		{title: "Every source", kinds: sources},
		{title: "Every connector of Debezium", kinds: all},
		{title: "Any connector on Kafka Connect"},
	}
	for _, info := range infos {
		switch n := len(info.Kinds); {
		case n == 0:
			common[2].infos = append(common[2].infos, info)
		case n == len(all):
			common[1].infos = append(common[1].infos, info)
		case n > most:
			common[0].infos = append(common[0].infos, info)
		default:
			for i, p := range parts {
				if slices.Contains(info.Kinds, p.kinds[0]) {
					parts[i].infos = append(parts[i].infos, info)
				}
			}
		}
	}
	return append(parts, common...)
}

func writeChecks(out io.Writer, infos []rules.Info) {
	fmt.Fprint(out, checksHead)
	for _, p := range parts(infos) {
		if len(p.infos) == 0 {
			fmt.Fprintf(out, "\n## %s\n\nNothing beside what concerns every source.\n", p.title)
			continue
		}
		slices.SortStableFunc(p.infos, func(a, b rules.Info) int {
			return slices.Index(harms, a.Harm) - slices.Index(harms, b.Harm)
		})
		fmt.Fprintf(out, "\n## %s\n\n", p.title)
		for _, info := range p.infos {
			fmt.Fprintf(out, "- [%s](check-details.md#%s): %s%s\n", info.Harm, info.Rule, info.Title, p.limits(info))
		}
	}
}

// limits returns which connectors and versions of a part a check covers.
func (p part) limits(info rules.Info) string {
	var limits []string
	var left []string
	for _, k := range catalog.Kinds() {
		if len(info.Kinds) > 0 && slices.Contains(p.kinds, k.Name) && !slices.Contains(info.Kinds, k.Name) {
			left = append(left, k.Title)
		}
	}
	if len(left) > 0 {
		limits = append(limits, "not "+strings.Join(left, ", "))
	}
	if info.Versions != "" {
		limits = append(limits, info.Versions)
	}
	if len(limits) == 0 {
		return ""
	}
	return " (" + strings.Join(limits, "; ") + ")"
}
