package preflight

import (
	"context"
	"fmt"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/cluster"
)

// classAdvice is added to a worker's refusal of a class that it doesn't have:
// the nearest one it has, or all of them.
func (r *Report) classAdvice(ctx context.Context, refusal cluster.Refusal, class string) string {
	pluginType, plural := pluginTypeOf(refusal.Property)
	if pluginType == "" || catalog.IsReference(class) || !strings.Contains(refusal.Message, "could not be found") {
		return ""
	}
	const install = "Install the class in the plugin.path of every worker, or use one that is installed."
	classes := r.cluster.Classes(ctx, pluginType)
	near := cluster.NearestClass(class, classes)
	switch {
	case near != "":
		return fmt.Sprintf("\n\nThe closest class on the worker is %s. %s", near, install)
	case len(classes) > 0:
		return fmt.Sprintf("\n\n%s The worker has these %s:\n\n  %s", install, plural, strings.Join(classes, "\n  "))
	}
	return "\n\n" + install
}

// pluginTypeOf is Kafka Connect's type of the plugins that a property names,
// and its plural; "" if the property names something else.
func pluginTypeOf(property string) (pluginType, plural string) {
	switch {
	case property == "header.converter":
		return "header_converter", "header converters"
	case property == "key.converter" || property == "value.converter":
		return "converter", "converters"
	case strings.HasPrefix(property, "transforms.") && strings.HasSuffix(property, ".type"):
		return "transformation", "transformations"
	case strings.HasPrefix(property, "predicates.") && strings.HasSuffix(property, ".type"):
		return "predicate", "predicates"
	}
	return "", ""
}
