// Command catalog captures the property definitions of Debezium's connectors,
// and of the transformations, predicates and converters of Kafka and Debezium,
// and writes them to internal/catalog/data. For each minor release, tools/stack
// starts a worker with only that release's plugins, which is then queried.
// Whatever is in a file but not on the worker is kept as captured.
//
// Usage, from the module's root:
//
//	go build -o bin/stack ./tools/stack && go build -o bin/catalog ./tools/catalog
//	bin/catalog
//	bin/catalog -release 3.6
//	bin/catalog -url http://localhost:8083
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// dataDir is the directory of the data files, relative to the module's root.
var dataDir = filepath.Join("internal", "catalog", "data")

func main() {
	log.SetFlags(0)
	stack := flag.String("stack", filepath.Join("bin", "stack"), "the program of tools/stack")
	dir := flag.String("dir", filepath.Join("bin", "capture"), "directory for the workers and their plugins")
	only := flag.String("release", "", "capture this minor release alone")
	url := flag.String("url", "", "capture from this worker, and start none")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var err error
	if *url != "" {
		err = fromWorker(ctx, *url)
	} else {
		err = fromReleases(ctx, *stack, *dir, *only)
	}
	if err != nil {
		log.Fatal(err)
	}
}

// fromReleases reruns this program next to a worker for each release.
func fromReleases(ctx context.Context, stack, dir, only string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	all, err := releases()
	if err != nil {
		return err
	}
	found := false
	for _, r := range all {
		if only != "" && r.name != only {
			continue
		}
		found = true
		log.Printf("capturing %s", r.name)
		cmd := exec.CommandContext(ctx, stack, "worker", "-dir", dir, "-plugins", r.plugins, "--",
			"sh", "-c", `exec "$0" -url "$DEBEZIUM_CONNECT_URL"`, self)
		cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
		cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("capturing %s: %w", r.name, err)
		}
	}
	if !found {
		return fmt.Errorf("no plugins of the release %s are listed in tools/catalog/releases.go", only)
	}
	return nil
}

// fromWorker updates the data files with what one worker reports.
func fromWorker(ctx context.Context, url string) error {
	client, err := kafkaconnect.New(kafkaconnect.Options{URL: url})
	if err != nil {
		return err
	}
	plugins, err := client.PluginsOfAllTypes(ctx)
	if err != nil {
		return err
	}
	installed, err := installedVersions(plugins)
	if err != nil {
		return err
	}
	for _, t := range catalog.AllTraits() {
		if err := updateKind(ctx, client, t, installed[t.Class]); err != nil {
			return fmt.Errorf("%s: %w", t.Name, err)
		}
	}
	return updateComponents(ctx, client, plugins)
}

// updateKind updates a kind's data file with the installed versions as the
// worker reports them. It keeps one version per minor release.
func updateKind(ctx context.Context, client *kafkaconnect.Client, t *catalog.Traits, installed []catalog.Version) error {
	if len(installed) == 0 {
		return nil
	}
	path := filepath.Join(dataDir, t.Name+".json")
	var file catalog.Captured
	if err := readFile(path, &file); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	known := unfold(file)
	for _, v := range installed {
		definitions, err := capture(ctx, client, t.Class, v)
		if err != nil {
			return fmt.Errorf("%s: %w", v, err)
		}
		known.put(v, definitions)
	}
	file = known.fold(t.Class)
	log.Printf("%s: %d rows of %d versions, %d of them on this worker",
		t.Name, len(file.Properties), len(file.Versions), len(installed))
	return os.WriteFile(path, append(encode(file), '\n'), 0o644)
}
