package cluster

import (
	"context"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// Classes returns the worker's classes of one type ("converter"), each once;
// none if it doesn't list them.
func (c *Cluster) Classes(ctx context.Context, pluginType string) []string {
	c.plugins.mu.Lock()
	defer c.plugins.mu.Unlock()
	if c.plugins.ofAllTypes == nil {
		list, err := c.Client.PluginsOfAllTypes(ctx)
		if err != nil {
			return nil
		}
		c.plugins.ofAllTypes = list
	}
	return classesOf(c.plugins.ofAllTypes, pluginType)
}

func classesOf(plugins []kafkaconnect.Plugin, pluginType string) []string {
	var classes []string
	for _, p := range plugins {
		if p.Type == pluginType {
			classes = append(classes, p.Class)
		}
	}
	slices.Sort(classes)
	return slices.Compact(classes)
}

// NearestClass returns the class that a name most likely means, or "": one with
// the same name in another package, or the one closest in spelling.
func NearestClass(name string, classes []string) string {
	simple := simpleName(name)
	simples := make([]string, len(classes))
	for i, class := range classes {
		if simples[i] = simpleName(class); strings.EqualFold(simples[i], simple) {
			return class
		}
	}
	if near := catalog.Nearest(name, classes); near != "" {
		return near
	}
	if near := catalog.Nearest(simple, simples); near != "" {
		return classes[slices.Index(simples, near)]
	}
	return ""
}

func simpleName(class string) string { return class[strings.LastIndexByte(class, '.')+1:] }
