package catalog

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestServerID(t *testing.T) {
	// Written down, because no release may derive other numbers from the same
	// names: two runs of Terraform would plan two numbers.
	for name, want := range map[string]int64{"orders": 748600996, "inventory-connector": 839181985} {
		if got := ServerID(name); got != want {
			t.Errorf("%s has the number %d, want %d", name, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.String().Draw(t, "name")
		if id := ServerID(name); id < 1_000_000 || id > 1<<31-1 {
			t.Fatalf("%q has the number %d", name, id)
		}
	})
}

func TestSlotName(t *testing.T) {
	long := strings.Repeat("a", 63)
	tests := map[string]string{
		"orders":           "orders",
		"orders_2":         "orders_2",
		"acme-orders.prod": "acme_orders_prod",
		long:               long,
	}
	for name, want := range tests {
		if got := SlotName(name); got != want {
			t.Errorf("the slot of %q is %q, want %q", name, got, want)
		}
	}
	// Names that had to be changed never share a slot.
	for _, pair := range [][2]string{{"Orders", "orders"}, {"a b", "a_b"}, {"a b", "a/b"}, {long + "x", long + "y"}, {"ü", "ä"}} {
		if SlotName(pair[0]) == SlotName(pair[1]) {
			t.Errorf("%q and %q share the slot %q", pair[0], pair[1], SlotName(pair[0]))
		}
	}
	valid := regexp.MustCompile(`^[a-z0-9_]{1,63}$`)
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringN(1, 100, -1).Draw(t, "name")
		if slot := SlotName(name); !valid.MatchString(slot) {
			t.Fatalf("the slot of %q is %q", name, slot)
		}
	})
}

func TestDefaultHistoryTopic(t *testing.T) {
	tests := []struct {
		name   string
		values map[string]string
		want   string
	}{
		{"orders", nil, "schema-changes.orders"},
		{"acme-orders.prod", nil, "schema-changes.acme-orders.prod"},
		{"orders", map[string]string{"schema.history.internal": "io.debezium.storage.kafka.history.KafkaSchemaHistory"}, "schema-changes.orders"},
		{"orders", map[string]string{"schema.history.internal": "io.debezium.storage.file.history.FileSchemaHistory"}, ""},
	}
	for _, test := range tests {
		got, ok := defaultHistoryTopic.Derive(test.name, test.values)
		if !ok {
			got = ""
		}
		if got != test.want {
			t.Errorf("%q with %v has the topic %q, want %q", test.name, test.values, got, test.want)
		}
	}
	valid := regexp.MustCompile(`^[a-zA-Z0-9._-]{1,249}$`)
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringN(1, 300, -1).Draw(t, "name")
		if topic, _ := defaultHistoryTopic.Derive(name, nil); !valid.MatchString(topic) {
			t.Fatalf("%q has the topic %q", name, topic)
		}
	})
}

func TestDefaultPublicationName(t *testing.T) {
	tests := []struct {
		mode, slot, want string
	}{
		{"filtered", "orders", "orders"},
		{" Filtered ", "orders", "orders"},
		{"filtered", "2024_orders", "_2024_orders"},
		{"filtered", "order", "_order"},
		{"filtered", strings.Repeat("1", 63), "_" + strings.Repeat("1", 62)},
		{"filtered", "", ""},
		{"all_tables", "orders", ""},
		{"", "orders", ""},
	}
	for _, test := range tests {
		got, ok := defaultPublicationName.Derive("any", map[string]string{"publication.autocreate.mode": test.mode, "slot.name": test.slot})
		if ok != (test.want != "") || ok && got != test.want {
			t.Errorf("mode %q with slot %q gives %q, %t, want %q", test.mode, test.slot, got, ok, test.want)
		}
	}
}
