package connector

import (
	"fmt"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

func quoted(name string) string { return fmt.Sprintf("connector %q", name) }

// existsText is the detail of the error for a name that the cluster has.
func (r *connectorResource) existsText(name, class string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "The cluster already has a connector %q, and the provider never takes one over by itself. ", name)
	if kind := catalog.KindOfClass(class); r.kind != nil && kind != r.kind {
		fmt.Fprintf(&b, "It is of another kind (%s): choose another name, or import it as %s.", class, TypeName(kind))
		return b.String()
	}
	fmt.Fprintf(&b, "Choose another name, or bring it under Terraform as it is, with this block:\n\n"+
		"import {\n  to = %s.NAME\n  id = %q\n}\n\nwhere NAME is the name of this resource in the configuration.", TypeName(r.kind), name)
	return b.String()
}

// classProblem says why a connector can't be managed as this kind; "" if it can.
func (r *connectorResource) classProblem(name, class string) string {
	if r.kind == nil || catalog.KindOfClass(class) == r.kind {
		return ""
	}
	return fmt.Sprintf("Connector %q is a %s, which %s doesn't manage: that is for %s. Use %s for it.",
		name, class, TypeName(r.kind), r.kind.Class, TypeName(catalog.KindOfClass(class)))
}

func (r *connectorResource) redact(text string) string { return r.secrets().Redact(text) }
