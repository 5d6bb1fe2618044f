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

// harms are in the order of the list: the worst first.
var harms = []rules.Harm{rules.Refused, rules.Fails, rules.Diverges, rules.Ignored, rules.Deprecated, rules.Risky}

// part is a part of the list.
type part struct {
	title string
	infos []rules.Info
	// names of kinds that the part is about, so that a check of fewer says so
	kinds []string
}

// most is how many kinds a check may be about and still be told at each of
// them. Those of more kinds stand once, for every source.
const most = 6

// parts are the kinds, by title, and then what concerns all of them.
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

// limits say which connectors of a part, and which versions, a check is about.
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
