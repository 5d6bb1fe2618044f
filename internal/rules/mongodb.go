package rules

import (
	"fmt"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

var mongodbRules = []rule{
	{
		id:         "connection-string",
		title:      "`mongodb.connection.string` begins with `mongodb://` or `mongodb+srv://`.",
		harm:       Refused,
		properties: []string{"mongodb.connection.string"},
		kinds:      kinds("mongodb", "mongodb_sink"),
		source:     "Debezium 3.6 SharedMongoDbConnectorConfig.validateConnectionString",
		check: func(v *evaluation) {
			value, ok := v.known("mongodb.connection.string")
			if ok && !strings.HasPrefix(value, "mongodb://") && !strings.HasPrefix(value, "mongodb+srv://") {
				// The value may contain a password, so it isn't quoted.
				v.add("mongodb.connection.string", "mongodb.connection.string must begin with mongodb:// or mongodb+srv://",
					"Debezium rejects anything else. Example: mongodb://HOST:PORT/?replicaSet=NAME.")
			}
		},
	},
	{
		id:         "capture-target",
		title:      "`capture.scope` = `database` or `collection` needs `capture.target`; `deployment` ignores it.",
		harm:       Fails,
		properties: []string{"capture.scope", "capture.target"},
		kinds:      kinds("mongodb"),
		from:       v24,
		source:     "Debezium 3.6 MongoUtils, getCaptureTarget().orElseThrow(); not part of the worker's validation",
		check:      checkCaptureTarget,
	},
	{
		id:         "cursor-pipeline",
		title:      "`cursor.pipeline` is a JSON array of stages.",
		harm:       Fails,
		properties: []string{"cursor.pipeline"},
		kinds:      kinds("mongodb"),
		source:     "Debezium 3.6 MongoDbConnectorConfig.validateChangeStreamPipeline; not part of the worker's validation",
		check: func(v *evaluation) {
			value, ok := v.known("cursor.pipeline")
			if problem := pipelineProblem(value); ok && problem != "" {
				v.add("cursor.pipeline", "cursor.pipeline is not a JSON array of stages",
					fmt.Sprintf("The pipeline %s. The worker accepts it, but the connector fails when it opens the change stream. Example: [{\"$match\": {…}}].", problem))
			}
		},
	},
	{
		id:         "oversize-threshold",
		title:      "`cursor.oversize.handling.mode` = `skip` needs `cursor.oversize.skip.threshold` above 0.",
		harm:       Fails,
		properties: []string{"cursor.oversize.handling.mode", "cursor.oversize.skip.threshold"},
		kinds:      kinds("mongodb"),
		from:       v24,
		source:     "Debezium 3.6 MongoDbConnectorConfig.validateOversizeSkipThreshold; not part of the worker's validation",
		check: func(v *evaluation) {
			const threshold = "cursor.oversize.skip.threshold"
			text, known := v.known(threshold)
			n, _ := catalog.ParseInt(text, catalog.Long)
			if v.is("cursor.oversize.handling.mode", "skip") && (v.isMissing(threshold) || known && n <= 0) {
				v.add(v.at(threshold, "cursor.oversize.handling.mode"), threshold+" must be above 0",
					"With cursor.oversize.handling.mode = skip, documents above the threshold are left out. Debezium rejects a threshold of 0, which is also the default. Set it to a number of bytes.")
			}
		},
	},
}

func checkCaptureTarget(v *evaluation) {
	switch {
	case v.is("capture.scope", "database", "collection") && v.isMissing("capture.target"):
		v.report(Fails, Finding{
			Property: v.at("capture.scope"), Blamed: "capture.target", Summary: "capture.target is missing", Advice: Advice{Set: "capture.target"},
			Detail: "capture.scope narrows the change stream to one database or collection, and capture.target says which one. The worker accepts the connector without it, but its task fails. Set capture.target.",
		})
	case v.isSet("capture.target") && v.is("capture.scope", "", "deployment"):
		v.addAs(Ignored, "capture.target", "capture.target has no effect while capture.scope is deployment",
			"The change stream covers the whole deployment unless capture.scope is database or collection, and Debezium ignores capture.target. Set capture.scope, or remove capture.target.")
	}
}

// pipelineProblem returns what is certainly wrong with a pipeline. MongoDB's
// JSON also allows single quotes and bare keys, so only brackets are checked.
func pipelineProblem(text string) string {
	if !strings.HasPrefix(text, "[") {
		return "doesn't begin with ["
	}
	closers := map[byte]byte{'[': ']', '{': '}', '(': ')'}
	var open []byte
	var quote byte
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quote != 0:
			if c == '\\' {
				i++
			} else if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case closers[c] != 0:
			open = append(open, closers[c])
		case c == ']' || c == '}' || c == ')':
			if len(open) == 0 || open[len(open)-1] != c {
				return fmt.Sprintf("has a %c without an opening bracket", c)
			}
			open = open[:len(open)-1]
		}
	}
	if quote != 0 || len(open) > 0 {
		return "ends before all its brackets and quotes are closed"
	}
	return ""
}
