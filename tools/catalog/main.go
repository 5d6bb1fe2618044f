// Command catalog captures what Debezium's connectors, and the transformations,
// predicates and converters of Kafka and Debezium, say of their properties, and
// writes it to internal/catalog/data. For each minor release it has tools/stack
// start a worker with that release's plugins alone, and asks it. What is in a
// file and not on the worker stays as it was captured.
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

// dataDir is the folder of the data files, from the module's root.
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

// fromReleases runs this program again beside a worker for each release.
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

// fromWorker brings the data files up to date with what one worker says.
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

// updateKind writes a kind's data file anew, with the installed versions as
// the worker tells of them. Of a minor release one version is kept.
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
