// Command catalog captures what Debezium's connectors say of their properties
// and writes it to internal/catalog/data, one file a kind. It asks a running
// worker for every plugin version that the worker has; versions that are in a
// file but not on the worker stay as they were captured. So a new release needs
// a worker with that release alone.
//
// Usage, from the module's root and with the stack running:
//
//	go run ./tools/catalog
//	go run ./tools/catalog -url http://localhost:8083
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"path/filepath"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// dataDir is the folder of the data files, from the module's root.
var dataDir = filepath.Join("internal", "catalog", "data")

func main() {
	log.SetFlags(0)
	dir := flag.String("dir", ".stack", "directory of the stack that tools/stack has started")
	url := flag.String("url", "", "REST URL of another worker, in place of the stack's")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *dir, *url); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, dir, url string) error {
	client, err := connect(dir, url)
	if err != nil {
		return err
	}
	installed, err := installedVersions(ctx, client)
	if err != nil {
		return err
	}
	for _, t := range catalog.AllTraits() {
		if err := update(ctx, client, t, installed[t.Class]); err != nil {
			return fmt.Errorf("%s: %w", t.Name, err)
		}
	}
	return nil
}

func connect(dir, url string) (*kafkaconnect.Client, error) {
	if url == "" {
		stack, err := stackfile.Load(dir)
		if err != nil {
			return nil, err
		}
		url = stack.Connect[0].URL()
	}
	return kafkaconnect.New(kafkaconnect.Options{URL: url})
}

// update writes a kind's data file anew, with the installed versions as the
// worker tells of them.
func update(ctx context.Context, client *kafkaconnect.Client, t *catalog.Traits, installed []catalog.Version) error {
	path := filepath.Join(dataDir, t.Name+".json")
	known, err := read(path)
	if err != nil {
		return err
	}
	for _, v := range installed {
		if known[v], err = capture(ctx, client, t.Class, v); err != nil {
			return fmt.Errorf("%s: %w", v, err)
		}
	}
	if len(known) == 0 {
		log.Printf("%s: neither captured before nor installed on the worker", t.Name)
		return nil
	}
	file := known.file(t.Class)
	log.Printf("%s: %d rows of %d versions, %d of them on this worker",
		t.Name, len(file.Properties), len(file.Versions), len(installed))
	return os.WriteFile(path, encode(file), 0o644)
}
