// Package function implements the provider's functions, one per file. They work
// offline, using only the catalog and the rules.
package function

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// The common parameters of functions about a kind in a version, in order.
const (
	kindArgument = iota
	versionArgument
	configArgument
)

func kindParameter() function.Parameter {
	return function.StringParameter{
		Name:                "kind",
		MarkdownDescription: "The Debezium kind: `" + strings.Join(catalog.KindNames(), "`, `") + "`.",
	}
}

func versionParameter() function.Parameter {
	return function.StringParameter{
		Name:                "version",
		MarkdownDescription: "The Debezium version, such as `3.5`, which stands for the last release of 3.5, or `3.5.0.Final`.",
	}
}

func configParameter() function.Parameter {
	return function.MapParameter{
		Name:                "config",
		ElementType:         types.StringType,
		MarkdownDescription: "The configuration, by Debezium's names. `name` and `connector.class` may be left out; a null value leaves its property out.",
	}
}

// kindIn parses the arguments of kindParameter and versionParameter.
func kindIn(kindName, version string) (*catalog.Kind, catalog.Version, *function.FuncError) {
	kind := catalog.KindByName(kindName)
	if kind == nil {
		return nil, catalog.Version{}, function.NewArgumentFuncError(kindArgument, fmt.Sprintf(
			"There is no Debezium kind %q. The kinds are: %s.", kindName, strings.Join(catalog.KindNames(), ", ")))
	}
	v, err := catalog.ParseVersion(version)
	if err != nil {
		return nil, catalog.Version{}, function.NewArgumentFuncError(versionArgument, err.Error()+".")
	}
	return kind, v, nil
}
