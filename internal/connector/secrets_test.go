package connector

import (
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
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
		if property == keyName || property == keyClass {
			return
		}
		kind := kinds[len(text)%len(kinds)]
		server := kafkaconnect.Config{property: text, "max.queue.size": "9000"}
		r := &connectorResource{kind: kind}
		shown := r.shown(settings{}, server, memory{})
		if stored, ok := shown[property]; ok && (stored != text || kind.HidesSecret(property, text) || redact.HoldsPassword(text) || catalog.IsMask(text)) {
			t.Errorf("%s = %q of the server is stored as %q", property, text, stored)
		}
		values := kafkaconnect.Config{"max.queue.size": other}
		if _, ok := shown[property]; ok && property != "max.queue.size" {
			values[property] = text
		}
		c := plannedChange{kind: kind, server: server, plan: settings{values: values}, renewed: func(string) bool { return false }}.change()
		if property == "max.queue.size" || catalog.IsMask(other) {
			return
		}
		if sent := c.config[property]; sent != text && (!catalog.IsMask(text) || sent != "") {
			t.Errorf("%s = %q of the server becomes %q", property, text, sent)
		}
		for key, value := range c.config {
			if c.needed && len(c.masked) == 0 && catalog.IsMask(value) {
				t.Errorf("%s is sent as %q", key, value)
			}
		}
	})
}

// TestSecretsWithoutAProvider: "terraform validate" has no cluster, and its
// errors show no more than those of a plan.
func TestSecretsWithoutAProvider(t *testing.T) {
	r := &connectorResource{kind: catalog.KindByName("oracle")}
	r.registerSecrets(object{
		"database_password": stringValue("hunter22"),
		"database_url":      stringValue("jdbc:oracle:thin:scott/tiger77@//db:1521/x"),
	})
	if got := r.redact("hunter22 and tiger77"); strings.ContainsAny(got, "27") {
		t.Errorf("it says %q", got)
	}
}
