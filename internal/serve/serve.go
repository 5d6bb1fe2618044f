// Package serve serves the provider to Terraform, and logs nothing unless asked
// to.
package serve

import (
	"fmt"
	"os"
	"strings"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/cdc/terraform-provider-debezium/internal/provider"
)

// address is the provider's address in the registry.
const address = "registry.terraform.io/cdc/debezium"

// Serve serves a version of the provider until Terraform ends it. With debug,
// it waits for Terraform to attach, and logs as a debugger's user expects.
func Serve(version string, debug bool) error {
	var options []tf6server.ServeOpt
	switch {
	case debug:
		options = append(options, tf6server.WithManagedDebug())
	case !logsWanted(os.Environ()):
		for _, logger := range []string{"TF_LOG_SDK", "TF_LOG_PROVIDER_DEBEZIUM"} {
			if err := os.Setenv(logger, "OFF"); err != nil {
				return fmt.Errorf("switching off the logger of %s: %w", logger, err)
			}
		}
		options = append(options, tf6server.WithGoPluginLogger(hclog.New(&hclog.LoggerOptions{
			Level: hclog.Error, JSONFormat: true, // always log why the provider can't start
		})))
	}
	return tf6server.Serve(address, provider.NewServer(version), options...)
}

// logsWanted reports whether the environment asks for provider logs. The SDK
// writes all of them, at trace level, and leaves it to Terraform Core to drop
// the unwanted ones: that takes more than half the time of a plan.
func logsWanted(environment []string) bool {
	for _, entry := range environment {
		name, level, _ := strings.Cut(entry, "=")
		asks := name == "TF_LOG" || name == "TF_LOG_PROVIDER" || strings.HasPrefix(name, "TF_LOG_PROVIDER_") ||
			name == "TF_LOG_SDK" || strings.HasPrefix(name, "TF_LOG_SDK_")
		if asks && level != "" && !strings.EqualFold(level, "off") {
			return true
		}
	}
	return false
}
