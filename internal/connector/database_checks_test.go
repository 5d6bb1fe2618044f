package connector_test

import (
	"fmt"
	"net"
	"strconv"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// TestDatabaseThatCannotBeChecked: one warning for all connectors on a server
// that can't be reached from here, at the property that it is about, and none
// where the checks are off.
func TestDatabaseThatCannotBeChecked(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := listener.Addr().(*net.TCPAddr).Port
	listener.Close()
	for setting, want := range map[string]int{"off": 0, "warning": 1, "error": 1} {
		walk := acctest.StartWalk(t, acctest.InMemory(), acctest.Block{
			"url": connecttest.New(t).URL, "validation": acctest.Block{"database_checks": setting},
		})
		var all acctest.Diagnostics
		for i := range 5 {
			name := fmt.Sprintf("shop-%d", i)
			all = append(all, walk.PlanNew(t.Context(), typedPostgres, postgresConnector(name, properties{
				"slot.name": fmt.Sprintf("shop_%d", i), "database.hostname": "127.0.0.1", "database.port": strconv.Itoa(port),
			}))...)
		}
		if len(all) != want {
			t.Fatalf("%s: want %d diagnostics, got %v", setting, want, all)
		}
		if want == 1 && (all[0].IsError() || all[0].Path != "database_hostname" || !strings.Contains(all[0].Detail, strconv.Itoa(port))) {
			t.Errorf("%s: got %v", setting, all)
		}
	}
}
