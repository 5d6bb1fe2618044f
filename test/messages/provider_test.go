package messages_test

import (
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// providerSituations are about the provider's own block.
func providerSituations() []situation {
	validation := func(name, value string) acctest.Block { return acctest.Block{"validation": acctest.Block{name: value}} }
	var all []situation
	for _, c := range []struct {
		name, title string
		block       acctest.Block
	}{
		{"no-url", "There is no url.", acctest.Block{"url": nil}},
		{"url-without-scheme", `url = "localhost:8083"`, acctest.Block{"url": "localhost:8083"}},
		{"url-with-password", "The url has a password in it.", acctest.Block{"url": "http://user:s3cret@localhost:8083"}},
		{"url-unknown", "The url isn't known yet.", acctest.Block{"url": acctest.Unknown}},
		{"password-unknown", "The password isn't known yet.", acctest.Block{"username": "user", "password": acctest.Unknown}},
		{"failover-url", `failover_urls = ["b"]`, acctest.Block{"failover_urls": []string{"b"}}},
		{"two-ways", "There are a username and a bearer_token.", acctest.Block{"username": "user", "password": "s3cret", "bearer_token": "t0ken"}},
		{"no-password", "There is a username alone.", acctest.Block{"username": "user"}},
		{"no-username", "There is a password alone.", acctest.Block{"password": "s3cret"}},
		{"colon", `username = "a:b"`, acctest.Block{"username": "a:b", "password": "s3cret"}},
		{"bearer-token", "The bearer_token has a line break.", acctest.Block{"bearer_token": "t0ken\nt0ken"}},
		{"header-name", `headers = { "X Key" = … }`, acctest.Block{"headers": map[string]string{"X Key": "s3cret"}}},
		{"header-of-client", `headers = { host = … }`, acctest.Block{"headers": map[string]string{"host": "x"}}},
		{"header-authorization", "headers has an authorization beside the bearer_token.", acctest.Block{"bearer_token": "t0ken", "headers": map[string]string{"authorization": "x"}}},
		{"request-timeout", `request_timeout = "30"`, acctest.Block{"request_timeout": "30"}},
		{"validation-mode", `validation = { mode = "on" }`, validation("mode", "on")},
		{"debezium-version", `validation = { debezium_version = "latest" }`, validation("debezium_version", "latest")},
		{"database-timeout", `validation = { database_timeout = "ten" }`, validation("database_timeout", "ten")},
		{"tls-file-name", `tls = { ca_cert_pem = "./ca.pem" }`, acctest.Block{"url": "https://localhost", "tls": acctest.Block{"ca_cert_pem": "./ca.pem"}}},
		{"tls-not-pem", `tls = { ca_cert_pem = "our CA" }`, acctest.Block{"url": "https://localhost", "tls": acctest.Block{"ca_cert_pem": "our CA"}}},
		{"tls-key-alone", "tls has a client_key_pem alone.", acctest.Block{"url": "https://localhost", "tls": acctest.Block{"client_key_pem": "x"}}},
		{"tls-without-https", "There is tls, and the url is http.", acctest.Block{"tls": acctest.Block{"insecure_skip_verify": true}}},
	} {
		all = append(all, situation{"provider-" + c.name, c.title, func(t *testing.T) acctest.Diagnostics {
			_, diagnostics := acctest.NewTerraform(t, acctest.InMemory(), acctest.Block{"url": "http://localhost:8083"}.With(c.block)).Walk(t.Context())
			return diagnostics
		}})
	}
	return all
}

// read is a data source that can't be read.
func read(file, title, source string, configuration acctest.Block, options ...connecttest.Option) situation {
	return situation{file, title, func(t *testing.T) acctest.Diagnostics {
		env := acctest.NewEnv(t, options...)
		env.AddConnector("orders", kafkaconnect.Config{"connector.class": "io.debezium.connector.postgresql.PostgresConnector"}, kafkaconnect.StateRunning)
		_, diags := acctest.StartWalk(t, acctest.InMemory(), acctest.Block{"url": env.Hooks.URL}).ReadDataSource(env.Ctx, source, configuration)
		return diags
	}}
}

var dataSourceSituations = []situation{
	read("data-no-connector", "A status of a connector that isn't there.", "debezium_connector_status", acctest.Block{"name": "none"}),
	read("data-no-connector-topics", "The topics of a connector that isn't there.", "debezium_connector_topics", acctest.Block{"name": "none"}),
	read("data-offsets-too-old", "Offsets on Kafka Connect 3.4.", "debezium_connector_offsets", acctest.Block{"name": "orders"}, connecttest.Version("3.4.0")),
	read("data-regex", "A name_regex that is none.", "debezium_connectors", acctest.Block{"name_regex": "("}),
	read("data-two-classes", "A validation of a kind with another kind's class.", "debezium_config_validation",
		acctest.Block{"kind": "postgres", "config": map[string]string{"connector.class": "io.debezium.connector.mysql.MySqlConnector"}}),
	read("data-plugin-missing", "A validation of a class that isn't installed.", "debezium_config_validation",
		acctest.Block{"connector_class": "com.example.Missing", "config": map[string]string{}}),
	{"data-status-not-there", "A status that hasn't arrived yet.", func(t *testing.T) acctest.Diagnostics {
		env := acctest.NewEnv(t)
		env.AddConnector("orders", kafkaconnect.Config{"connector.class": "io.debezium.connector.postgresql.PostgresConnector"}, kafkaconnect.StateRunning)
		env.Fault(connecttest.Fault{Kind: connecttest.NoStatus})
		_, diags := acctest.StartWalk(t, acctest.InMemory(), acctest.Block{"url": env.Hooks.URL}).ReadDataSource(env.Ctx, "debezium_connector_status", acctest.Block{"name": "orders"})
		return diags
	}},
	{"data-unreachable", "Nothing listens on the port.", func(t *testing.T) acctest.Diagnostics {
		_, diags := acctest.StartWalk(t, acctest.InMemory(), acctest.Block{"url": "http://127.0.0.1:1"}).ReadDataSource(t.Context(), "debezium_cluster", acctest.Block{})
		return diags
	}},
}
