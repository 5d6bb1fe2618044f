package rules

import (
	"fmt"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

var unwrapRules = []rule{{
	id:     "removed-unwrap-option",
	title:  "`delete.handling.mode` and `drop.tombstones` of the unwrap transformation are set as `delete.tombstone.handling.mode` from 3.2, where its default doesn't do the same.",
	harm:   Diverges,
	kinds:  everyKind,
	from:   v32,
	source: "Debezium 3.2 ExtractNewRecordState (DBZ-6068), 3.0 LegacyDeleteHandlingStrategy",
	check:  checkUnwrap,
}}

const handling = "delete.tombstone.handling.mode"

// unwraps returns the names of the transformations that unwrap events.
func (v *evaluation) unwraps() []string {
	var names []string
	for _, name := range v.list("transforms") {
		class, _ := v.known("transforms." + name + ".type")
		if c := catalog.ComponentOfClass(catalog.Transformation, class); c != nil && (part{Component: c}).isUnwrap() {
			names = append(names, name)
		}
	}
	return names
}

func checkUnwrap(v *evaluation) {
	for _, name := range v.unwraps() {
		prefix := "transforms." + name + "."
		for _, option := range []string{"delete.handling.mode", "drop.tombstones"} {
			if v.isSet(prefix + option) {
				v.unwrapOption(prefix, option)
			}
		}
	}
}

func (v *evaluation) unwrapOption(prefix, option string) {
	mode, harm := v.unwrapMode(prefix)
	if harm == "" {
		return
	}
	key := prefix + option
	summary := key + " is no longer read by " + v.release()
	detail := fmt.Sprintf("Since Debezium 3.2, the transformation silently ignores %s.", option)
	if v.isSet(prefix + handling) {
		v.advise(Ignored, key, summary, detail+" "+handling+", which replaces it, is already set.", Advice{Remove: key})
		return
	}
	if mode == "delete-to-tombstone" && v.writesJSON() {
		detail += " The default of " + handling + ", tombstone, gives no real tombstones with JsonConverter: the value of a delete is JSON's null, which compaction keeps."
	}
	if harm == Diverges {
		detail += " Deletions would reach the topics in a different form than configured: as tombstones only."
	}
	v.advise(harm, key, summary, detail, Advice{Set: prefix + handling, To: mode, Remove: key})
}

// unwrapMode returns the mode that does what the old options did, and the harm
// of leaving it out: none if the default, "tombstone", does the same.
func (v *evaluation) unwrapMode(prefix string) (mode string, harm Harm) {
	deletes, ok1 := v.option(prefix+"delete.handling.mode", "drop")
	drops, ok2 := v.option(prefix+"drop.tombstones", "true")
	if !ok1 || !ok2 {
		return "", ""
	}
	dropped := !strings.EqualFold(drops, "false")
	switch strings.ToLower(deletes) {
	case "rewrite":
		if dropped {
			return "rewrite", Diverges
		}
		return "rewrite-with-tombstone", Diverges
	case "none":
		return "delete-to-tombstone", Ignored
	}
	switch sent := !v.is("tombstones.on.delete", "false"); {
	case !dropped && sent && v.writesJSON():
		return "delete-to-tombstone", Ignored
	case !dropped && sent:
		return "", ""
	case !dropped || !v.wrote(prefix+"drop.tombstones"):
		return "drop", Ignored // the old default, which nobody wrote
	}
	return "drop", Diverges
}

// option is a transformation's option or its default; false if it isn't known.
func (v *evaluation) option(property, otherwise string) (string, bool) {
	if value, ok := v.known(property); ok {
		return value, true
	}
	return otherwise, !v.isSet(property)
}
