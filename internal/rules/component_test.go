package rules

import (
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/rules/rulestest"
)

// What the configuration says of components without a kind holds, too.
func TestComponentsOfAnUnknownConnector(t *testing.T) {
	got := Check(Input{Config: rulestest.Transform(kafkaTransforms+"RegexRouter", "regexp", ".*", "replacement", "a")})
	if !found(got, "component-option", "transforms.t.regexp") || !found(got, "component-option-required", "transforms.t.regex") {
		t.Errorf("got %+v", got)
	}
}

// A component that isn't known is nobody's business, nor is one whose class
// isn't known yet.
func TestUnknownComponentsAreNotJudged(t *testing.T) {
	for name, in := range map[string]Input{
		"a company's own": {Config: rulestest.Transform("com.example.Transform", "anything", "x")},
		"unknown class":   {Config: config{"transforms": "t", "transforms.t.anything": "x"}, Unknown: map[string]bool{"transforms.t.type": true}},
		"unknown list":    {Config: config{"transforms.t.anything": "x", "transforms.t.negate": "true"}, Unknown: map[string]bool{"transforms": true}},
		"no definitions":  {Config: rulestest.Converted("io.debezium.converters.CloudEventsConverter", "json.schemas.enable", "false")},
	} {
		in.Kind, in.Version = catalog.KindByName("postgres"), version(t, "3.5")
		in.Config = minimal["postgres"].With(in.Config)
		if got := Check(in); len(got) > 0 {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
