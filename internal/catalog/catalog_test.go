package catalog

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestEveryKindLoads(t *testing.T) {
	if got := len(Kinds()); got != len(traits) {
		t.Fatalf("%d kinds, want %d", got, len(traits))
	}
	for _, k := range Kinds() {
		t.Run(k.Name, func(t *testing.T) {
			if KindByName(k.Name) != k {
				t.Error("not found by its name")
			}
			if len(k.Versions()) == 0 || !slices.IsSortedFunc(k.Versions(), Version.Compare) {
				t.Errorf("versions %v, want some, oldest first", k.Versions())
			}
			if k.FirstCaptured() != k.Versions()[0] {
				t.Errorf("first captured is %s, want %s", k.FirstCaptured(), k.Versions()[0])
			}
			if newest := k.Versions()[len(k.Versions())-1]; k.Newest() != newest {
				t.Errorf("newest is %s, want %s", k.Newest(), newest)
			}
			if !slices.IsSorted(k.Properties()) {
				t.Error("properties aren't sorted")
			}
			for _, required := range []string{"name", "connector.class", "tasks.max"} {
				if k.Definition(required, k.Newest()) == nil {
					t.Errorf("no definition of %s", required)
				}
			}
		})
	}
}

// What the provider spends at its start, where every kind is asked for its
// attributes.
func BenchmarkLoadAllKinds(b *testing.B) {
	for b.Loop() {
		for _, t := range traits {
			newKind(t)
		}
	}
}

func TestDataNamesTheClassOfItsKind(t *testing.T) {
	for _, tr := range traits {
		text, err := data.ReadFile("data/" + tr.Name + ".json")
		if err != nil {
			t.Fatal(err)
		}
		if want := `{"class":"` + tr.Class + `",`; !strings.HasPrefix(string(text), want) {
			t.Errorf("data/%s.json doesn't begin with %s", tr.Name, want)
		}
	}
}

func TestDefinitionsAreWellFormed(t *testing.T) {
	types := []Type{Boolean, String, Int, Short, Long, Double, List, Class, Password}
	for _, k := range Kinds() {
		for _, property := range k.Properties() {
			definitions := k.Definitions(property)
			if !slices.IsSortedFunc(definitions, byAge) {
				t.Errorf("%s: the definitions of %s aren't in order", k.Name, property)
			}
			for _, d := range definitions {
				if !slices.Contains(types, d.Type) {
					t.Errorf("%s: %s has type %q", k.Name, property, d.Type)
				}
				if !slices.IsSorted(d.Values) {
					t.Errorf("%s: the values of %s aren't sorted: %v", k.Name, property, d.Values)
				}
				if len(d.Values) > 0 && d.Default != nil && !allows(d, *d.Default) {
					t.Errorf("%s: %s doesn't allow its own default %q: %v", k.Name, property, *d.Default, d.Values)
				}
				if !d.Until.IsZero() && !d.From.IsZero() && !d.From.Less(d.Until) {
					t.Errorf("%s: %s is from %s until %s", k.Name, property, d.From, d.Until)
				}
			}
		}
	}
}

// allows compares as Debezium does, without regard to case.
func allows(d *Definition, value string) bool {
	return slices.ContainsFunc(d.Values, func(v string) bool { return strings.EqualFold(v, value) })
}

// taken are names that Terraform reserves in every resource, and those of the
// attributes that all our resources have.
var taken = []string{
	"connection", "count", "depends_on", "for_each", "lifecycle", "provider", "provisioner",
	"id", "name", "config", "config_wo", "config_wo_version", "state", "status", "wait_for_state",
	"restart_failed", "restart_triggers", "initial_offsets", "reset_offsets_on_destroy", "timeouts",
	"connector_class",
}

func TestAttributes(t *testing.T) {
	valid := regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	for _, k := range Kinds() {
		t.Run(k.Name, func(t *testing.T) {
			names := map[string]string{} // attribute -> property
			for _, a := range k.Attributes() {
				if !valid.MatchString(a.Name) || slices.Contains(taken, a.Name) {
					t.Errorf("%s can't be an attribute", a.Name)
				}
				all := []string{a.Name}
				if a.Secret {
					all = append(all, a.Name+"_wo", a.Name+"_wo_version")
				}
				for _, name := range all {
					if other, ok := names[name]; ok {
						t.Errorf("both %s and %s make the attribute %s", a.Property, other, name)
					}
					names[name] = a.Property
				}
				if k.Attribute(a.Name) != a || k.AttributeOf(a.Property) != a {
					t.Errorf("%s isn't found by its names", a.Name)
				}
				if a.Description == "" || a.Description != strings.TrimSpace(a.Description) || !strings.HasSuffix(a.Description, ".") {
					t.Errorf("%s has the description %q", a.Name, a.Description)
				}
			}
			if n := len(k.Attributes()); n > 45 {
				t.Errorf("%d attributes: a resource's documentation should fit on a page", n)
			}
		})
	}
}

// A description that names an attribute by its name must name one that the
// kind has.
func TestDescriptionsNameAttributesThatExist(t *testing.T) {
	quoted := regexp.MustCompile("`([a-z]+(?:_[a-z]+)+)`")
	// Values look like attributes.
	for _, k := range Kinds() {
		values := map[string]bool{}
		for _, property := range k.Properties() {
			for _, d := range k.Definitions(property) {
				for _, v := range d.Values {
					values[v] = true
				}
			}
		}
		for _, a := range k.Attributes() {
			for _, match := range quoted.FindAllStringSubmatch(a.Description, -1) {
				if name := match[1]; k.Attribute(name) == nil && !values[name] && name != "dbz_publication" {
					t.Errorf("%s: the description of %s names %s, which is neither an attribute nor a value", k.Name, a.Name, name)
				}
			}
		}
	}
}

func TestAttributesOfTheContract(t *testing.T) {
	want := map[string][]string{
		"mysql": {
			"tasks_max", "connector_plugin_version", "key_converter", "value_converter", "errors_max_retries",
			"max_batch_size", "max_queue_size", "topic_prefix", "snapshot_mode", "tombstones_on_delete",
			"decimal_handling_mode", "binary_handling_mode", "time_precision_mode", "heartbeat_interval_ms",
			"heartbeat_action_query", "signal_data_collection", "signal_enabled_channels",
			"database_hostname", "database_port", "database_user", "database_password", "table_include_list",
			"table_exclude_list", "column_include_list", "column_exclude_list", "message_key_columns",
			"database_include_list", "database_exclude_list", "schema_history_internal_kafka_bootstrap_servers",
			"schema_history_internal_kafka_topic", "schema_history_internal_store_only_captured_tables_ddl",
			"include_schema_changes", "database_server_id", "database_ssl_mode", "snapshot_locking_mode",
			"bigint_unsigned_handling_mode",
		},
		"postgres": {
			"database_dbname", "database_sslmode", "plugin_name", "slot_name", "slot_drop_on_stop",
			"publication_name", "publication_autocreate_mode", "schema_include_list", "schema_exclude_list",
		},
		"oracle": {
			"database_dbname", "database_pdb_name", "database_url", "database_connection_adapter",
			"log_mining_strategy", "log_mining_query_filter_mode", "lob_enabled",
		},
		"jdbc_sink": {"topics", "topics_regex", "connection_url", "connection_username", "connection_password"},
	}
	for kind, names := range want {
		for _, name := range names {
			if KindByName(kind).Attribute(name) == nil {
				t.Errorf("%s has no attribute %s", kind, name)
			}
		}
	}
}

func TestTypesOfAttributes(t *testing.T) {
	tests := []struct {
		kind, attribute string
		want            Type
	}{
		{"postgres", "table_include_list", List},
		{"postgres", "database_port", Int},
		{"postgres", "slot_drop_on_stop", Boolean},
		{"postgres", "database_password", Password},
		{"postgres", "message_key_columns", String},
		{"mysql", "database_server_id", Long},
		{"jdbc_sink", "connection_pool_min_size", Int},
		{"jdbc_sink", "topics", List},
	}
	for _, test := range tests {
		if got := KindByName(test.kind).Attribute(test.attribute).Type; got != test.want {
			t.Errorf("%s %s is %s, want %s", test.kind, test.attribute, got, test.want)
		}
	}
}

func TestSecretAttributes(t *testing.T) {
	want := map[string][]string{
		"spanner":      {"gcp_spanner_credentials_json"},
		"mongodb":      {"mongodb_connection_string", "mongodb_password"},
		"mongodb_sink": {"mongodb_connection_string"},
		"jdbc_sink":    {"connection_password"},
	}
	for _, k := range Kinds() {
		var got []string
		for _, a := range k.Attributes() {
			if a.Secret {
				got = append(got, a.Name)
			}
		}
		expected, special := want[k.Name]
		if !special {
			expected = []string{"database_password"}
		}
		if !slices.Equal(got, expected) {
			t.Errorf("%s has the secrets %v, want %v", k.Name, got, expected)
		}
	}
}

func TestCreationDefaultsByKind(t *testing.T) {
	for _, k := range Kinds() {
		var got []string
		for _, a := range k.Attributes() {
			if a.Default != nil {
				got = append(got, a.Property)
				for _, need := range a.Default.Needs {
					if k.Definition(need, k.Newest()) == nil {
						t.Errorf("%s: the default of %s needs %s, which the kind doesn't have", k.Name, a.Property, need)
					}
				}
			}
		}
		var want []string
		if k.Name == "mysql" || k.Name == "mariadb" {
			want = append(want, "database.server.id")
		}
		if k.Name == "postgres" {
			want = append(want, "plugin.name", "publication.name", "slot.name")
		}
		if k.SchemaHistory {
			want = append(want, "schema.history.internal.kafka.topic")
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s has defaults for %v, want %v", k.Name, got, want)
		}
	}
}

func TestKindOfClass(t *testing.T) {
	tests := map[string]string{
		"io.debezium.connector.mysql.MySqlConnector": "mysql",
		"MySqlConnector":           "mysql",
		"MySql":                    "mysql",
		"PostgresConnector":        "postgres",
		"MongoDbSinkConnector":     "mongodb_sink",
		"mysql":                    "",
		"":                         "",
		"com.example.FooConnector": "",
	}
	for class, want := range tests {
		got := ""
		if k := KindOfClass(class); k != nil {
			got = k.Name
		}
		if got != want {
			t.Errorf("the kind of %q is %q, want %q", class, got, want)
		}
	}
}
