package rules

import (
	"fmt"
	"regexp"
)

var referenceRules = []rule{{
	id:     "reference-key",
	title:  "A reference to the provider `file` names a file and a key in it: `${file:PATH:KEY}`.",
	harm:   Fails,
	source: "Kafka 4.1 ConfigTransformer, FileConfigProvider: without a path nothing is replaced",
	check:  checkReferences,
}}

// keylessReference is a reference with one part where the provider needs two.
var keylessReference = regexp.MustCompile(`\$\{(file):([^}:]*)\}`)

func checkReferences(v *evaluation) {
	for _, key := range v.keys {
		if v.Unknown[key] {
			continue
		}
		for _, match := range keylessReference.FindAllStringSubmatch(v.Config[key], -1) {
			v.add(key, fmt.Sprintf("%s: the reference %s has no key", key, match[0]), fmt.Sprintf(
				"A reference to a file has the form ${%s:PATH:KEY}. With a single part, the worker reads %q as the key and has no file, so it replaces nothing: "+
					"the connector uses the text of the reference as the value. Add the key after a second colon.", match[1], match[2]))
		}
	}
}
