package catalog

import (
	"slices"
	"strings"
	"testing"
)

var componentTypes = []string{Transformation, Predicate, Converter, HeaderConverter, CustomConverter, PostProcessor}

func TestComponentsAreWellFormed(t *testing.T) {
	types := []Type{Boolean, String, Int, Short, Long, Double, List, Class, Password}
	for _, componentType := range componentTypes {
		all := Components(componentType)
		if len(all) == 0 {
			t.Errorf("there is no %s", componentType)
		}
		for _, c := range all {
			for _, class := range c.Classes() {
				if ComponentOfClass(componentType, class) != c {
					t.Errorf("%s %s isn't found by its class", componentType, class)
				}
			}
			for _, option := range c.Properties() {
				for _, d := range c.Definitions(option) {
					if !slices.Contains(types, d.Type) {
						t.Errorf("%s: %s has type %q", c.Class, option, d.Type)
					}
					if !slices.IsSorted(d.Values) || len(d.Values) > 0 && d.Default != nil && !slices.Contains(d.Values, *d.Default) {
						t.Errorf("%s: the values of %s aren't sorted, or lack the default: %v", c.Class, option, d.Values)
					}
					if d.Required && d.Default != nil {
						t.Errorf("%s: %s is required, and has a default", c.Class, option)
					}
				}
			}
		}
	}
}

// A row about a class or an option that doesn't exist is a slip of the pen.
func TestOptionTablesNameWhatExists(t *testing.T) {
	for _, row := range options {
		for _, class := range row.classes {
			if len(components()[class]) == 0 {
				t.Errorf("the option %s is of %s, which isn't in the data", row.Name, class)
			}
		}
	}
	for class, required := range requiredOptions {
		for _, option := range required {
			if !slices.ContainsFunc(components()[class], func(c *Component) bool {
				return slices.ContainsFunc(c.Definitions(option), func(d *Definition) bool { return d.Required })
			}) {
				t.Errorf("%s has no option %s to be required", class, option)
			}
		}
	}
	for _, class := range openComponents {
		if len(components()[class]) == 0 {
			t.Errorf("%s isn't in the data", class)
		}
	}
}

func TestComponentOfClass(t *testing.T) {
	tests := []struct{ componentType, class, want string }{
		{Transformation, "io.debezium.transforms.ExtractNewRecordState", unwrapRecord},
		{Transformation, "ExtractNewRecordState", unwrapRecord},
		{Transformation, "org.apache.kafka.connect.transforms.Cast$Value", kafkaTransforms + "Cast"},
		{Transformation, "Cast$Key", kafkaTransforms + "Cast"},
		{Transformation, "Filter", ""}, // Kafka's or Debezium's
		{Predicate, "org.apache.kafka.connect.transforms.Cast", ""},
		{Converter, jsonConverter, jsonConverter},
		{Converter, "io.confluent.connect.avro.AvroConverter", ""},
		{HeaderConverter, jsonConverter, jsonConverter},
		{CustomConverter, "io.debezium.connector.mysql.converters.TinyIntOneToBooleanConverter", "io.debezium.connector.mysql.converters.TinyIntOneToBooleanConverter"},
		{Transformation, "", ""},
	}
	for _, test := range tests {
		got := ""
		if c := ComponentOfClass(test.componentType, test.class); c != nil {
			got = c.Class
		}
		if got != test.want {
			t.Errorf("the %s %s is %q, want %q", test.componentType, test.class, got, test.want)
		}
	}
}

func TestSuggestComponent(t *testing.T) {
	tests := []struct{ componentType, class, want string }{
		{Transformation, "io.debezium.transforms.ExtractNewRecordStates", unwrapRecord},
		{Transformation, "io.debezium.transforms.extractNewRecordState", unwrapRecord},
		{Transformation, "org.apache.kafka.connect.transforms.ReplaceFeild$Key", kafkaTransforms + "ReplaceField$Key"},
		{Transformation, "org.apache.kafka.connect.transforms.ReplaceFields", kafkaTransforms + "ReplaceField$Value"},
		{Transformation, "org.apache.kafka.connect.transforms.RegexRouter$Value", kafkaTransforms + "RegexRouter"},
		{Converter, "org.apache.kafka.connect.json.JSONConverter", jsonConverter},
		{Transformation, "com.example.Transform", ""},
	}
	for _, test := range tests {
		if got := SuggestComponent(test.componentType, test.class); got != test.want {
			t.Errorf("%s suggests %q, want %q", test.class, got, test.want)
		}
	}
}

func TestOptionsByVersion(t *testing.T) {
	tests := []struct {
		class, option, version string
		want                   Presence
	}{
		{unwrapRecord, "drop.tombstones", "1.9", Present},
		{unwrapRecord, "drop.tombstones", "3.1", Present},
		{unwrapRecord, "drop.tombstones", "3.2", Absent},
		{unwrapRecord, "delete.tombstone.handling.mode", "2.4", Absent},
		{unwrapRecord, "delete.tombstone.handling.mode", "2.5", Present},
		{unwrapRecord, "drop.fields.header.name", "2.1", Absent},
		{unwrapRecord, "drop.fields.header.name", "2.2", Present},
		{unwrapDocument, "add.fields.prefix", "1.9", Present},
		{byLogicalTable, "logical.table.cache.size", "1.9", Absent},
		{byLogicalTable, "logical.table.cache.size", "2.0", Present},
		{eventRouter, "table.field.event.payload.id", "1.9", Present},
		{eventRouter, "table.field.event.payload.id", "2.0", Absent},
		{eventRouter, "table.fields.additional.error.on.missing", "2.4", Absent},
		{eventRouter, "table.fields.additional.error.on.missing", "2.5", Present},
	}
	for _, test := range tests {
		c := ComponentOfClass(Transformation, test.class)
		if got := c.Presence(test.option, c.At(since(test.version))); got != test.want {
			t.Errorf("%s %s has %s: %d, want %d", test.class, test.version, test.option, got, test.want)
		}
	}
}

func TestAllows(t *testing.T) {
	tests := []struct {
		class, option, value, version string
		want                          bool
	}{
		{unwrapRecord, "delete.tombstone.handling.mode", "delete-to-tombstone", "3.1", false},
		{unwrapRecord, "delete.tombstone.handling.mode", "delete-to-tombstone", "3.2", true},
		{unwrapRecord, "delete.tombstone.handling.mode", "Rewrite", "3.5", true},
		{unwrapRecord, "add.fields", "anything", "3.5", true},
		{kafkaTransforms + "TimestampConverter", "target.type", "timestamp", "3.5", false},
		{kafkaTransforms + "TimestampConverter", "target.type", "Timestamp", "3.5", true},
		{kafkaTransforms + "ExtractField", "field.syntax.version", "v2", "1.9", true},
	}
	for _, test := range tests {
		c := ComponentOfClass(Transformation, test.class)
		if got := c.Allows(test.option, test.value, c.At(since(test.version))); got != test.want {
			t.Errorf("%s %s: %s allows %s: %t, want %t", test.class, test.version, test.option, test.value, got, test.want)
		}
	}
}

func TestSuggestOption(t *testing.T) {
	c := ComponentOfClass(Transformation, unwrapRecord)
	if got := c.SuggestOption("add.field", since("3.5")); got != "add.fields" {
		t.Errorf("add.field suggests %q", got)
	}
	if got := c.SuggestOption("drop.tombstone", since("3.5")); strings.Contains(got, "drop.tombstones") {
		t.Errorf("3.5 has no %s", got)
	}
}
