// Command terraform-provider-debezium serves the provider to Terraform.
package main

import (
	"flag"
	"log"
	"runtime/debug"

	"github.com/cdc/terraform-provider-debezium/internal/serve"
)

// version is set at release.
var version = "dev"

// gcPercent trades memory for time: a plan of a thousand connectors makes
// short-lived garbage, and took a quarter less CPU with 400. memoryLimit is
// where that ends: from there on garbage is collected as often as it takes.
const (
	gcPercent   = 400
	memoryLimit = 240 << 20
)

func main() {
	debugMode := flag.Bool("debug", false, "serve for a debugger such as delve")
	flag.Parse()
	debug.SetGCPercent(gcPercent)
	debug.SetMemoryLimit(memoryLimit)
	if err := serve.Serve(version, *debugMode); err != nil {
		log.Fatal(err)
	}
}
