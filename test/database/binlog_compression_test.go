package database_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/database"
)

// TestBinlogCompression: what log_bin_compress loses silently.
func TestBinlogCompression(t *testing.T) {
	stack := acctest.Stack(t)
	t.Parallel()
	server := serve(t, "mariadb", "log_bin_compress=ON")
	s := newBinlogOn(t, stack, database.MariaDB, server.Database)
	t.Cleanup(s.remove)
	s.admin.Exec(fmt.Sprintf(`ALTER TABLE %s.t MODIFY v VARCHAR(1000)`, s.name))
	found := s.finds("binlog-compress")
	s.create(s.configuration("100"))
	topic := s.name + "." + s.name + ".t"
	s.reads(topic, "first")
	insert := func(id int, v string) {
		s.admin.Exec(fmt.Sprintf(`INSERT INTO %s.t VALUES (%d, '%s')`, s.name, id, v))
	}
	insert(2, "long"+strings.Repeat("x", 300))
	insert(3, "short")
	s.admin.Exec(statements(found.Remedy)...)
	insert(4, "again"+strings.Repeat("x", 300))
	var all []string
	for _, value := range acctest.ReadUntil(t, stack, topic, "again") {
		for _, word := range []string{"first", "long", "short", "again"} {
			if strings.Contains(value, `"v":"`+word) {
				all = append(all, word)
			}
		}
	}
	if want := []string{"first", "short", "again"}; !slices.Equal(all, want) {
		t.Errorf("got %q, want %q", all, want)
	}
	s.clean()
}
