package rules

import (
	"fmt"
	"strings"
)

// removals are about what a destroyed connector leaves behind, and what that
// means for a later one with its name.
var removals = []changeRule{
	{
		rule: rule{
			id: "left-offsets", harm: Risky, kinds: sources, properties: []string{"name"},
			title:  "Offsets that a destroy leaves behind, from which a later connector of the same name would resume, are reported.",
			source: "Kafka Connect keeps the offsets of a connector that is deleted (KIP-875)",
		},
		phase: atRemoval, check: checkOffsetsLeft,
	},
}

// checkOffsetsLeft leaves everything to the rule on slots if one stays behind.
func checkOffsetsLeft(c *change) {
	if !c.after.Destroy || c.after.OffsetsGo || c.before.NeverRan || c.now.Kind.Name == "postgres" && !c.dropsSlot() {
		return
	}
	c.warn("name", "The connector's offsets stay behind", c.leftBehind(""))
}

// leftBehind describes what stays behind besides a slot, and what it does to a
// later connector with the same name.
func (c *change) leftBehind(too string) string {
	var left []string
	offsets := !c.after.OffsetsGo && !c.before.NeverRan
	if offsets {
		left = append(left, "the connector's offsets in Kafka Connect")
	}
	if c.now.Kind.Name == "postgres" {
		left = append(left, nameOf("the publication", c.was, "publication.name"))
	}
	if prefix, _ := c.was.history(); c.now.Kind.SchemaHistory && c.was.keepsHistoryInKafka(prefix) {
		left = append(left, nameOf("the schema history topic", c.was, prefix+".kafka.topic"))
	}
	if len(left) == 0 {
		return ""
	}
	verb := "stays"
	if len(left) > 1 || offsets {
		verb = "stay"
	}
	text := strings.Join(left, " and ")
	text = fmt.Sprintf("%s%s %s behind%s.", strings.ToUpper(text[:1]), text[1:], verb, too)
	if !offsets {
		return text
	}
	then := "it takes no snapshot, and fails if the server no longer has that position"
	if c.now.Kind.Name == "postgres" {
		then = "it takes no snapshot, and fails if the slot is gone or has advanced"
	}
	return text + " A new connector of the same name resumes from these offsets: " + then + ". " +
		"For a fresh start, apply reset_offsets_on_destroy = true before the destroy, or create the new connector with initial_offsets = jsonencode({offsets = []})."
}

// nameOf returns a thing with its name, if known.
func nameOf(what string, v *evaluation, property string) string {
	if name, known := v.effective(property); known && name != "" {
		return fmt.Sprintf("%s %s", what, quoted(name))
	}
	return what
}
