package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

var converterRules = []rule{{
	id:         "value-converter",
	title:      "A source's `value.converter` can write events: those for bytes, numbers and booleans can't.",
	harm:       Fails,
	properties: []string{"value.converter"},
	kinds:      func(k *catalog.Kind) bool { return k.Relational || k.Name == "mongodb" },
	source:     "Kafka 4.3 ByteArrayConverter, NumberConverter; Debezium 3.6 BinaryDataConverter",
	check:      checkValueConverter,
}, {
	id:         "converter-options",
	title:      "An option of a converter, such as `value.converter.schemas.enable`, is only set together with the converter itself.",
	harm:       Ignored,
	properties: []string{"key.converter", "value.converter", "header.converter"},
	source:     "Kafka 4.3 Plugins.newConverter: a connector without a converter of its own takes the worker's, with the worker's options",
	check:      checkConverterOptions,
}, {
	id:         "text-converter",
	title:      "A source's values aren't written with StringConverter, unless a transformation turns them into text.",
	harm:       Risky,
	properties: []string{"value.converter"},
	kinds:      func(k *catalog.Kind) bool { return k.Relational || k.Name == "mongodb" },
	source:     "Kafka 4.3 StringConverter: the value's toString; seen with Debezium 3.6.1",
	check:      checkTextConverter,
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
			break // the same goes for the others
		}
	}
}

// plainConverters write only values without fields.
var plainConverters = []string{"BooleanConverter", "ByteArrayConverter", "DoubleConverter", "FloatConverter", "IntegerConverter", "LongConverter", "ShortConverter"}

func checkValueConverter(v *evaluation) {
	class, ok := v.known("value.converter")
	if !ok || v.changesStructure() || !v.isMissing("value.converter.delegate.converter.type") {
		return
	}
	c := catalog.ComponentOfClass(catalog.Converter, class)
	if c == nil {
		return
	}
	simple := c.Class[strings.LastIndexByte(c.Class, '.')+1:]
	kafkas := strings.HasPrefix(c.Class, "org.apache.kafka.connect.converters.") && slices.Contains(plainConverters, simple)
	debeziums := slices.Contains([]string{"io.debezium.converters.BinaryDataConverter", "io.debezium.converters.ByteArrayConverter", "io.debezium.converters.ByteBufferConverter"}, c.Class)
	if kafkas || debeziums {
		v.add("value.converter", fmt.Sprintf("value.converter: %s can't write events", simple),
			"Events have fields, and this converter writes values without any: the task fails with the first event. Use a JSON, Avro or Protobuf converter, or a transformation, such as an outbox router, that turns the value into plain text or bytes.")
	}
}

// checkTextConverter leaves keys alone: in Java's notation they still tell rows
// apart, and many want no more of them.
func checkTextConverter(v *evaluation) {
	class, _ := v.known("value.converter")
	c := catalog.ComponentOfClass(catalog.Converter, class)
	if c == nil || c.Class != "org.apache.kafka.connect.storage.StringConverter" || v.changesStructure() {
		return
	}
	v.add("value.converter", "value.converter: StringConverter writes values such as Struct{after=Struct{id=1,name=x},op=c}",
		"The values of events have fields, and StringConverter writes them in Java's own notation. Nothing reads it back as fields. Use a JSON, Avro or Protobuf converter.")
}
