package translate

import (
	"maps"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

const mask = "••••••••••••"

// TestMerge says what an update sends, for each way in which a property can
// be ours, the server's, or a secret that nobody wrote down.
func TestMerge(t *testing.T) {
	type values = map[string]string
	cases := []struct {
		name      string
		plan      values
		prior     values
		removed   []string
		writeOnly values // what the configuration has write-only
		version   bool   // whether their version changed
		server    values
		private   PrivateState
		want      values // beside name and class; nil: nothing is sent
		masked    []string
	}{
		{name: "unchanged", plan: values{"a": "1"}, server: values{"a": "1"}},
		{name: "changed", plan: values{"a": "2"}, server: values{"a": "1"}, want: values{"a": "2"}},
		{name: "added", plan: values{"a": "1", "b": "2"}, server: values{"a": "1"}, want: values{"a": "1", "b": "2"}},
		{name: "left out", plan: values{"a": "1"}, server: values{"a": "1", "b": "2"}, want: values{"a": "1"}},
		{
			name: "a key that the server added is no reason to send", plan: values{"a": "1"},
			server: values{"a": "1", "b": "2"}, private: PrivateState{ServerKeys: []string{"b"}},
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
			name: "nor is a reference to one", plan: values{"a": "1"},
			server: values{"a": "1", "database.password": "${file:/x:y}"},
		},
		{
			name: "it is sent back, too", plan: values{"a": "2"},
			server: values{"a": "1", "database.password": "${file:/x:y}"}, want: values{"a": "2", "database.password": "${file:/x:y}"},
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
			server: values{"a": "1", "x": "2"}, private: PrivateState{WriteOnly: []string{"x"}}, want: values{"a": "2", "x": "2"},
		},
		{
			name: "and goes with one that no longer has it", version: true,
			server: values{"x": "2"}, private: PrivateState{WriteOnly: []string{"x"}}, want: values{},
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			in := Inputs{
				Kind: catalog.KindByName("postgres"), Private: c.private, Server: withOwnKeys(c.server),
				Plan: written(c.plan, c.removed), Config: written(c.plan, c.removed), Prior: written(c.prior, nil),
			}
			if c.version {
				in.Plan[AttrConfigWOVersion], in.Plan["database_password_wo_version"] = intValue(2), intValue(2)
			}
			for property, text := range c.writeOnly {
				in.Config[catalog.AttributeName(property)+"_wo"] = StringValue(text)
			}
			got := Merge(in)
			if got.Changed != (c.want != nil) {
				t.Fatalf("changed: %v, want %v (%v)", got.Changed, c.want != nil, got.Config)
			}
			if c.want != nil && !maps.Equal(got.Config, withOwnKeys(c.want)) {
				t.Errorf("got %v, want %v", got.Config, withOwnKeys(c.want))
			}
			if !slices.Equal(got.Masked, c.masked) {
				t.Errorf("masked %v, want %v", got.Masked, c.masked)
			}
		})
	}
}

// written is an object that sets the password by its attribute and everything
// else in config, and has the first versions of what is write-only.
func written(values map[string]string, removed []string) Object {
	o := Object{
		AttrName: StringValue("c"), AttrConfigWOVersion: intValue(1), "database_password_wo_version": intValue(1),
		AttrConfigWO: tftypes.NewValue(configType, map[string]tftypes.Value{}),
	}
	config := map[string]tftypes.Value{}
	for property, text := range values {
		if property == "database.password" {
			o["database_password"] = StringValue(text)
			continue
		}
		config[property] = StringValue(text)
	}
	for _, property := range removed {
		config[property] = tftypes.NewValue(tftypes.String, nil)
	}
	o[AttrConfig] = tftypes.NewValue(configType, config)
	return o
}

func withOwnKeys(values map[string]string) map[string]string {
	c := map[string]string{catalog.KeyName: "c", catalog.KeyClass: catalog.KindByName("postgres").Class}
	maps.Copy(c, values)
	return c
}

// TestMergeWithoutAValue: a write-only value whose version is unchanged takes no
// part, and may be absent; one whose version is new must be there.
func TestMergeWithoutAValue(t *testing.T) {
	in := Inputs{
		Kind: catalog.KindByName("postgres"), Plan: written(nil, nil), Config: written(nil, nil), Prior: written(nil, nil),
		Server: withOwnKeys(map[string]string{"database.password": "s3cret"}),
	}
	if got := Merge(in); got.Changed || len(got.Missing) > 0 || got.Config["database.password"] != "s3cret" {
		t.Errorf("with the version alone: %+v", got)
	}
	in.Plan["database_password_wo_version"] = intValue(2)
	if got := Merge(in); !slices.Equal(got.Missing, []string{"database_password_wo"}) {
		t.Errorf("with a new version alone: missing are %v", got.Missing)
	}
	in.Config["database_password_wo"] = tftypes.NewValue(tftypes.String, tftypes.UnknownValue)
	if got := Merge(in); len(got.Missing) > 0 || !got.Unknown["database.password"] || got.Config["database.password"] != "" {
		t.Errorf("with an unknown value: %+v", got)
	}
	in.Prior, in.Server = nil, nil
	in.Config["database_password_wo"] = tftypes.NewValue(tftypes.String, nil)
	if got := Merge(in); !slices.Equal(got.Missing, []string{"database_password_wo"}) {
		t.Errorf("of a new connector: missing are %v", got.Missing)
	}
}
