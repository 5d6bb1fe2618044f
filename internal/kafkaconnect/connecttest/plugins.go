package connecttest

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// Plugin is an installed connector plugin. One made without DebeziumPlugin has
// no properties of its own and accepts any configuration.
type Plugin struct {
	Class   string
	Type    string // "source" or "sink"
	Version string

	kind         *catalog.Kind   // nil if it isn't Debezium's
	release      catalog.Version // Version, parsed
	shownVersion string          // in statuses: empty before Kafka Connect 4.1
}

// DebeziumPlugin returns a Debezium connector kind in a version captured in the
// catalog ("postgres", "3.5.0.Final").
func DebeziumPlugin(kind, version string) *Plugin {
	k := catalog.KindByName(kind)
	if k == nil {
		panic("no connector kind " + kind)
	}
	release, err := catalog.ParseVersion(version)
	if err != nil || !slices.Contains(k.Versions(), release) {
		panic(fmt.Sprintf("the catalog has %s in the versions %v, not %s", kind, k.Versions(), version))
	}
	p := &Plugin{Class: k.Class, Type: "source", Version: version, kind: k, release: release}
	if k.Sink {
		p.Type = "sink"
	}
	return p
}

// DefaultPlugins returns all kinds in all versions in the catalog, side by side
// as on one worker with Kafka Connect 4.1 or later. The newest is used unless a
// configuration says otherwise.
func DefaultPlugins() []*Plugin {
	var plugins []*Plugin
	for _, k := range catalog.Kinds() {
		for _, v := range k.Versions() {
			plugins = append(plugins, DebeziumPlugin(k.Name, v.String()))
		}
	}
	return plugins
}

// tasks returns the number of tasks that the connector creates for a
// configuration (its taskConfigs).
func (p *Plugin) tasks(config kafkaconnect.Config) int {
	most, err := strconv.Atoi(cmp.Or(config["tasks.max"], "1"))
	switch {
	case err != nil:
		return 0
	case p.kind == nil || p.kind.Sink:
		return most
	case p.kind.OneTaskOnly && most > 1:
		return 0 // with an exception in the worker's log and nowhere else
	case p.kind.Name == "sqlserver":
		return min(most, len(catalog.SplitList(config["database.names"])))
	}
	return 1
}

// definition returns a property as in this version's ConfigDef, or nil. What
// the catalog knows beyond the ConfigDefs has no importance, and Debezium's
// validation doesn't look at it.
func (p *Plugin) definition(property string) *catalog.Definition {
	if p.kind == nil {
		return nil
	}
	d := p.kind.Definition(property, p.release)
	if d == nil || d.Importance == "" {
		return nil
	}
	return d
}

// properties returns those of this version: Connect's own, then the connector's
// in the order of their checks, then the others by name.
func (p *Plugin) properties() []string {
	if p.kind == nil {
		return []string{"name", "connector.class", "tasks.max"}
	}
	var properties []string
	for _, name := range p.kind.Properties() {
		if p.definition(name) != nil {
			properties = append(properties, name)
		}
	}
	slices.SortStableFunc(properties, func(a, b string) int { return cmp.Compare(rank(a), rank(b)) })
	return properties
}

func rank(property string) int {
	if isConnects(property) {
		return -1
	}
	for i, c := range checks {
		if c.property == property {
			return i
		}
	}
	return len(checks)
}

// answersTo reports whether a connector.class means this plugin: the class,
// its simple name, or that without "Connector" (Plugins' aliases).
func (p *Plugin) answersTo(class string) bool {
	simple := p.Class[strings.LastIndexByte(p.Class, '.')+1:]
	return class == p.Class || class == simple || class == strings.TrimSuffix(simple, "Connector")
}

// installed returns the versions of a class, oldest first.
func (s *Server) installed(class string) []*Plugin {
	var found []*Plugin
	for _, p := range s.plugins {
		if p.answersTo(class) {
			found = append(found, p)
		}
	}
	slices.SortStableFunc(found, func(a, b *Plugin) int { return a.release.Compare(b.release) })
	return found
}

// pick returns the plugin with a version, or the newest for "". If there is
// none, problem is Kafka Connect's message.
func pick(installed []*Plugin, version string) (plugin *Plugin, problem string) {
	newest := installed[len(installed)-1]
	if version == "" {
		return newest, ""
	}
	var versions []string
	for _, p := range installed {
		if p.Version == version {
			return p, ""
		}
		versions = append(versions, p.Version)
	}
	return newest, fmt.Sprintf("Plugin %s not found that matches the version range [%s,%s], available versions: [%s]",
		newest.Class, version, version, strings.Join(versions, ", "))
}

func (s *Server) classNotFound(class string) string {
	var descriptions []string
	for _, p := range s.plugins {
		descriptions = append(descriptions, fmt.Sprintf(
			"PluginDesc{klass=class %s, name='%s', version='%s', encodedVersion=%s, type=%s, typeName='%s', location='file:/plugins/'}",
			p.Class, p.Class, p.Version, p.Version, p.Type, p.Type))
	}
	return "Failed to find any class that implements Connector and which name matches " + class +
		", available connectors are: " + strings.Join(descriptions, ", ")
}

func (s *Server) listPlugins(r Request, _ []string) answer {
	plugins := []kafkaconnect.Plugin{}
	for _, p := range s.plugins {
		plugins = append(plugins, kafkaconnect.Plugin{Class: p.Class, Type: p.Type, Version: p.Version})
	}
	if s.since(3, 2) && r.Query.Get("connectorsOnly") == "false" {
		plugins = append(plugins, s.components()...)
	}
	slices.SortStableFunc(plugins, func(a, b kafkaconnect.Plugin) int { return cmp.Compare(a.Class, b.Class) })
	return ok(plugins)
}

// components returns the transformations, predicates and converters that ship
// with Kafka Connect and Debezium.
func (s *Server) components() []kafkaconnect.Plugin {
	var plugins []kafkaconnect.Plugin
	for _, componentType := range []string{catalog.Converter, catalog.HeaderConverter, catalog.Predicate, catalog.Transformation} {
		for _, c := range catalog.Components(componentType) {
			version := s.version.String()
			if c.OfDebezium() {
				versions := c.Versions()
				version = versions[len(versions)-1].String()
			}
			for _, class := range c.Classes() {
				plugins = append(plugins, kafkaconnect.Plugin{Class: class, Type: componentType, Version: version})
			}
		}
	}
	return plugins
}

// configKey is a property's definition on the wire (ConfigKeyInfo).
type configKey struct {
	Name          string   `json:"name"`
	Type          string   `json:"type"`
	Required      bool     `json:"required"`
	Default       *string  `json:"default_value"`
	Importance    string   `json:"importance"`
	Documentation string   `json:"documentation"`
	Group         string   `json:"group"`
	Order         int      `json:"order_in_group"`
	Width         string   `json:"width"`
	DisplayName   string   `json:"display_name"`
	Dependents    []string `json:"dependents"`
}

func (p *Plugin) key(property string, order int) configKey {
	key := configKey{
		Name: property, Type: "STRING", Importance: "HIGH", Documentation: "The property " + property + ".",
		Required: property == "name" || property == "connector.class",
		Group:    "Common", Order: order, Width: "MEDIUM", DisplayName: property, Dependents: []string{},
	}
	if d := p.definition(property); d != nil {
		key.Type, key.Default, key.Importance = string(d.Type), d.Default, strings.ToUpper(d.Importance)
	}
	if p.kind != nil && !isConnects(property) {
		key.Group = p.kind.Title
	}
	return key
}

func (s *Server) pluginConfig(r Request, names []string) answer {
	installed := s.installed(names[0])
	if len(installed) == 0 {
		return failure(http.StatusNotFound, "Unknown plugin "+names[0]+".")
	}
	version := r.Query.Get("version")
	if !s.since(4, 1) {
		version = ""
	}
	plugin, problem := pick(installed, version)
	if problem != "" {
		return failure(http.StatusBadRequest, problem)
	}
	keys := []configKey{}
	for i, property := range plugin.properties() {
		keys = append(keys, plugin.key(property, i))
	}
	return ok(keys)
}

// shown returns a configuration as responses show it.
func (s *Server) shown(p *Plugin, config kafkaconnect.Config) kafkaconnect.Config {
	config = maps.Clone(config)
	if !s.maskSecrets {
		return config
	}
	for key := range config {
		t := catalog.String
		if d := p.definition(key); d != nil {
			t = d.Type
		}
		if catalog.IsSecret(key, t) {
			config[key] = Mask
		}
	}
	return config
}

// Mask is what MaskSecrets shows in place of a secret.
const Mask = "••••••••••••"
