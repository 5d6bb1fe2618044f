// Command resourcedoc writes a tfplugindocs template for each resource to the
// given directory: the attributes in groups, with what the catalog knows of
// each one's property. tfplugindocs itself only sorts them by name.
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/provider"
)

func main() {
	if err := run(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("usage: resourcedoc FOLDER")
	}
	resources, err := resources(ctx)
	if err != nil {
		return err
	}
	for name, schema := range resources {
		page, err := page(kindOf(name), schema.Block)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		path := filepath.Join(args[0], strings.TrimPrefix(name, "debezium_")+".md.tmpl")
		if err := os.WriteFile(path, []byte(page), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// resources returns the schemas of the provider's resources by name.
func resources(ctx context.Context) (map[string]*tfprotov6.Schema, error) {
	server, err := providerserver.NewProtocol6WithError(provider.New("dev")())()
	if err != nil {
		return nil, err
	}
	offered, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return nil, err
	}
	for _, d := range offered.Diagnostics {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			return nil, fmt.Errorf("%s: %s", d.Summary, d.Detail)
		}
	}
	return offered.ResourceSchemas, nil
}

// kindOf returns nil for the resource of any class.
func kindOf(resource string) *catalog.Kind {
	return catalog.KindByName(strings.TrimSuffix(strings.TrimPrefix(resource, "debezium_"), "_connector"))
}
