package main

import (
	_ "embed"
	"fmt"
	"io"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/rules"
)

//go:embed details.md
var detailsHead string

// sections are the sections of the page, in order.
var sections = []struct {
	scope rules.Scope
	text  string
}{
	{rules.OneConfiguration, "## One configuration\n\nAsked by the plan for the version that runs. `terraform validate` says only what is refused or fails in every release of Debezium.\n"},
	{rules.BetweenConnectors, "## Between connectors\n\nAsked by the plan about each new or changed connector, beside those on the cluster and in the same plan.\n"},
	{rules.AgainstRunning, "## Against what runs now\n\nAsked by the plan about a connector that it changes, replaces or destroys.\n"},
	{rules.InitialOffsets, "## Initial offsets\n\nAsked by the plan about a new connector with `initial_offsets`.\n"},
}

func writeDetails(out io.Writer, infos []rules.Info) {
	fmt.Fprint(out, detailsHead)
	for _, s := range sections {
		fmt.Fprintf(out, "\n%s", s.text)
		for _, info := range infos {
			if info.Scope == s.scope {
				fmt.Fprint(out, detail(info))
			}
		}
	}
}

// detail returns a check's paragraph, with an anchor named after the rule.
func detail(info rules.Info) string {
	versions := "all versions"
	if info.Versions != "" {
		versions = info.Versions
	}
	facts := []string{string(info.Harm), connectors(info.Kinds), versions, properties(info.Properties)}
	return fmt.Sprintf("\n<a id=\"%s\"></a>**%s**<br>%s<br>Source: %s\n", info.Rule, info.Title, strings.Join(facts, " · "), info.Source)
}

func properties(names []string) string {
	if len(names) == 0 {
		return "any property"
	}
	return "`" + strings.Join(names, "`, `") + "`"
}

// connectors lists the kinds, or those left out if they are fewer.
func connectors(names []string) string {
	if len(names) == 0 {
		return "any connector"
	}
	in := map[string]bool{}
	for _, name := range names {
		in[name] = true
	}
	var with, without []string
	sources := true
	for _, k := range catalog.Kinds() {
		if in[k.Name] {
			with = append(with, k.Title)
		} else {
			without = append(without, k.Title)
		}
		sources = sources && in[k.Name] != k.Sink
	}
	switch {
	case len(without) == 0:
		return "all of Debezium"
	case sources:
		return "all sources"
	case len(without) < len(with):
		return "all but " + strings.Join(without, ", ")
	}
	return strings.Join(with, ", ")
}
