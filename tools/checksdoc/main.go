// Command checksdoc prints a guide as Markdown: that of every check that a plan
// makes without a worker or a database, from the tables of the rules; or, with
// the argument "database", that of the checks of databases, from theirs.
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/database"
	"github.com/cdc/terraform-provider-debezium/internal/rules"
)

func main() {
	out := bufio.NewWriter(os.Stdout)
	if len(os.Args) > 1 && os.Args[1] == "database" {
		writeDatabase(out, database.List())
	} else {
		write(out, rules.List())
	}
	if err := out.Flush(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

const head = `---
page_title: "What a plan checks"
subcategory: ""
description: |-
  Every check that needs neither a worker nor a database: what it asks for, of which connectors, and where the fact comes from.
---

# What a plan checks

Each line is one check. What happens to a connector that breaks it decides whether it is an error, which stops the plan, or a warning:

- **refused** (error): the worker, or Debezium itself, doesn't accept the configuration.
- **fails** (error): the connector is accepted, and it or its task fails.
- **diverges** (error): it captures, names or loses something else than what is written.
- **ignored** (warning): what is written has no effect.
- **deprecated** (warning): it works, but not in a later release.
- **risky** (warning): it works, and may do harm under circumstances.

The tables name the worst that comes of each check; where less harm comes of a case, it is judged by that. Nothing is an error on a connector that runs like that already and isn't changed. A value that isn't known yet, and a reference to a config provider, is neither right nor wrong; the checks wait for it.

"All" connectors are those of Debezium's classes, also in a ` + "`debezium_connector`" + `; "any class" are those of other classes, too.

Beside these, the plan asks the worker to validate what it creates or changes. See the provider's attribute ` + "`validation`" + `.
`

// sections are the page's parts, in the order of the page.
var sections = []struct {
	scope rules.Scope
	text  string
}{
	{rules.OneConfiguration, "## One configuration\n\nAsked by the plan for the version that runs. `terraform validate` says only what is refused or fails in every release of Debezium.\n"},
	{rules.BetweenConnectors, "## Between connectors\n\nAsked by the plan about each new or changed connector, beside those on the cluster and in the same plan.\n"},
	{rules.AgainstRunning, "## Against what runs now\n\nAsked by the plan about a connector that it changes, replaces or destroys.\n"},
	{rules.InitialOffsets, "## Initial offsets\n\nAsked by the plan about a new connector with `initial_offsets`.\n"},
}

func write(out io.Writer, infos []rules.Info) {
	fmt.Fprint(out, head)
	for _, s := range sections {
		fmt.Fprintf(out, "\n%s\n| check | properties | connectors | Debezium | harm | source |\n|---|---|---|---|---|---|\n", s.text)
		for _, info := range infos {
			if info.Scope == s.scope {
				fmt.Fprintln(out, line(info))
			}
		}
	}
}

// line is a rule's line in the table, with the rule's name as an anchor to link to.
func line(info rules.Info) string {
	cells := []string{
		fmt.Sprintf(`<a id="%s"></a>%s`, info.Rule, info.Title),
		properties(info.Properties),
		connectors(info.Kinds),
		orElse(info.Versions, "all"),
		string(info.Harm),
		info.Source,
	}
	for i, cell := range cells {
		cells[i] = strings.ReplaceAll(cell, "|", `\|`)
	}
	return "| " + strings.Join(cells, " | ") + " |"
}

func properties(names []string) string {
	if len(names) == 0 {
		return "any"
	}
	return "`" + strings.Join(names, "`, `") + "`"
}

// connectors names the kinds, by those that are left out where these are fewer.
func connectors(names []string) string {
	if len(names) == 0 {
		return "any class"
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
		return "all"
	case sources:
		return "all sources"
	case len(without) < len(with):
		return "all but " + strings.Join(without, ", ")
	}
	return strings.Join(with, ", ")
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}
