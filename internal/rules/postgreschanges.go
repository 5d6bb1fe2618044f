package rules

import "fmt"

// postgresChanges are about what a connector has created in the database.
var postgresChanges = []changeRule{
	{
		rule: rule{
			id: "changed-slot", harm: Risky, kinds: kinds("postgres"), properties: []string{"slot.name"},
			title:  "A connector keeps its replication slot.",
			source: "Debezium 3.6.1, run: \"… but this is no longer available on the server\"",
		},
		check: checkSlotMoved,
	},
	{
		rule: rule{
			id: "left-slot", harm: Risky, kinds: kinds("postgres"), properties: []string{"slot.name", "slot.drop.on.stop"},
			title:  "A connector that is deleted leaves no replication slot behind.",
			source: "Debezium 3.6.1, run: the slot stays, inactive",
		},
		phase: atRemoval, check: checkSlotLeft,
	},
}

const undropped = "Debezium doesn't drop the slot when the connector is deleted."

const pinsLog = "The server keeps its write-ahead log from the slot's position on, until the disk is full."

// dropSlot says how to get rid of a slot.
func dropSlot(name string) string {
	return fmt.Sprintf("Drop the slot once nothing needs it: SELECT pg_drop_replication_slot('%s').", name)
}

// dropsSlot reports whether the connector drops its slot when it stops.
func (c *change) dropsSlot() bool { return c.was.is("slot.drop.on.stop", "true") }

func checkSlotMoved(c *change) {
	from, to, ok := c.moved("slot.name")
	if !ok {
		return
	}
	summary := fmt.Sprintf("slot.name changes from %s to %s", quoted(from), quoted(to))
	var left string
	if !c.dropsSlot() {
		left = fmt.Sprintf("Slot %s stays on the server. %s %s", quoted(from), pinsLog, dropSlot(from))
	}
	if c.beginsAnew() {
		if left != "" {
			c.warn("slot.name", summary, left)
		}
		return
	}
	c.warn("slot.name", summary,
		"A new slot starts now, past the connector's stored position: the task fails because that position \"is no longer available on the server\", or it misses changes.",
		left,
		"Keep the slot, or delete the connector's offsets so that it takes a new snapshot.")
}

// checkSlotLeft reports nothing if the replacement continues with the slot.
func checkSlotLeft(c *change) {
	if c.dropsSlot() {
		return
	}
	slot, known := c.was.effective("slot.name")
	if c.after.Replace {
		old, successor := c.was.identify("database.hostname", "database.port", "slot.name"), c.now.identify("database.hostname", "database.port", "slot.name")
		if old.unknown || successor.unknown || old == successor {
			return
		}
	}
	others := ""
	if c.after.Destroy {
		others = c.leftBehind(" too")
	}
	if !known {
		c.warn("slot.name", "The replication slot stays behind", undropped, pinsLog, "Drop the slot once nothing needs it.", others)
		return
	}
	c.warn("slot.name", fmt.Sprintf("Replication slot %s stays behind", quoted(slot)), undropped, pinsLog, dropSlot(slot), others)
}
