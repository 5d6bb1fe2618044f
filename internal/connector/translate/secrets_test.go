package translate

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/redact"
)

// FuzzUnmentioned: what a resource doesn't mention is either shown in the state
// as it is, or is left on the server as it is; and a mask is never sent.
func FuzzUnmentioned(f *testing.F) {
	f.Add("database.password", "hunter22", "")
	f.Add("database.password", "••••••••", "x")
	f.Add("database.password", "${file:/x:y}", "x")
	f.Add("connection.url", "jdbc:postgresql://db/x?user=u&password=hunter22", "y")
	f.Add("producer.override.sasl.jaas.config", `x required password="hunter22";`, "y")
	f.Add("max.batch.size", "1024", "z")
	kinds := append(catalog.Kinds(), nil)
	f.Fuzz(func(t *testing.T, property, text, other string) {
		if property == catalog.KeyName || property == catalog.KeyClass {
			return
		}
		kind := kinds[len(text)%len(kinds)]
		server := map[string]string{property: text, "max.queue.size": "9000"}
		shown := visible(kind, Expanded{}, server, PrivateState{})
		if stored, ok := shown[property]; ok && (stored != text || kind.IsSecret(property) || redact.HoldsPassword(text) || catalog.IsMask(text)) {
			t.Errorf("%s = %q of the server is stored as %q", property, text, stored)
		}
		config := map[string]tftypes.Value{"max.queue.size": StringValue(other)}
		if _, ok := shown[property]; ok && property != "max.queue.size" {
			config[property] = StringValue(text)
		}
		plan := Object{AttrConfig: tftypes.NewValue(configType, config)}
		e := Merge(Inputs{Kind: kind, Plan: plan, Config: plan, Prior: Object{}, Server: server})
		if property == "max.queue.size" || catalog.IsMask(other) {
			return
		}
		if sent := e.Config[property]; sent != text && (!catalog.IsMask(text) || sent != "") {
			t.Errorf("%s = %q of the server becomes %q", property, text, sent)
		}
		for key, value := range e.Config {
			if e.Changed && len(e.Masked) == 0 && catalog.IsMask(value) {
				t.Errorf("%s is sent as %q", key, value)
			}
		}
	})
}

// TestRegisterSecrets: what is registered is shown in no text.
func TestRegisterSecrets(t *testing.T) {
	secrets := &redact.Set{}
	RegisterSecrets(secrets, catalog.KindByName("oracle"), Object{
		"database_password": StringValue("hunter22"),
		"database_url":      StringValue("jdbc:oracle:thin:scott/tiger77@//db:1521/x"),
	})
	if got := secrets.Redact("hunter22 and tiger77"); strings.ContainsAny(got, "27") {
		t.Errorf("it reads %q", got)
	}
}

// TestPasswordsFromElsewhere: a password that somebody else has put into a
// value reaches neither the state nor the plan; what the resource has itself
// stays as it is.
func TestPasswordsFromElsewhere(t *testing.T) {
	const ours, theirs = "jdbc:postgresql://db/shop", "jdbc:postgresql://db/shop?user=u&password=hunter22"
	for _, c := range []struct{ before, server, want string }{
		{ours, theirs, "jdbc:postgresql://db/shop?user=u&password=" + redact.Mask},
		{theirs, theirs, theirs},
		{theirs, strings.Replace(theirs, "hunter22", "hunter23", 1), "jdbc:postgresql://db/shop?user=u&password=" + redact.Mask},
		{ours, ours + "?password=${file:/secrets:sink}", ours + "?password=${file:/secrets:sink}"},
		{ours, ours + "?ssl=true", ours + "?ssl=true"},
	} {
		prior := Object{"connection_url": StringValue(c.before), AttrConfig: tftypes.NewValue(configType, map[string]tftypes.Value{"x.url": StringValue(c.before)})}
		state, _ := Flatten(catalog.KindByName("jdbc_sink"), prior, "", map[string]string{"connection.url": c.server, "x.url": c.server}, PrivateState{})
		if got := state.Text("connection_url"); got != c.want {
			t.Errorf("connection_url is %q, want %q", got, c.want)
		}
		// Where Terraform ignores changes, the plan has what the state has.
		e := Merge(Inputs{Kind: catalog.KindByName("jdbc_sink"), Plan: state, Config: state, Prior: state, Server: map[string]string{"connection.url": c.server, "x.url": c.server}})
		if e.Config["connection.url"] != c.server || e.Config["x.url"] != c.server {
			t.Errorf("%v would be sent in place of %q", e.Config, c.server)
		}
		if got := state.Entries(AttrConfig)["x.url"]; !got.Equal(StringValue(c.want)) {
			t.Errorf("the entry of config is %s, want %q", got, c.want)
		}
	}
}
