package connector_test

import (
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/catalog/catalogtest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// TestUnreachableDatabases: each server, and each reason, is reported once, with
// the address that was tried and no secret.
func TestUnreachableDatabases(t *testing.T) {
	mongo := func(servers string) properties { return properties{"mongodb.connection.string": servers} }
	for _, test := range []struct {
		name, kind string
		changes    []properties
		want       []string // in the reports, in this order
	}{
		{"one server", "postgres", []properties{{}, {}}, []string{"host 127.0.0.1"}},
		{"two servers", "postgres", []properties{{"database.hostname": "one"}, {"database.hostname": "two"}}, []string{"host one", "host two"}},
		{"two reasons", "postgres", []properties{{"database.dbname": "one"}, {"database.dbname": "two"}}, []string{"database one", "database two"}},
		{"two of MongoDB", "mongodb", []properties{mongo("mongodb://one:1/?replicaSet=a"), mongo("mongodb://u:p@two:2,three:3/?replicaSet=a")}, []string{"(host one:1)", "(host two:2,three:3)"}},
		{"a property that MongoDB ignores", "mongodb", []properties{mongo("mongodb+srv://u:s/ecret@four").With(properties{"database.hostname": "five"})}, []string{"(host four)"}},
		{"two URLs", "oracle", []properties{url("one"), url("two")}, []string{"tried to connect:", "tried to connect:"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			server := connecttest.New(t)
			server.ConnectionError(func(config kafkaconnect.Config) string {
				return "Unable to connect to the database " + config["database.dbname"]
			})
			walk := acctest.StartWalk(t, acctest.InMemory(), acctest.Block{"url": server.URL})
			var reports []acctest.Diagnostic
			for i, changes := range test.changes {
				kind := catalog.KindByName(test.kind)
				name := string(rune('a' + i))
				own := properties{"topic.prefix": name}
				if test.kind == "oracle" {
					own["log.mining.flush.table.name"] = name
				}
				config := acctest.Connector(kind, name, catalogtest.Minimal(test.kind).With(own).With(changes))
				for _, d := range walk.PlanNew(t.Context(), "debezium_"+test.kind+"_connector", config) {
					if d.Summary == "The database can't be reached" {
						reports = append(reports, d)
					}
				}
			}
			if len(reports) != len(test.want) {
				t.Fatalf("want %d reports, got %v", len(test.want), reports)
			}
			for i, want := range test.want {
				if !strings.Contains(reports[i].Detail, want) || strings.Contains(reports[i].Detail, "ecret") {
					t.Errorf("want %q in %s", want, reports[i].Detail)
				}
			}
		})
	}
}

func url(host string) properties {
	return properties{"database.hostname": catalogtest.Unset, "database.url": "jdbc:oracle:thin:@" + host + ":1521/X"}
}
