package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// The prefixes of Debezium's and Kafka's own classes.
const (
	debeziumClasses = "io.debezium."
	kafkaClasses    = "org.apache.kafka.connect."
)

// installedVersions returns the versions of each of Debezium's connector
// classes that the worker can run.
func installedVersions(plugins []kafkaconnect.Plugin) (map[string][]catalog.Version, error) {
	installed := map[string][]catalog.Version{}
	for _, p := range plugins {
		if p.Type != "source" && p.Type != "sink" || !strings.HasPrefix(p.Class, debeziumClasses) {
			continue
		}
		v, err := catalog.ParseVersion(p.Version)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.Class, err)
		}
		if !slices.Contains(installed[p.Class], v) {
			installed[p.Class] = append(installed[p.Class], v)
		}
	}
	return installed, nil
}

// capture reads the definitions of one version of a connector class, sorted by
// name. Only a validation returns the allowed values, as recommendations. The
// validated configuration lacks what every kind requires, so that no worker
// connects to a database.
func capture(ctx context.Context, client *kafkaconnect.Client, class string, version catalog.Version) ([]catalog.Definition, error) {
	keys, err := client.PluginConfig(ctx, class, version.String())
	if err != nil {
		return nil, err
	}
	validation, err := client.Validate(ctx, class, kafkaconnect.Config{
		"name":                     "catalog",
		"connector.class":          class,
		"connector.plugin.version": version.String(),
		// Oracle returns the values of its adapters' properties only if the
		// adapter is selected; other kinds ignore the key.
		"database.connection.adapter": "LogMiner",
	})
	if err != nil {
		return nil, err
	}
	definitions := definitionsOf(keys, allowedValues(validation))
	for i := range definitions {
		definitions[i].Required = false // no connector's ConfigDef reports it
	}
	return definitions, nil
}

func definitionsOf(keys []kafkaconnect.ConfigKeyInfo, values map[string][]string) []catalog.Definition {
	definitions := make([]catalog.Definition, 0, len(keys))
	for _, key := range keys {
		if d, ok := definition(key, values[key.Name]); ok {
			definitions = append(definitions, d)
		}
	}
	slices.SortFunc(definitions, func(a, b catalog.Definition) int { return strings.Compare(a.Name, b.Name) })
	return definitions
}

// definition reports false for patterns: Debezium lists those of its
// column.mask… and column.truncate… families as if they were names.
func definition(key kafkaconnect.ConfigKeyInfo, values []string) (catalog.Definition, bool) {
	d := catalog.Definition{
		Name:       key.Name,
		Type:       catalog.Type(key.Type),
		Default:    key.Default,
		Required:   key.Required,
		Importance: strings.ToLower(key.Importance),
	}
	if d.Type == catalog.String && !isPluginVersion(key.Name) {
		d.Values = values
	}
	if isPluginVersion(key.Name) || key.Name == "database.server.id" {
		d.Default = nil // the requested version; a number that MySQL 1.9 draws at random
	}
	return d, !strings.Contains(key.Name, "(")
}

func isPluginVersion(name string) bool { return strings.HasSuffix(name, ".plugin.version") }

// allowedValues returns the recommended values by property, sorted. Those of
// classes are merely what is installed; definition drops them.
func allowedValues(v *kafkaconnect.ConfigInfos) map[string][]string {
	values := map[string][]string{}
	for _, c := range v.Configs {
		// Either half may be missing for deprecated aliases.
		if c.Value == nil || len(c.Value.RecommendedValues) == 0 {
			continue
		}
		sorted := slices.Clone(c.Value.RecommendedValues)
		slices.Sort(sorted)
		values[c.Value.Name] = slices.Compact(sorted)
	}
	return values
}
