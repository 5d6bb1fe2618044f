// Command terraform-provider-debezium serves the provider to Terraform.
package main

import (
	"flag"
	"log"
	"runtime/debug"

	"github.com/cdc/terraform-provider-debezium/internal/serve"
)

// version is set by the release build.
var version = "dev"

// gcPercent trades memory for time: planning a thousand connectors creates
// short-lived garbage, and took a quarter less CPU at 400. memoryLimit caps
// that: beyond it, the collector runs as often as needed.
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
