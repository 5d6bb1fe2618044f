package preflight

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// NameProblem returns what is wrong with a connector's name on any worker, or
// "". Kafka Connect requires a name that isn't empty and has no control
// characters (ConnectorConfig.NAME_CONFIG). It also silently trims names, but
// only on POST, so a name with outer spaces would never be found again.
func NameProblem(name string) string {
	switch {
	case strings.TrimSpace(name) == "":
		return "A connector's name can't be empty."
	case strings.TrimSpace(name) != name:
		return fmt.Sprintf("The name %q begins or ends with whitespace, which Kafka Connect would strip. Remove it.", name)
	case strings.ContainsAny(name, ";{}"):
		return fmt.Sprintf("The name %q contains one of the characters ; { }. Kafka Connect creates such a connector, but afterwards "+
			"finds another one by its name, or none. Choose another name.", name)
	case strings.ContainsFunc(name, unicode.IsControl):
		return fmt.Sprintf("The name %q contains a control character, which Kafka Connect rejects. Remove it.", name)
	}
	return ""
}

// Address rejects a name for a new connector that the worker can store but not
// find again. Since Kafka Connect 4.0 its web server (Jetty 12) answers 400 to
// any path with an escaped slash, backslash or percent sign, so such a
// connector could be created, but never changed or deleted through REST.
func (r *Report) Address(ctx context.Context, name string) {
	if !strings.ContainsAny(name, `/\%`) || !r.cluster.Connected() {
		return
	}
	_, err := r.cluster.Client.Connector(ctx, name)
	if errors.Is(err, kafkaconnect.ErrInvalidConfig) {
		r.errorAt(path.Root(translate.AttrName), "The name doesn't work with this version of Kafka Connect", fmt.Sprintf(
			"The connector could be created, but not read, updated or deleted afterwards, because the worker "+
				"rejects a slash, backslash or percent sign in a path. Choose a name without them.\n\nThe worker answered: %s", err))
	}
}

// AlreadyExists reports that the cluster has a connector of this name, with the
// given class ("" if unknown), that the provider didn't create.
func (r *Report) AlreadyExists(class string) {
	var b strings.Builder
	fmt.Fprintf(&b, "The cluster already has a connector of this name, and the provider never adopts an existing one on its own. ")
	if kind := catalog.KindOfClass(class); r.kind != nil && kind != r.kind {
		fmt.Fprintf(&b, "Its class is %s: choose another name, or import it as %s.", class, translate.TypeName(kind))
	} else {
		fmt.Fprintf(&b, "Choose another name, or import the connector with this block:\n\n"+
			"import {\n  to = %s.NAME\n  id = %q\n}\n\nwhere NAME is the name of this resource in the configuration.", translate.TypeName(r.kind), r.connector)
	}
	r.errorAt(path.Root(translate.AttrName), "The connector already exists", b.String())
}
