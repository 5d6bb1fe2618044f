package rules

import (
	"slices"
	"strings"
)

// slotDrops are about a replication slot that goes with a task that stops: what
// counts is what the task runs with, and not the new configuration.
var slotDrops = []changeRule{
	{
		rule: rule{
			id: "drops-slot", harm: Risky, kinds: kinds("postgres"), properties: []string{"slot.drop.on.stop", "snapshot.mode"},
			title:  "An update that sets `slot.drop.on.stop` to `false` is reported: it stops the task that still drops the slot.",
			source: "Debezium 3.6.1, run: a task that an update or a stop ends drops the slot, as does a paused one when it is resumed; the new task fails (\"no longer available on the server\")",
		},
		check: checkSlotDrops,
	},
}

// checkSlotDrops leaves a connector that goes on dropping its slot to the rule
// on its configuration.
func checkSlotDrops(c *change) {
	const property = "slot.drop.on.stop"
	if !c.dropsSlot() || c.now.is(property, "true") || c.before.Idle || !c.changesConfig() || c.beginsAnew() || !c.keeps("slot.name") {
		return
	}
	mode, known := c.now.effective("snapshot.mode")
	if !known || strings.EqualFold(mode, "when_needed") || slices.Contains(ownSnapshots, strings.ToLower(mode)) {
		return // the new task may take a new snapshot
	}
	remedy := "After the apply, reset the offsets for a new snapshot: with the action debezium_reset_offsets, or by reset_offsets_on_destroy = true in this apply and terraform apply -replace on this resource after it."
	if slices.Contains(c.now.allowed("snapshot.mode"), "when_needed") {
		remedy = "Set snapshot.mode to when_needed in the same apply: the new task then takes a new snapshot, and goes on."
	}
	c.warn(property, property+" is still true for the running task: this apply drops the slot",
		"The update stops the task, which runs with the old configuration and drops the slot. A new slot starts later than the connector's position: "+
			"the new task fails (\"no longer available on the server\"), or misses changes. Later updates keep the slot.", remedy)
}
