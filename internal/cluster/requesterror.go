package cluster

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// advice is what to do about each kind of failed request, be it a read or a
// write.
var advice = []struct {
	kind error
	text string
}{
	{kafkaconnect.ErrHandshake, "No request was sent. Check the provider's tls and the scheme of its url."},
	{kafkaconnect.ErrUnreachable, "Check the provider's url (DEBEZIUM_CONNECT_URL), that Kafka Connect runs there, and that this machine may reach it."},
	{kafkaconnect.ErrUnauthorized, "Check the provider's credentials; the worker, or a proxy before it, refused them."},
	{kafkaconnect.ErrRebalancing, "The cluster was rebalancing for the whole time that was given. Nothing was done. Run Terraform again, or raise the time-out."},
	{kafkaconnect.ErrTimedOut, "What was asked for, the worker may still carry out. Run Terraform again: the provider looks at what is there before it writes."},
	{kafkaconnect.ErrInterrupted, "What was asked for, the worker may have carried out. Run Terraform again: the provider looks at what is there before it writes."},
	{kafkaconnect.ErrUnsupported, "Either this needs a newer Kafka Connect, or the provider's url doesn't lead to Kafka Connect."},
	{kafkaconnect.ErrNotFound, "It was deleted meanwhile. Plan again."},
	{context.Canceled, "It was interrupted. Run Terraform again to go on."},
}

// AddRequestError reports a failed request: what was being done ("read"), to
// what (`connector "orders"`), the worker's words, and what to do.
func AddRequestError(diags *diag.Diagnostics, verb, of string, err error) {
	text := fmt.Sprintf("Could not %s %s: %s", verb, of, err)
	for _, a := range advice {
		if errors.Is(err, a.kind) {
			text += "\n\n" + a.text
			break
		}
	}
	diags.AddError(fmt.Sprintf("Could not %s %s", verb, of), text)
}
