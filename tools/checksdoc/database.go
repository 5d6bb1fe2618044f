package main

import (
	_ "embed"
	"fmt"
	"io"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/database"
)

// guide is the guide to what a database must satisfy; its tables replace two
// comments.
//
//go:embed database.md
var guide string

func writeDatabase(out io.Writer, infos []database.Info) {
	var postgres, binlog []string
	for _, info := range infos {
		if info.Kinds == nil {
			postgres = append(postgres, databaseLine(info))
		} else {
			binlog = append(binlog, databaseLine(info))
		}
	}
	table := func(lines []string) string {
		return "| check | fix | symptom | severity | property | source |\n|---|---|---|---|---|---|\n" + strings.Join(lines, "\n")
	}
	fmt.Fprint(out, strings.NewReplacer("<!-- checks of PostgreSQL -->", table(postgres), "<!-- checks of MySQL and MariaDB -->", table(binlog)).Replace(guide))
}

func databaseLine(info database.Info) string {
	failure := info.Failure
	if !info.Silent {
		failure = "“" + failure + "”"
	}
	title := info.Title
	if len(info.Kinds) == 1 {
		title = map[string]string{database.MySQL: "MySQL: ", database.MariaDB: "MariaDB: "}[info.Kinds[0]] + title
	}
	cells := []string{
		fmt.Sprintf(`<a id="%s"></a>%s`, info.Check, title), info.Remedy, failure, string(info.Severity), "`" + info.Property + "`", info.Source,
	}
	for i, cell := range cells {
		cells[i] = strings.ReplaceAll(cell, "|", `\|`)
	}
	return "| " + strings.Join(cells, " | ") + " |"
}
