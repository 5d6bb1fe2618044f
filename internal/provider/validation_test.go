package provider_test

import (
	"reflect"
	"testing"
	"time"

	frameworkprovider "github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/provider"
)

// handedOn is what a provider gives to its resources.
func handedOn(t *testing.T, provided block) *cluster.Cluster {
	t.Helper()
	p := provider.New("test")()
	var schemas frameworkprovider.SchemaResponse
	p.Schema(t.Context(), frameworkprovider.SchemaRequest{}, &schemas)
	raw := value(schemas.Schema.Type().TerraformType(t.Context()), provided)
	var answer frameworkprovider.ConfigureResponse
	p.Configure(t.Context(), frameworkprovider.ConfigureRequest{Config: tfsdk.Config{Raw: raw, Schema: schemas.Schema}}, &answer)
	c, ok := answer.ResourceData.(*cluster.Cluster)
	if !ok || answer.DataSourceData != answer.ResourceData {
		t.Fatalf("handed on %#v and %#v, reported %v", answer.ResourceData, answer.DataSourceData, answer.Diagnostics)
	}
	return c
}

func TestValidationSettings(t *testing.T) {
	version, err := catalog.ParseVersion("3.5")
	if err != nil {
		t.Fatal(err)
	}
	byDefault := cluster.Validation{
		Mode: cluster.ModeOnline, DatabaseConnection: cluster.DatabaseWarning,
		DatabaseTimeout: 10 * time.Second, Collisions: cluster.CollisionsOn,
		UnknownProperties: cluster.SeverityWarning, Unreachable: cluster.SeverityWarning, DatabaseChecks: cluster.SeverityOff,
	}
	with := func(change func(*cluster.Validation)) cluster.Validation {
		v := byDefault
		change(&v)
		return v
	}
	offline := with(func(v *cluster.Validation) { v.Mode = cluster.ModeOffline })
	for _, test := range []struct {
		name, environment string
		provided          any
		want              cluster.Validation
	}{
		{"none", "", nil, byDefault},
		{"not known yet", "", unknown, byDefault},
		{"the environment's mode", "offline", nil, offline},
		{"beside other settings", "offline", block{"collisions": "on"}, offline},
		{"the block's mode first", "off", block{"mode": "offline"}, offline},
		{"all", "", block{
			"mode": "off", "debezium_version": "3.5", "database_connection": "skip", "database_timeout": "1m30s", "collisions": "warning",
		}, with(func(v *cluster.Validation) {
			v.Mode, v.DebeziumVersion, v.DatabaseConnection = cluster.ModeOff, version, cluster.DatabaseSkip
			v.DatabaseTimeout, v.Collisions = 90*time.Second, cluster.CollisionsWarning
		})},
		{"the others", "", block{
			"database_connection": "error", "collisions": "off", "unknown_properties": "error", "known_properties": []string{"owner.*"}, "unreachable": "error", "database_checks": "warning",
		}, with(func(v *cluster.Validation) {
			v.DatabaseConnection, v.Collisions = cluster.DatabaseError, cluster.CollisionsOff
			v.UnknownProperties, v.KnownProperties, v.Unreachable = cluster.SeverityError, []string{"owner.*"}, cluster.SeverityError
			v.DatabaseChecks = cluster.SeverityWarning
		})},
	} {
		t.Run(test.name, func(t *testing.T) {
			withoutEnvironment(t)
			t.Setenv("DEBEZIUM_VALIDATION_MODE", test.environment)
			c := handedOn(t, block{"url": "http://localhost:8083", "validation": test.provided})
			if !reflect.DeepEqual(c.Validation, test.want) {
				t.Errorf("got %+v, want %+v", c.Validation, test.want)
			}
		})
	}
}

// Errors that name no request, such as those of the database in a validation's
// answer, are cleaned of the provider's secrets too.
func TestSecretsAreHandedOn(t *testing.T) {
	withoutEnvironment(t)
	client := issue(t, nil, "terraform")
	for secret, provided := range map[string]block{
		password:                       {"username": "user", "password": password},
		token:                          {"bearer_token": token},
		headerValue:                    {"headers": block{"X-Api-Key": headerValue}},
		client.keyPEM():                {"tls": block{"client_cert_pem": client.certPEM(), "client_key_pem": client.keyPEM()}},
		"dXNlcjpzM2NyZXQtcGFzc3dvcmQ=": {"username": "user", "password": password},
	} {
		provided["url"] = "https://localhost:8083"
		if text := "got " + secret; handedOn(t, provided).Secrets.Redact(text) == text {
			t.Errorf("%q isn't removed", secret)
		}
	}
}
