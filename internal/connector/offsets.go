package connector

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// parseOffsets reads the JSON of initial_offsets.
func parseOffsets(text string) (*kafkaconnect.Offsets, error) {
	var offsets kafkaconnect.Offsets
	if err := json.Unmarshal([]byte(text), &offsets); err != nil {
		return nil, err
	}
	if len(offsets.Offsets) == 0 {
		return nil, errors.New(`there is no entry in "offsets"`)
	}
	return &offsets, nil
}

// offsetTries is how often offsets are sent: a stopped connector's tasks may
// take a moment to end, and until then the worker refuses.
const offsetTries = 20

// repeatOffsets carries out a change of offsets, which can be repeated, until
// the worker has taken it.
func (r *connectorResource) repeatOffsets(ctx context.Context, do func() error) error {
	for try := 1; ; try++ {
		err := do()
		again := errors.Is(err, kafkaconnect.ErrInvalidConfig) || kafkaconnect.MaybeDone(err)
		if err == nil || !again || try == offsetTries {
			return err
		}
		select {
		case <-time.After(r.cluster.Timing.Pause):
		case <-ctx.Done():
			return err
		}
	}
}

// checkOffsets finds initial offsets that can't be meant, and those that come
// too late.
func (c *checking) checkOffsets(plan, prior object) {
	at := path.Root(attrOffsets)
	text := plan.text(attrOffsets)
	if prior != nil {
		if !plan[attrOffsets].Equal(prior[attrOffsets]) && text != "" {
			c.diags.AddAttributeWarning(at, fmt.Sprintf("initial_offsets of connector %q have no effect", c.name),
				"The connector exists already, and offsets are set at its creation only. To start it from other offsets, replace it, "+
					"with reset_offsets_on_destroy applied before.")
		}
		return
	}
	if text == "" {
		return
	}
	if _, err := parseOffsets(text); err != nil {
		c.diags.AddAttributeError(at, fmt.Sprintf("Invalid initial_offsets of connector %q", c.name), fmt.Sprintf(
			"%s. The form is {\"offsets\": [{\"partition\": {…}, \"offset\": {…}}]}, as GET /connectors/NAME/offsets answers it.", err))
	}
}
