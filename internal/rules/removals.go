package rules

import (
	"fmt"
	"strings"
)

// removals are about what a connector that is destroyed leaves behind, and what
// that means for a later one of its name.
var removals = []changeRule{
	{
		rule: rule{
			id: "left-offsets", harm: Risky, kinds: sources, properties: []string{"name"},
			title:  "A later connector of the same name doesn't go on from the offsets of one that is destroyed unnoticed.",
			source: "Kafka Connect keeps the offsets of a connector that is deleted (KIP-875)",
		},
		phase: atRemoval, check: checkOffsetsLeft,
	},
}

// checkOffsetsLeft leaves it to the rule on slots to speak of all where one
// stays behind.
func checkOffsetsLeft(c *change) {
	if !c.after.Destroy || c.after.OffsetsGo || c.before.NeverRan || c.now.Kind.Name == "postgres" && !c.dropsSlot() {
		return
	}
	c.warn("name", "the connector's offsets stay behind", c.leftBehind("A destroy leaves behind "))
}

// leftBehind tells what stays behind beside a slot, and what it does to a later
// connector of the same name.
func (c *change) leftBehind(lead string) string {
	var left []string
	offsets := !c.after.OffsetsGo && !c.before.NeverRan
	if offsets {
		left = append(left, "its offsets in Kafka Connect")
	}
	if c.now.Kind.Name == "postgres" {
		left = append(left, nameOf("its publication", c.was, "publication.name"))
	}
	if prefix, _ := c.was.history(); c.now.Kind.SchemaHistory && c.was.keepsHistoryInKafka(prefix) {
		left = append(left, nameOf("its schema history topic", c.was, prefix+".kafka.topic"))
	}
	if len(left) == 0 {
		return ""
	}
	text := lead + strings.Join(left, ", ") + "."
	if !offsets {
		return text
	}
	then := "it takes no snapshot of what is there by then, and fails where the server no longer has that position"
	if c.now.Kind.Name == "postgres" {
		then = "it takes no snapshot of what is there by then, and fails where the slot is gone or has moved on"
	}
	return text + " A later connector of this name goes on from these offsets: " + then + ". " +
		"For a fresh start, apply reset_offsets_on_destroy = true before the destroy, or create the later one with initial_offsets = jsonencode({offsets = []})."
}

// nameOf is a thing with its name, where that is known.
func nameOf(what string, v *evaluation, property string) string {
	if name, known := v.effective(property); known && name != "" {
		return fmt.Sprintf("%s %s", what, quoted(name))
	}
	return what
}
