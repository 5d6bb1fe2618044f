package connecttest

import (
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// verdict is a validation (ConfigInfos).
type verdict struct {
	Name       string        `json:"name"`
	ErrorCount int           `json:"error_count"`
	Groups     []string      `json:"groups"`
	Configs    []configEntry `json:"configs"`
}

type configEntry struct {
	Definition *configKey                    `json:"definition"`
	Value      *kafkaconnect.ConfigValueInfo `json:"value"`
}

// problem is what keeps the worker from validating. A write answers with its
// status; a validation with 500 and the name of the exception.
type problem struct {
	status    int
	exception string
	message   string
}

const (
	badRequest       = "org.apache.kafka.connect.runtime.rest.errors.BadRequestException"
	connectException = "org.apache.kafka.connect.errors.ConnectException"
)

// validate answers PUT /connector-plugins/{class}/config/validate.
func (s *Server) validate(r Request, names []string) answer {
	config, refused := decodeConfig(r.Body)
	if refused != nil {
		return *refused
	}
	class := config["connector.class"]
	trim := func(name string) string { return strings.TrimSuffix(name, "Connector") }
	if class != "" && !strings.HasSuffix(trim(class), trim(names[0])) {
		return failure(http.StatusBadRequest, fmt.Sprintf(
			"Included connector type %s does not match request type %s", class, names[0]))
	}
	_, v, problem := s.examine(config)
	if problem != nil {
		return failure(http.StatusInternalServerError, problem.exception+": "+problem.message)
	}
	return ok(v)
}

// judge validates the configuration in a write. An invalid one is a 400, unless
// an entry in the verdict has no value: then Kafka Connect fails to build the
// 400 (AbstractHerder.maybeAddConfigErrors).
func (s *Server) judge(config kafkaconnect.Config) (*Plugin, *answer) {
	plugin, v, problem := s.examine(config)
	if problem != nil {
		return nil, new(failure(problem.status, problem.message))
	}
	if v.ErrorCount == 0 {
		return plugin, nil
	}
	var messages []string
	for _, c := range v.Configs {
		if c.Value == nil {
			const entities = "org.apache.kafka.connect.runtime.rest.entities."
			return nil, new(failure(http.StatusInternalServerError, `Cannot invoke "`+entities+
				`ConfigValueInfo.errors()" because the return value of "`+entities+`ConfigInfo.configValue()" is null`))
		}
		messages = append(messages, c.Value.Errors...)
	}
	return nil, new(failure(http.StatusBadRequest, fmt.Sprintf(
		"Connector configuration is invalid and contains the following %d error(s):\n%s\n"+
			"You can also find the above list of errors at the endpoint `/connector-plugins/{connectorType}/config/validate`",
		v.ErrorCount, strings.Join(messages, "\n"))))
}

// examine resolves references, finds the plugin and checks all properties.
func (s *Server) examine(config kafkaconnect.Config) (*Plugin, *verdict, *problem) {
	resolved, missing := s.resolve(config)
	if missing != "" {
		return nil, nil, &problem{http.StatusInternalServerError,
			"org.apache.kafka.common.config.ConfigException", "Could not read properties from file " + missing}
	}
	class := config["connector.class"]
	if class == "" {
		return nil, nil, &problem{http.StatusBadRequest, badRequest, "Connector config " + javaMap(config) + " contains no connector type"}
	}
	installed := s.installed(class)
	if len(installed) == 0 {
		message := s.classNotFound(class)
		if !s.since(4, 0) {
			return nil, nil, &problem{http.StatusInternalServerError, connectException, message}
		}
		if s.refusedBefore(class) {
			message = connectException + ": " + message
		}
		return nil, nil, &problem{http.StatusBadRequest, badRequest, message}
	}
	version := ""
	if s.since(4, 1) {
		version = config["connector.plugin.version"]
	}
	plugin, noVersion := pick(installed, version)
	if noVersion != "" && s.refusedBefore(plugin.Class+" "+version) {
		return nil, nil, &problem{http.StatusInternalServerError, "java.lang.NullPointerException",
			`Cannot invoke "java.util.List.stream()" because the return value of ` +
				`"org.apache.kafka.connect.runtime.isolation.VersionedPluginLoadingException.availableVersions()" is null`}
	}
	if noVersion != "" {
		// No plugin is loaded, so Connect's own properties are all there are.
		errors := map[string][]string{"connector.class": {noVersion}, "connector.plugin.version": {noVersion}}
		return plugin, (&Plugin{}).verdict(class, resolved, errors), nil
	}
	errors := plugin.errors(resolved)
	s.testConnection(plugin, resolved, errors)
	return plugin, plugin.verdict(class, resolved, errors), nil
}

// refusedBefore records that a class, or a version of one, was requested in
// vain, and reports whether it had been before: Kafka Connect remembers it too
// (CachedConnectors), and its message is worse the second time and after.
func (s *Server) refusedBefore(plugin string) bool {
	before := s.refused[plugin]
	s.refused[plugin] = true
	return before
}

// verdict lists every property of the plugin, and every other with errors.
func (p *Plugin) verdict(class string, config kafkaconnect.Config, errors map[string][]string) *verdict {
	v := &verdict{Name: class, Groups: []string{"Common"}, Configs: []configEntry{}}
	if p.kind != nil {
		v.Groups = append(v.Groups, p.kind.Title)
	}
	properties := p.properties()
	for _, property := range slices.Sorted(maps.Keys(errors)) {
		if !slices.Contains(properties, property) {
			properties = append(properties, property)
		}
	}
	for i, property := range properties {
		key := p.key(property, i)
		entry := configEntry{Definition: &key}
		if !p.valueless(property) {
			entry.Value = p.value(property, config, errors[property])
			v.ErrorCount += len(entry.Value.Errors)
		}
		v.Configs = append(v.Configs, entry)
	}
	return v
}

// value is the verdict on one property. Only Connect's own include their value.
func (p *Plugin) value(property string, config kafkaconnect.Config, errors []string) *kafkaconnect.ConfigValueInfo {
	value := &kafkaconnect.ConfigValueInfo{Name: property, RecommendedValues: []string{}, Errors: []string{}, Visible: true}
	if given, present := config[property]; present && isConnects(property) {
		value.Value = &given
	}
	if d := p.definition(property); d != nil && len(d.Values) > 0 {
		value.RecommendedValues = d.Values
	}
	if len(errors) > 0 {
		value.Errors = errors
	}
	return value
}

// testConnection applies ConnectionError where Debezium would try to connect:
// if nothing else is wrong with the connector's own properties, or for MongoDB
// with the connection string.
func (s *Server) testConnection(p *Plugin, config kafkaconnect.Config, errors map[string][]string) {
	if s.connectionError == nil || p.kind == nil || p.kind.Sink {
		return
	}
	blamed := "database.hostname"
	if p.kind.Name == "mongodb" {
		blamed = "mongodb.connection.string"
	}
	for property := range errors {
		if !isConnects(property) && (p.kind.Relational || property == blamed) {
			return
		}
	}
	if text := s.connectionError(maps.Clone(config)); text != "" {
		errors[blamed] = append(errors[blamed], text)
	}
}

var reference = regexp.MustCompile(`\$\{file:([^}:]*):([^}]*)\}`)

// resolve replaces references to the worker's files. One to a nonexistent key
// or provider stays as it is; missing is the first nonexistent file.
func (s *Server) resolve(config kafkaconnect.Config) (resolved kafkaconnect.Config, missing string) {
	resolved = kafkaconnect.Config{}
	for _, key := range slices.Sorted(maps.Keys(config)) {
		resolved[key] = reference.ReplaceAllStringFunc(config[key], func(text string) string {
			parts := reference.FindStringSubmatch(text)
			file, present := s.files[parts[1]]
			if !present && missing == "" {
				missing = parts[1]
			}
			if value, present := file[parts[2]]; present {
				return value
			}
			return text
		})
	}
	return resolved, missing
}

// javaMap formats a map like Java's AbstractMap.toString.
func javaMap(config kafkaconnect.Config) string {
	var entries []string
	for _, key := range slices.Sorted(maps.Keys(config)) {
		entries = append(entries, key+"="+config[key])
	}
	return "{" + strings.Join(entries, ", ") + "}"
}
