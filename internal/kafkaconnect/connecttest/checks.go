package connecttest

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// check is one of Debezium's rules about a property's value.
type check struct {
	property string
	kinds    []string // the kinds that have the rule; nil means every source that has the property
	problem  func(config kafkaconnect.Config, value string) string
}

// checks are the rules that tests need, in the order in which Debezium's
// ConfigDefs list the properties (each kind's ConnectorConfig).
var checks = []check{
	{"topic.prefix", nil, all(required, charset(`^[a-zA-Z0-9_.\-]+$`))},
	{"database.hostname", []string{"mysql", "mariadb", "postgres", "sqlserver", "db2", "informix", "vitess"}, all(required, charset(`^[a-zA-Z0-9-_.]+$`))},
	{"database.hostname", []string{"oracle"}, unless("database.url", required)},
	{"database.port", nil, nil},
	{"database.user", []string{"mysql", "mariadb", "postgres", "oracle", "db2", "informix"}, required},
	{"database.dbname", []string{"postgres", "oracle", "db2", "informix"}, required},
	{"database.names", []string{"sqlserver"}, notBlank("Cannot be empty")},
	{"database.server.id", nil, all(required, atLeast(1, "A positive, non-zero long value is expected"))},
	{"mongodb.connection.string", []string{"mongodb"}, notBlank("Missing connection string")},
	{"slot.name", nil, pattern(`^[a-z0-9_]{1,63}$`, "Valid replication slot name must contain only digits, lowercase characters and underscores with length <= 63")},
	{"table.exclude.list", nil, excludes("table.include.list")},
	{"schema.exclude.list", nil, excludes("schema.include.list")},
	{"database.exclude.list", nil, excludes("database.include.list")},
	{"column.exclude.list", nil, excludes("column.include.list")},
	{"collection.exclude.list", nil, excludes("collection.include.list")},
	{"max.batch.size", nil, atLeast(1, "A positive, non-zero integer value is expected")},
	{"poll.interval.ms", nil, atLeast(1, "A positive, non-zero integer value is expected")},
	{"heartbeat.interval.ms", nil, atLeast(0, "A non-negative integer value is expected")},
	{"connection.validation.timeout.ms", nil, atLeast(1, "A positive, non-zero long value is expected")},
}

// errors returns all messages about a resolved configuration, by property.
func (p *Plugin) errors(config kafkaconnect.Config) map[string][]string {
	errors := map[string][]string{}
	for property, value := range config {
		if message := p.typeError(property, value); message != "" {
			errors[property] = append(errors[property], message)
		}
	}
	p.connectErrors(config, errors)
	if p.kind == nil || p.kind.Sink {
		return errors
	}
	for _, c := range checks {
		applies := c.kinds == nil && p.definition(c.property) != nil || slices.Contains(c.kinds, p.kind.Name)
		if !applies || c.problem == nil || len(errors[c.property]) > 0 {
			continue
		}
		if message := c.problem(config, config[c.property]); message != "" {
			errors[c.property] = append(errors[c.property], p.worded(c.property, message))
		}
	}
	return errors
}

// worded formats a Debezium message, which names the property since 2.0.
func (p *Plugin) worded(property, message string) string {
	if p.release.Major < 2 {
		return message
	}
	return "The '" + property + "' value is invalid: " + message
}

// typeError checks a value against the property's type and allowed values: with
// Debezium's messages, or with Kafka's for Connect's own properties and all of
// a sink's, whose validation is Connect's default.
func (p *Plugin) typeError(property, value string) string {
	d := p.definition(property)
	if d == nil {
		return ""
	}
	kafkas := isConnects(property) || p.kind.Sink
	message, bad := "", false
	switch d.Type {
	case catalog.Boolean:
		_, good := catalog.ParseBool(value)
		bad, message = !good, "Either 'true' or 'false' is expected"
		if kafkas {
			message = "Expected value to be either true or false"
		}
	case catalog.Int, catalog.Long, catalog.Short:
		_, good := catalog.ParseInt(value, d.Type)
		bad, message = !good, map[catalog.Type]string{
			catalog.Int: "An integer is expected", catalog.Long: "A long value is expected", catalog.Short: "A short value is expected"}[d.Type]
		if kafkas {
			message = "Not a number of type " + string(d.Type)
		}
	default:
		return p.valueError(d, value, kafkas)
	}
	switch {
	case !bad:
		return ""
	case kafkas:
		return "Invalid value " + value + " for configuration " + property + ": " + message
	}
	return p.worded(property, message)
}

func (p *Plugin) valueError(d *catalog.Definition, value string, kafkas bool) string {
	switch {
	case d.Type == catalog.Class && kafkas && !existingClass(value):
		return "Invalid value " + value + " for configuration " + d.Name + ": Class " + value + " could not be found."
	case len(d.Values) == 0 || d.Type != catalog.String || kafkas:
		return ""
	}
	for _, allowed := range d.Values {
		if strings.EqualFold(strings.TrimSpace(value), allowed) {
			return ""
		}
	}
	return p.worded(d.Name, "Value must be one of "+strings.Join(d.Values, ", "))
}

// existingClass treats the classes of Kafka and Debezium as existing.
func existingClass(class string) bool {
	return strings.HasPrefix(class, "org.apache.kafka.connect.") || strings.HasPrefix(class, "io.debezium.")
}

// connectErrors adds what Kafka Connect itself checks besides types.
func (p *Plugin) connectErrors(config kafkaconnect.Config, errors map[string][]string) {
	add := func(property, message string) { errors[property] = append(errors[property], message) }
	invalid := func(property, message string) {
		add(property, "Invalid value "+config[property]+" for configuration "+property+": "+message)
	}
	if name, present := config["name"]; !present {
		add("name", `Missing required configuration "name" which has no default value.`)
	} else if name == "" {
		invalid("name", "String may not be empty")
	}
	if n, err := strconv.Atoi(config["tasks.max"]); err == nil && n < 1 {
		invalid("tasks.max", "Value must be at least 1")
	}
	if tolerance, present := config["errors.tolerance"]; present && tolerance != "none" && tolerance != "all" {
		invalid("errors.tolerance", "String must be one of: none, all")
	}
	for _, alias := range catalog.SplitList(config["transforms"]) {
		key := "transforms." + alias + ".type"
		if class, present := config[key]; !present {
			add(key, `Missing required configuration "`+key+`" which has no default value.`)
		} else if !existingClass(class) {
			invalid(key, "Class "+class+" could not be found.")
		}
	}
	if p.Type == "sink" && config["topics"] == "" && config["topics.regex"] == "" {
		add("topics", "Must configure one of topics or topics.regex")
		add("topics.regex", "Must configure one of topics or topics.regex")
	}
}

// connects are Connect's own properties, except those that begin with one of
// connectsPrefixes (ConnectorConfig, SourceConnectorConfig,
// SinkConnectorConfig).
var (
	connects = []string{"name", "tasks.max", "tasks.max.enforce", "transforms", "predicates", "config.action.reload",
		"topic.creation.groups", "exactly.once.support", "offsets.storage.topic", "topics", "topics.regex", "errors.tolerance"}
	connectsPrefixes = []string{"connector.", "key.converter", "value.converter", "header.converter",
		"errors.retry.", "errors.log.", "errors.deadletterqueue.", "transaction.boundary", "transforms.", "predicates."}
)

func isConnects(property string) bool {
	return slices.Contains(connects, property) ||
		slices.ContainsFunc(connectsPrefixes, func(prefix string) bool { return strings.HasPrefix(property, prefix) })
}

// valueless reports whether Debezium's verdict has no value for a property: the
// deprecated aliases in Oracle since 3.5, and in all sources in 3.6.1.
func (p *Plugin) valueless(property string) bool {
	switch property {
	case "database.out.server.name":
		return p.kind.Name == "oracle" && !p.release.Less(catalog.Version{Major: 3, Minor: 5})
	case "internal.legacy.snapshot.max.threads":
		return p.release.Major == 3 && p.release.Minor == 6 && p.release.Patch == 1
	}
	return false
}

// The problem functions for checks. Each returns "" for a good value.

func required(_ kafkaconnect.Config, value string) string {
	if strings.TrimSpace(value) == "" {
		return "A value is required"
	}
	return ""
}

func notBlank(message string) func(kafkaconnect.Config, string) string {
	return func(c kafkaconnect.Config, value string) string {
		if required(c, value) == "" {
			return ""
		}
		return message
	}
}

func all(problems ...func(kafkaconnect.Config, string) string) func(kafkaconnect.Config, string) string {
	return func(c kafkaconnect.Config, value string) string {
		for _, problem := range problems {
			if message := problem(c, value); message != "" {
				return message
			}
		}
		return ""
	}
}

func unless(other string, problem func(kafkaconnect.Config, string) string) func(kafkaconnect.Config, string) string {
	return func(c kafkaconnect.Config, value string) string {
		if c[other] != "" {
			return ""
		}
		return problem(c, value)
	}
}

func charset(allowed string) func(kafkaconnect.Config, string) string {
	valid := regexp.MustCompile(allowed)
	return func(_ kafkaconnect.Config, value string) string {
		if valid.MatchString(value) {
			return ""
		}
		return value + " has invalid format (only the underscore, hyphen, dot and alphanumeric characters are allowed)"
	}
}

func pattern(allowed, message string) func(kafkaconnect.Config, string) string {
	valid := regexp.MustCompile(allowed)
	return func(_ kafkaconnect.Config, value string) string {
		if value == "" || valid.MatchString(value) {
			return ""
		}
		return message
	}
}

func atLeast(least int64, message string) func(kafkaconnect.Config, string) string {
	return func(_ kafkaconnect.Config, value string) string {
		if n, good := catalog.ParseInt(value, catalog.Long); value == "" || good && n >= least {
			return ""
		}
		return message
	}
}

func excludes(include string) func(kafkaconnect.Config, string) string {
	return func(c kafkaconnect.Config, value string) string {
		if value == "" || c[include] == "" {
			return ""
		}
		return `"` + include + `" is already specified`
	}
}
