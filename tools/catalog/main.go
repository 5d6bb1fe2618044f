// Command catalog captures what Debezium's connectors say of their properties
// and writes it to internal/catalog/data, one file a kind. It asks a running
// worker for every plugin version that the worker has; versions that are in a
// file but not on the worker stay as they were captured. So a new release needs
// a worker with that release alone.
//
// Usage, from the module's root: go run ./tools/catalog -url http://localhost:8083
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
)

func main() {
	log.SetFlags(0)
	url := flag.String("url", "http://localhost:8083", "REST URL of the worker")
	out := flag.String("out", filepath.Join("internal", "catalog", "data"), "folder of the data files")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, &worker{url: *url}, *out); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, w *worker, out string) error {
	installed, err := installedVersions(ctx, w)
	if err != nil {
		return err
	}
	for _, t := range catalog.AllTraits() {
		path := filepath.Join(out, t.Name+".json")
		known, err := read(path)
		if err != nil {
			return err
		}
		for _, v := range installed[t.Class] {
			if known[v], err = capture(ctx, w, t.Class, v); err != nil {
				return fmt.Errorf("%s %s: %w", t.Name, v, err)
			}
		}
		if len(known) == 0 {
			log.Printf("%s: neither captured before nor installed on the worker", t.Name)
			continue
		}
		file := known.file(t.Class)
		if err := os.WriteFile(path, encode(file), 0o644); err != nil {
			return err
		}
		log.Printf("%s: %d rows of %d versions, %d from this worker",
			t.Name, len(file.Properties), len(file.Versions), len(installed[t.Class]))
	}
	return nil
}
