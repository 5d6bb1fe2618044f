//go:build unix

package main

import (
	"context"
	"os/exec"
)

// pluginVersion is connectors of one version of Debezium.
type pluginVersion struct {
	version string
	kinds   []string
}

// The workers offer several versions of a connector side by side (KIP-891:
// Kafka Connect 4.1 and later). A kind and version missing here isn't in the
// registry.
var (
	// smallPlugins are all that a small stack has. They have service manifests.
	smallPlugins = []pluginVersion{
		{debeziumVersion, []string{"mysql", "postgres"}},
	}
	// furtherPlugins are what the full stack has besides.
	furtherPlugins = []pluginVersion{
		{debeziumVersion, []string{"oracle", "mariadb", "sqlserver", "mongodb", "db2", "informix", "vitess", "spanner", "ibmi", "jdbc"}},
		{"3.6.1.Final", []string{"mysql", "postgres", "oracle"}},
		{"3.4.3.Final", []string{"postgres", "oracle"}},
		{"3.0.8.Final", []string{"mysql", "postgres", "oracle"}},
		{"2.7.4.Final", []string{"mysql", "postgres"}},
		{"1.9.8.Final", []string{"mysql", "postgres", "oracle"}},
	}
)

// plugins returns the download of a small stack's plugins.
func plugins() download {
	return archives("plugins", "Debezium "+debeziumVersion+" for MySQL and PostgreSQL, 53 MB", connectorPlugins(smallPlugins)...)
}

// morePlugins returns the download of the full stack's other plugins; jars has
// Kafka's tools.
func morePlugins(jars string) download {
	d := archives("more-plugins", "all other connectors and versions of Debezium, 683 MB", connectorPlugins(furtherPlugins)...)
	d.finish = func(ctx context.Context, dir string) error { return addManifests(ctx, jars, dir) }
	return d
}

func connectorPlugins(versions []pluginVersion) []artifact {
	var items []artifact
	for _, v := range versions {
		for _, kind := range v.kinds {
			items = append(items, connectorPlugin(kind, v.version))
		}
	}
	return items
}

// connectorPlugin returns the archive of one connector.
func connectorPlugin(kind, version string) artifact {
	return artifact{
		GroupID:         "io.debezium",
		ArtifactID:      "debezium-connector-" + kind,
		Version:         version,
		Type:            "tar.gz",
		Classifier:      "plugin",
		OutputDirectory: kind + "-" + version,
	}
}

// addManifests adds the service manifests that old connectors lack (KIP-898). A
// worker then finds all plugins by their manifests, in a third of the time it
// takes to scan every class.
func addManifests(ctx context.Context, jars, dir string) error {
	tool := java(jars, "1g", "org.apache.kafka.tools.ConnectPluginPath", "sync-manifests", "--plugin-path", dir)
	return run(exec.CommandContext(ctx, tool.Path, tool.Args[1:]...))
}
