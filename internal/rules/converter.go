package rules

import (
	"fmt"
	"strings"
)

var converterRules = []rule{{
	id:         "converter-options",
	title:      "An option of a converter, such as `value.converter.schemas.enable`, is only set together with the converter itself.",
	harm:       Ignored,
	properties: []string{"key.converter", "value.converter", "header.converter"},
	source:     "Kafka 4.3 Plugins.newConverter: a connector without a converter of its own takes the worker's, with the worker's options",
	check:      checkConverterOptions,
}}

func checkConverterOptions(v *evaluation) {
	for _, converter := range converters {
		if !v.isMissing(converter) {
			continue
		}
		for _, key := range v.keys {
			option, ok := strings.CutPrefix(key, converter+".")
			if !ok || option == "plugin.version" || !v.wrote(key) {
				continue
			}
			v.add(key, fmt.Sprintf("%s has no effect without %s", key, converter),
				fmt.Sprintf("Without its own %s, a connector uses the worker's converter with the worker's options. Set %s too, for example to org.apache.kafka.connect.json.JsonConverter, or remove %s.",
					converter, converter, key))
			break // the same holds for the others
		}
	}
}
