package main

import (
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/database"
)

func TestEveryDatabaseCheckHasOneLine(t *testing.T) {
	var page strings.Builder
	writeDatabase(&page, database.List())
	for _, info := range database.List() {
		if n := strings.Count(page.String(), `<a id="`+info.Check+`"></a>`); n != 1 {
			t.Errorf("%s is on the page %d times", info.Check, n)
		}
	}
	for line := range strings.Lines(page.String()) {
		columns := strings.Count(line, "|") - strings.Count(line, `\|`)
		if strings.HasPrefix(line, "|") && columns != 7 {
			t.Errorf("not six columns: %s", line)
		}
	}
}
