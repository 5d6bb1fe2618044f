package adopt_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/catalog/catalogtest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
	"github.com/cdc/terraform-provider-debezium/internal/redact"
	"github.com/cdc/terraform-provider-debezium/internal/rules"
)

// TestGeneratedConfigurationChangesNothing imports connectors of all kinds with
// any properties, in any state, and takes the configuration that Terraform
// generates: it is valid, its plan is empty, that of a later run too unless it
// heals, it holds no secret, and nothing is written.
func TestGeneratedConfigurationChangesNothing(t *testing.T) {
	t.Parallel()
	worker := connecttest.New(t)
	for _, kind := range catalog.Kinds() {
		for _, resource := range []string{acctest.ResourceOf(kind), acctest.ResourceOf(nil)} {
			t.Run(kind.Name+" as "+resource, func(t *testing.T) {
				n := 0
				rapid.Check(t, func(rt *rapid.T) {
					n++
					name := fmt.Sprintf("%s-%s-%d", kind.Name, resource, n)
					c := drawConnector(rt, kind)
					worker.AddConnector(name, c.config, c.state)
					defer worker.Remove(name)
					if c.failed {
						worker.FailConnector(name, "java.lang.IllegalStateException: broken")
					}
					worker.ResetRequests()
					importGenerated(t, rt, worker, resource, name, c)
				})
			})
		}
	}
}

// importGenerated fails where the import of a connector isn't as it must be.
func importGenerated(t *testing.T, rt *rapid.T, worker *connecttest.Server, resource, name string, c drawn) {
	tf := acctest.NewTerraform(t, acctest.InMemory(), acctest.Block{"url": worker.URL})
	w, diags := tf.Walk(t.Context())
	if diags.HasError() {
		rt.Fatal(diags)
	}
	r := tf.Resource(resource)
	p, diags := w.PlanImport(t.Context(), r, name, nil)
	if diags.HasError() {
		rt.Fatalf("importing %v:\n%s", c.config, diags.Errors())
	}
	generated := w.Generated(t.Context(), r)
	if !p.Empty() {
		rt.Fatalf("importing %v:\nplans to %s\nof %s", c.config, p, generated)
	}
	// The plan of the next run: it may heal, once what was imported is stored.
	w, _ = tf.Walk(t.Context())
	p, diags = w.PlanValue(t.Context(), r, generated)
	if diags.HasError() {
		rt.Fatalf("after the import of %v:\n%s", c.config, diags.Errors())
	}
	if p.Empty() == c.failed {
		rt.Fatalf("after the import of %v: plans to %s", c.config, p)
	}
	for _, text := range []string{r.State.String(), generated.String(), string(r.Private), diags.Error()} {
		if strings.Contains(text, secret) {
			rt.Fatalf("a secret of %v is in %s", c.config, text)
		}
	}
	if writes := worker.Writes(); len(writes) > 0 {
		rt.Fatalf("written: %v", writes)
	}
}

const secret = "hunter-22"

// drawn is a connector that somebody made by hand.
type drawn struct {
	config kafkaconnect.Config
	state  kafkaconnect.State
	failed bool
}

var states = []kafkaconnect.State{kafkaconnect.StateRunning, kafkaconnect.StatePaused, kafkaconnect.StateStopped}

func drawConnector(t *rapid.T, kind *catalog.Kind) drawn {
	c := drawn{config: minimal(kind), state: rapid.SampledFrom(states).Draw(t, "state")}
	c.failed = c.state == kafkaconnect.StateRunning && rapid.Bool().Draw(t, "failed")
	for property := range c.config {
		if kind.IsSecret(property) {
			c.config[property] = drawSecret(t)
		}
	}
	if rapid.Bool().Draw(t, "alias") {
		c.config["connector.class"] = kind.Class[strings.LastIndexByte(kind.Class, '.')+1:]
	}
	properties := rapid.OneOf(
		rapid.SampledFrom(anyProperty(kind)), rapid.SampledFrom(attributes(kind)), rapid.SampledFrom(oddKeys),
	)
	for range rapid.IntRange(0, 8).Draw(t, "further properties") {
		property := properties.Draw(t, "property")
		if _, set := c.config[property]; !set {
			c.config[property] = drawValue(t, kind, property)
			if !mayRun(kind, c.config) {
				delete(c.config, property)
			}
		}
	}
	return c
}

// mayRun is false for what no release of the kind would run: a connector that
// has it is refused wherever it is sent, and "terraform validate" says so.
func mayRun(kind *catalog.Kind, config kafkaconnect.Config) bool {
	config = maps.Clone(config)
	delete(config, catalog.KeyClass)
	unknown := map[string]bool{}
	for property, text := range config {
		if kind.IsSecret(property) || redact.HoldsPassword(text) {
			delete(config, property)
			unknown[property] = true
		}
	}
	for _, property := range kind.DefaultOrder() {
		if _, set := config[property]; !set {
			unknown[property] = true
		}
	}
	return len(rules.CheckEvery(rules.Input{Kind: kind, Config: config, Unknown: unknown})) == 0
}

// oddKeys are names that no kind knows, misspelt or not.
var oddKeys = []string{
	"snaphot.mode", "table.whitelist", "owner", "owner.team", "a b", `quo"ted`, "${x}", "%{if}", "for", "null", "1st", "ümläut", "back\\slash", "name.",
	"database.history.kafka.topic", "database.server.name", "connector.client.config.override.policy",
}

// anyProperty are properties of the kind, and of others, which it ignores.
func anyProperty(kind *catalog.Kind) []string {
	var names []string
	for _, k := range catalog.Kinds() {
		for _, property := range k.Properties() {
			if !slices.Contains(names, property) && property != catalog.KeyName && property != catalog.KeyClass {
				names = append(names, property)
			}
		}
	}
	return append(names, kind.Properties()...)
}

func attributes(kind *catalog.Kind) []string {
	var names []string
	for _, a := range kind.Attributes() {
		names = append(names, a.Property)
	}
	return names
}

func drawSecret(t *rapid.T) string {
	return rapid.SampledFrom([]string{secret, "${file:/secrets/db.properties:password}", "${vault:a/b:c}" + secret, connecttest.Mask}).Draw(t, "secret")
}

var texts = []string{
	"", " ", "x", "two\nlines\n", "tab\t", `"quoted"`, `back\slash`, "${file:/a:b}", "%{if x}", "$${y}", "null", "true", "123", "1e3", "ü", "a,b", "*", "a\r\nb",
	`{ "a": [1,  2] }`, "[1, 2]", "{}", `{"b":1,"a":2}`, "jdbc:postgresql://db/x?user=u", "jdbc:postgresql://u:" + secret + "@db/x", "<<EOT", "# no comment", "'", "\u2028", "👍",
}

func drawValue(t *rapid.T, kind *catalog.Kind, property string) string {
	if kind.IsSecret(property) {
		return drawSecret(t)
	}
	d := kind.Definition(property, kind.Newest())
	typ := catalog.String
	if d != nil {
		typ = d.Type
		if len(d.Values) > 0 {
			return rapid.SampledFrom(d.Values).Draw(t, "value")
		}
	}
	switch typ {
	case catalog.Boolean:
		return rapid.SampledFrom([]string{"true", "false", "True", " FALSE ", "${env:FLAG}"}).Draw(t, "bool")
	case catalog.Int, catalog.Short, catalog.Long:
		return rapid.SampledFrom([]string{"1", " 1", "01", "+1", "1000", "${env:NUMBER}"}).Draw(t, "number")
	case catalog.List:
		return rapid.SampledFrom([]string{"", "a.b", "b.c, a.b", "a.b,a.b", ` a.b{1\,3} ,c.d`, "${env:LIST}", "a.b,", `a\.b`}).Draw(t, "list")
	default:
		return rapid.SampledFrom(texts).Draw(t, "text")
	}
}

func minimal(kind *catalog.Kind) kafkaconnect.Config {
	return kafkaconnect.Config(catalogtest.Minimal(kind.Name).With(catalogtest.Config{"connector.class": kind.Class}))
}
