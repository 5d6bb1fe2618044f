//go:build unix

package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"

	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// registryVersion is the newest registry that runs on Java 17, and the version
// of its converters.
const registryVersion = "2.6.13.Final"

// registryServer is Apicurio Registry, which keeps its schemas in memory here.
func registryServer() download {
	return archives("registry", "Apicurio Registry "+registryVersion+", 142 MB", artifact{
		GroupID:    "io.apicurio",
		ArtifactID: "apicurio-registry-app",
		Version:    registryVersion,
		Type:       "tar.gz",
		Classifier: "all",
	})
}

// converterPlugins returns the download of a plugin path with the converters
// that write Avro and JSON Schema; jars holds Kafka's tools.
func converterPlugins(jars string) download {
	d := libraries("converters", "converters to Avro and JSON Schema, 27 MB", artifact{GroupID: "io.apicurio", ArtifactID: "apicurio-registry-utils-converter", Version: registryVersion})
	d.finish = func(ctx context.Context, dir string) error {
		// Each jar directly in a plugin path would be a plugin of its own.
		found, err := filepath.Glob(filepath.Join(dir, "*.jar"))
		if err != nil {
			return err
		}
		plugin := filepath.Join(dir, "apicurio")
		if err := os.Mkdir(plugin, 0o755); err != nil {
			return err
		}
		for _, jar := range found {
			if err := os.Rename(jar, filepath.Join(plugin, filepath.Base(jar))); err != nil {
				return err
			}
		}
		return addManifests(ctx, jars, dir)
	}
	return d
}

func registryComponent(server string, r *stackfile.Registry) component {
	return component{
		name:   "registry",
		record: &r.Process,
		ports:  []*int{&r.Port},
		command: func(context.Context) (*exec.Cmd, error) {
			cmd := exec.Command("java", "-Xmx384m", fastCompiler, "-XX:+ExitOnOutOfMemoryError",
				"-cp", filepath.Join(server, "*")+string(os.PathListSeparator)+filepath.Join(server, "lib", "*"), "io.quarkus.runner.GeneratedMain")
			cmd.Env = append(os.Environ(), "QUARKUS_HTTP_HOST="+r.Host, "QUARKUS_HTTP_PORT="+strconv.Itoa(r.Port))
			return cmd, nil
		},
		ready: func(ctx context.Context) error { return answers(ctx, r.URL()+"/system/info") },
		stop:  syscall.SIGTERM,
	}
}
