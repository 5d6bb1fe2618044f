package connector

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// advice is what to do about each kind of failed request.
var advice = []struct {
	kind error
	text string
}{
	{kafkaconnect.ErrUnreachable, "Check the provider's url (DEBEZIUM_CONNECT_URL), that Kafka Connect runs there, and that this machine may reach it."},
	{kafkaconnect.ErrUnauthorized, "Check the provider's credentials; the worker, or a proxy before it, refused them."},
	{kafkaconnect.ErrRebalancing, "The cluster was rebalancing for the whole time that was given. Nothing was done. Apply again, or raise the time-out."},
	{kafkaconnect.ErrTimedOut, "The worker may still carry it out. Apply again: the provider looks at what is there before it writes."},
	{kafkaconnect.ErrInterrupted, "The worker may have carried it out. Apply again: the provider looks at what is there before it writes."},
	{kafkaconnect.ErrUnsupported, "This needs a newer Kafka Connect."},
	{kafkaconnect.ErrNotFound, "It was deleted meanwhile. Plan again."},
	{context.Canceled, "It was interrupted. Apply again to go on."},
}

// addRequestError reports a failed request: what was being done, to which
// connector, the worker's words, and what to do.
func addRequestError(diags *diag.Diagnostics, verb, of string, err error) {
	text := fmt.Sprintf("Could not %s %s: %s", verb, of, err)
	for _, a := range advice {
		if errors.Is(err, a.kind) {
			text += "\n\n" + a.text
			break
		}
	}
	diags.AddError(fmt.Sprintf("Could not %s %s", verb, of), text)
}

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

func (r *connectorResource) redact(text string) string {
	if r.cluster == nil {
		return text
	}
	return r.cluster.Secrets.Redact(text)
}
