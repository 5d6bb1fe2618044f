package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// harmOfOption is the harm of a wrong or missing option: Kafka Connect checks
// its own components, while Debezium's fail with the task.
func (p part) harmOfOption() Harm {
	if p.OfDebezium() {
		return Fails
	}
	return Refused
}

// consequence puts the harm in a sentence.
func consequence(h Harm) string {
	if h == Refused {
		return "The worker rejects the configuration."
	}
	return "The worker accepts the connector, but its task fails."
}

func checkOptionTypes(v *evaluation) {
	for _, p := range v.parts() {
		p.eachOption(v, func(option, key string) {
			d := p.Definition(option, p.version)
			text, ok := v.written(key)
			if d == nil || !ok {
				return
			}
			// Kafka Connect's own parser reads it, and trims.
			if want := typeProblem(strings.TrimSpace(text), d.Type); want != "" {
				v.add(key, key+" must be "+want, fmt.Sprintf("%s is not valid for %s. %s", quoted(text), p.name(), consequence(Refused)))
			}
		})
	}
}

// lenient are the options whose wrong values a component treats as the default.
var lenient = []string{"partition.hash.function"}

func checkOptionValues(v *evaluation) {
	for _, p := range v.parts() {
		p.eachOption(v, func(option, key string) {
			value, ok := v.known(key)
			if !ok || p.Allows(option, value, p.version) {
				return
			}
			harm, what := p.harmOfOption(), consequence(p.harmOfOption())
			if slices.Contains(lenient, option) {
				harm, what = Diverges, "It silently uses the default instead."
			}
			values := p.Definition(option, p.version).Values
			advice := Advice{}
			if near := catalog.Nearest(value, values); near != "" {
				advice = Advice{Set: key, To: near}
			}
			v.advise(harm, key, fmt.Sprintf("%s can't be %s", key, quoted(value)),
				fmt.Sprintf("%s accepts these values: %s. %s", p.whose(v), strings.Join(values, ", "), what), advice)
		})
	}
}

func checkOptionsRequired(v *evaluation) {
	for _, p := range v.parts() {
		for _, option := range p.Properties() {
			d := p.Definition(option, p.version)
			key := p.prefix + option
			if d == nil || !d.Required || p.Presence(option, p.version) != catalog.Present || !v.lacks(p, key) {
				continue
			}
			harm := p.harmOfOption()
			detail := fmt.Sprintf("%s requires %s. %s", p.name(), option, consequence(harm))
			if len(d.Values) > 0 {
				detail += fmt.Sprintf(" Its values are: %s.", strings.Join(d.Values, ", "))
			}
			v.addAs(harm, key, key+" is missing", detail)
		}
	}
}

// lacks reports whether a required option is certainly not set. For Kafka's
// components, a blank value counts as set.
func (v *evaluation) lacks(p part, key string) bool {
	if _, written := v.written(key); written && !p.OfDebezium() {
		return false
	}
	return v.isMissing(key)
}
