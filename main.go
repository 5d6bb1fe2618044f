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
// short-lived garbage, and took a quarter less CPU with 400 (peak 80 MB).
const gcPercent = 400

func main() {
	debugMode := flag.Bool("debug", false, "serve for a debugger such as delve")
	flag.Parse()
	debug.SetGCPercent(gcPercent)
	if err := serve.Serve(version, *debugMode); err != nil {
		log.Fatal(err)
	}
}
