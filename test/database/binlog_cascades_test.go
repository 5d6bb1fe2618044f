package database_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/database"
)

// seesForeignKeys gives the user a privilege besides SELECT, without which
// MariaDB doesn't show foreign keys.
func (s *site) seesForeignKeys() {
	if s.kind == database.MariaDB {
		s.admin.Exec(fmt.Sprintf(`GRANT REFERENCES ON %s.* TO %[1]s`, s.name))
	}
}

// TestBinlogCascades: what foreign keys delete and set to NULL has no event.
func TestBinlogCascades(t *testing.T) {
	stack := acctest.Stack(t)
	t.Parallel()
	eachKind(t, func(t *testing.T, kind string) {
		s := newBinlog(t, stack, kind, binlogServer(stack, kind))
		s.admin.Exec(fill(s.name, []string{
			`CREATE TABLE NAME.parent (id INT PRIMARY KEY)`, `INSERT INTO NAME.parent VALUES (1)`,
			`CREATE TABLE NAME.child (id INT PRIMARY KEY, parent INT, FOREIGN KEY (parent) REFERENCES NAME.parent (id) ON DELETE CASCADE)`,
			`CREATE TABLE NAME.other (id INT PRIMARY KEY, parent INT, FOREIGN KEY (parent) REFERENCES NAME.parent (id) ON DELETE SET NULL)`,
			`INSERT INTO NAME.child VALUES (1, 1)`, `INSERT INTO NAME.other VALUES (1, 1)`,
		})...)
		s.config["table.include.list"] = s.name + ".(child|other)"
		s.seesForeignKeys()
		if found := s.finds("binlog-foreign-keys"); !strings.Contains(found.Summary, s.name+".other") {
			t.Errorf("got %+v", found)
		}
		config := s.configuration("100")
		config["value.converter"], config["value.converter.schemas.enable"] = "org.apache.kafka.connect.json.JsonConverter", "false"
		s.create(config)
		for _, table := range []string{"child", "other"} {
			s.events(s.name+"."+table, `"id":1`)
		}
		s.admin.Exec(fill(s.name, []string{`DELETE FROM NAME.parent`, `INSERT INTO NAME.child VALUES (2, NULL)`, `INSERT INTO NAME.other VALUES (2, NULL)`})...)
		for _, table := range []string{"child", "other"} {
			if got, want := s.events(s.name+"."+table, `"id":2`), []string{`r {"id":1,"parent":1}`, `c {"id":2,"parent":null}`}; !slices.Equal(got, want) {
				t.Errorf("%s has %q, want %q", table, got, want)
			}
		}
	})
}
