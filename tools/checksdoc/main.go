// Command checksdoc prints a guide as Markdown, from the tables of checks:
// "checks" lists those that a plan makes without a worker or a database,
// "details" describes them further, and "database" covers those of databases.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/database"
	"github.com/cdc/terraform-provider-debezium/internal/rules"
)

func main() {
	out := bufio.NewWriter(os.Stdout)
	switch guide := strings.Join(os.Args[1:], " "); guide {
	case "checks":
		writeChecks(out, rules.List())
	case "details":
		writeDetails(out, rules.List())
	case "database":
		writeDatabase(out, database.List())
	default:
		fail(fmt.Errorf("no guide %q: checks, details or database", guide))
	}
	if err := out.Flush(); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
