// Package function holds the provider's functions, one file each. They work
// offline, by the catalog and the rules alone.
package function

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// The parameters of every function about one kind in one version, in this order.
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

// kindIn reads the arguments that kindParameter and versionParameter declare.
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
