//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// runWorker runs a command next to a broker and one worker that has only the
// given plugins, comma-separated KIND:VERSION. Afterwards it stops both and
// deletes the plugins: it is for going through many releases, each of which is
// needed once.
func runWorker(ctx context.Context, l layout, list string, args []string) (err error) {
	plugins, err := parsePlugins(list)
	if err != nil {
		return err
	}
	if len(args) == 0 {
		return errors.New("worker needs a command: stack worker -plugins KIND:VERSION,… -- COMMAND ARGUMENT…")
	}
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer signal.Stop(signals)
	unlock, err := lock(l.dir)
	if err != nil {
		return err
	}
	defer unlock()
	if err := os.MkdirAll(l.logDir(), 0o755); err != nil {
		return err
	}
	jars, err := installKafka(ctx, l.cache)
	if err != nil {
		return err
	}
	path, err := unpackOnce(ctx, l, jars, plugins)
	defer func() { err = errors.Join(err, os.RemoveAll(filepath.Join(l.dir, "plugins"))) }()
	if err != nil {
		return err
	}
	if err := certificatesIn(l.dir).create(ctx); err != nil {
		return err
	}
	s := newStack(l, true)
	components := group{kafkaComponent(l, jars, &s.Kafka), workerComponent(l, jars, path, s, 0)}
	for _, c := range components {
		if err := choosePorts(c.ports); err != nil {
			return err
		}
		defer func() {
			if c.record.Running() {
				err = errors.Join(err, c.end())
			}
		}()
		err := c.start(ctx, l, func(p stackfile.Process) error {
			*c.record = p
			return nil
		})
		if err != nil {
			return err
		}
	}
	return execute([]variable{{"DEBEZIUM_CONNECT_URL", s.Connect[0].URL()}}, args, signals)
}

// installKafka only fetches the broker, Kafka Connect and their tools.
func installKafka(ctx context.Context, cache string) (string, error) {
	unlock, err := lock(cache)
	if err != nil {
		return "", err
	}
	defer unlock()
	return kafkaLibraries().fetch(ctx, cache)
}

// unpackOnce downloads plugins to the worker's own directory: neither the cache
// nor the user's Maven repository keeps the archives.
func unpackOnce(ctx context.Context, l layout, jars string, plugins []artifact) (string, error) {
	d := archives("plugins", "", plugins...)
	d.repository = filepath.Join(l.dir, "maven")
	dir := filepath.Join(l.dir, "plugins")
	if err := os.RemoveAll(dir); err != nil {
		return "", err
	}
	fmt.Printf("downloading %d plugins\n", len(plugins))
	if err := d.maven(ctx, dir); err != nil {
		return "", fmt.Errorf("downloading the plugins: %w", err)
	}
	if err := os.RemoveAll(filepath.Join(d.repository, "io", "debezium")); err != nil {
		return "", err
	}
	return dir, addManifests(ctx, jars, dir)
}

// scripting is parsePlugins' name for Debezium's transformations that run
// scripts. They have their own archive, which needs a connector's next to it.
const scripting = "scripting"

func parsePlugins(list string) ([]artifact, error) {
	var plugins []artifact
	for entry := range strings.SplitSeq(list, ",") {
		kind, version, ok := strings.Cut(strings.TrimSpace(entry), ":")
		if !ok {
			return nil, fmt.Errorf("-plugins: %q is not KIND:VERSION, such as mysql:%s", entry, debeziumVersion)
		}
		if kind != scripting {
			plugins = append(plugins, connectorPlugin(kind, version))
			continue
		}
		if len(plugins) == 0 {
			return nil, errors.New("-plugins: scripting goes into the directory of the plugin before it, and there is none")
		}
		plugins = append(plugins, artifact{GroupID: "io.debezium", ArtifactID: "debezium-scripting", Version: version,
			Type: "tar.gz", OutputDirectory: plugins[len(plugins)-1].OutputDirectory})
	}
	return plugins, nil
}
