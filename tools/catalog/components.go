package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// componentsFile holds all components: they are few and small.
var componentsFile = filepath.Join(dataDir, "components.json")

// componentTypes are the catalog's plugin types other than connectors.
var componentTypes = []string{catalog.Transformation, catalog.Predicate, catalog.Converter, catalog.HeaderConverter}

// component is one version of a plugin that the catalog covers.
type component struct {
	kafkaconnect.Plugin
	version catalog.Version
}

// componentsAmong returns the components among a worker's plugins. Before 2.7,
// Debezium's had no version of their own: theirs is that of the worker's
// connectors if these are of one release; otherwise it can't be determined.
// Anything else without a version is for Kafka's and Debezium's own tests.
func componentsAmong(plugins []kafkaconnect.Plugin) ([]component, error) {
	release, err := onlyRelease(plugins)
	if err != nil {
		return nil, err
	}
	var components []component
	for _, p := range plugins {
		debezium := strings.HasPrefix(p.Class, debeziumClasses)
		if !slices.Contains(componentTypes, p.Type) || !debezium && !strings.HasPrefix(p.Class, kafkaClasses) {
			continue
		}
		c := component{p, release}
		if p.Version != "" && p.Version != unversioned {
			if c.version, err = catalog.ParseVersion(p.Version); err != nil {
				return nil, fmt.Errorf("%s: %w", p.Class, err)
			}
		} else if c.Version = ""; !debezium || release.IsZero() {
			continue
		}
		components = append(components, c)
	}
	return components, nil
}

// unversioned is what workers report for plugins without a version.
const unversioned = "undefined"

// onlyRelease returns the newest version among a worker's connectors if they
// are all of one minor release; zero otherwise.
func onlyRelease(plugins []kafkaconnect.Plugin) (catalog.Version, error) {
	var newest catalog.Version
	for _, t := range catalog.AllTraits() {
		for _, p := range plugins {
			if p.Class != t.Class {
				continue
			}
			v, err := catalog.ParseVersion(p.Version)
			if err != nil {
				return v, fmt.Errorf("%s: %w", p.Class, err)
			}
			if !newest.IsZero() && newest.Release() != v.Release() {
				return catalog.Version{}, nil
			}
			if newest.Less(v) {
				newest = v
			}
		}
	}
	return newest, nil
}

// updateComponents updates the components' file with what one worker has.
func updateComponents(ctx context.Context, client *kafkaconnect.Client, plugins []kafkaconnect.Plugin) error {
	var file []catalog.CapturedComponent
	if err := readFile(componentsFile, &file); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	components, err := componentsAmong(plugins)
	if err != nil {
		return err
	}
	for _, c := range components {
		if err := updateComponent(ctx, client, &file, c); err != nil {
			return fmt.Errorf("%s %s: %w", c.Class, c.version, err)
		}
	}
	slices.SortFunc(file, func(a, b catalog.CapturedComponent) int {
		return cmp.Or(cmp.Compare(a.Class, b.Class), cmp.Compare(a.Type, b.Type))
	})
	log.Printf("components: %d", len(file))
	return os.WriteFile(componentsFile, encodeComponents(file), 0o644)
}

func updateComponent(ctx context.Context, client *kafkaconnect.Client, file *[]catalog.CapturedComponent, p component) error {
	definitions, err := captureComponent(ctx, client, p)
	if err != nil {
		return err
	}
	class, variant, _ := strings.Cut(p.Class, "$")
	i := slices.IndexFunc(*file, func(c catalog.CapturedComponent) bool { return c.Class == class && c.Type == p.Type })
	if i < 0 {
		i = len(*file)
		*file = append(*file, catalog.CapturedComponent{Type: p.Type, Captured: catalog.Captured{Class: class}})
	}
	c := &(*file)[i]
	if variant != "" && !slices.Contains(c.Variants, variant) {
		c.Variants = append(c.Variants, variant)
		slices.Sort(c.Variants)
	}
	known := unfold(c.Captured)
	known.put(p.version, definitions)
	c.Captured = known.fold(class)
	return nil
}

// captureComponent reads the definitions of a component's options. No worker
// returns their allowed values.
func captureComponent(ctx context.Context, client *kafkaconnect.Client, c component) ([]catalog.Definition, error) {
	keys, err := client.PluginConfig(ctx, c.Class, c.Version)
	if err != nil {
		return nil, err
	}
	return definitionsOf(keys, nil), nil
}

// encodeComponents writes one option per line.
func encodeComponents(file []catalog.CapturedComponent) []byte {
	var b strings.Builder
	b.WriteString("[\n")
	for i, c := range file {
		properties := c.Properties
		c.Properties = nil
		b.Write(lines(line(c), properties))
		if i < len(file)-1 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
	}
	b.WriteString("]\n")
	return []byte(b.String())
}
