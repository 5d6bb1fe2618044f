package connector

import (
	"maps"
	"slices"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

const mask = "••••••••••••"

// TestChange says what an update sends, for each way in which a property can
// be ours, the server's, or a secret that nobody wrote down.
func TestChange(t *testing.T) {
	type values = map[string]string
	cases := []struct {
		name      string
		plan      values
		prior     values
		removed   []string
		writeOnly values // what the configuration has write-only
		version   bool   // whether their version changed
		server    values
		memory    memory
		want      values // beside name and class; nil: nothing is sent
		masked    []string
	}{
		{name: "unchanged", plan: values{"a": "1"}, server: values{"a": "1"}},
		{name: "changed", plan: values{"a": "2"}, server: values{"a": "1"}, want: values{"a": "2"}},
		{name: "added", plan: values{"a": "1", "b": "2"}, server: values{"a": "1"}, want: values{"a": "1", "b": "2"}},
		{name: "left out", plan: values{"a": "1"}, server: values{"a": "1", "b": "2"}, want: values{"a": "1"}},
		{
			name: "a key that the server added is no reason to send", plan: values{"a": "1"},
			server: values{"a": "1", "b": "2"}, memory: memory{ServerKeys: []string{"b"}},
		},
		{
			name: "a secret that isn't mentioned is sent back", plan: values{"a": "2"},
			server: values{"a": "1", "database.password": "s3cret"}, want: values{"a": "2", "database.password": "s3cret"},
		},
		{
			name: "and alone is no reason to send", plan: values{"a": "1"},
			server: values{"a": "1", "database.password": "s3cret"},
		},
		{
			name: "a secret is removed by a null", plan: values{"a": "1"}, removed: []string{"my.password"},
			server: values{"a": "1", "my.password": "s3cret"}, want: values{"a": "1"},
		},
		{
			name: "a reference isn't a secret: leaving it out removes it", plan: values{"a": "1"},
			server: values{"a": "1", "database.password": "${file:/x:y}"}, want: values{"a": "1"},
		},
		{
			name: "a masked secret that isn't mentioned is no reason to send", plan: values{"a": "1"},
			server: values{"a": "1", "database.password": mask},
		},
		{
			name: "but its value is needed once something else changes", plan: values{"a": "2"},
			server: values{"a": "1", "database.password": mask},
			want:   values{"a": "2", "database.password": mask}, masked: []string{"database.password"},
		},
		{
			name: "which the write-only attribute may give", plan: values{"a": "2"}, writeOnly: values{"database.password": "s3cret"},
			server: values{"a": "1", "database.password": mask}, want: values{"a": "2", "database.password": "s3cret"},
		},
		{
			name: "a masked secret that the state has is unchanged", plan: values{"database.password": "s3cret"},
			prior: values{"database.password": "s3cret"}, server: values{"database.password": mask},
		},
		{
			name: "unless the plan changes it", plan: values{"database.password": "new"},
			prior: values{"database.password": "old"}, server: values{"database.password": mask}, want: values{"database.password": "new"},
		},
		{
			name: "a write-only secret stays without a new version", writeOnly: values{"database.password": "new"},
			server: values{"database.password": "old"},
		},
		{
			name: "and is sent with one", writeOnly: values{"database.password": "new"}, version: true,
			server: values{"database.password": "old"}, want: values{"database.password": "new"},
		},
		{
			name: "also where the server masks it", writeOnly: values{"database.password": "new"}, version: true,
			server: values{"database.password": mask}, want: values{"database.password": "new"},
		},
		{
			name: "what config_wo sent stays without a new version", plan: values{"a": "2"},
			server: values{"a": "1", "x": "2"}, memory: memory{WriteOnly: []string{"x"}}, want: values{"a": "2", "x": "2"},
		},
		{
			name: "and goes with one that no longer has it", version: true,
			server: values{"x": "2"}, memory: memory{WriteOnly: []string{"x"}}, want: values{},
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := plannedChange{
				kind: catalog.KindByName("postgres"), name: "c", class: "C",
				plan: someSettings(c.plan, c.removed), prior: someSettings(c.prior, nil), wo: someSettings(c.plan, nil),
				server: withOwnKeys(c.server), memory: c.memory,
				renewed: func(string) bool { return c.version },
			}
			for property, text := range c.writeOnly {
				p.wo.values[property], p.wo.secret[property] = text, true
			}
			got := p.change()
			if got.needed != (c.want != nil) {
				t.Fatalf("needed: %v, want %v (%v)", got.needed, c.want != nil, got.config)
			}
			if c.want != nil && !maps.Equal(got.config, withOwnKeys(c.want)) {
				t.Errorf("got %v, want %v", got.config, withOwnKeys(c.want))
			}
			if !slices.Equal(got.masked, c.masked) {
				t.Errorf("masked %v, want %v", got.masked, c.masked)
			}
		})
	}
}

func someSettings(values map[string]string, removed []string) settings {
	s := settingsOf(nil, nil, nil)
	maps.Copy(s.values, values)
	for _, property := range removed {
		s.removed[property] = true
	}
	return s
}

func withOwnKeys(values map[string]string) kafkaconnect.Config {
	c := kafkaconnect.Config{keyName: "c", keyClass: "C"}
	maps.Copy(c, values)
	return c
}
