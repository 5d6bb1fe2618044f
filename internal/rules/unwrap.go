package rules

import (
	"fmt"
	"strings"
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

// unwraps are the names of the transformations that unwrap events.
func (v *evaluation) unwraps() []string {
	var names []string
	for _, name := range v.list("transforms") {
		class, _ := v.known("transforms." + name + ".type")
		if strings.HasSuffix(class, ".ExtractNewRecordState") || strings.HasSuffix(class, ".ExtractNewDocumentState") {
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
	if harm == Diverges {
		detail += " Deletions would reach the topics in a different form than configured: as tombstones only."
	}
	v.advise(harm, key, summary, detail, Advice{Set: prefix + handling, To: mode, Remove: key})
}

// unwrapMode is the mode that does what the old options did, and what comes of
// leaving it out: nothing where the default, "tombstone", does the same.
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
	switch {
	case !dropped || v.is("tombstones.on.delete", "false"):
		return "", ""
	case !v.wrote(prefix + "drop.tombstones"):
		return "drop", Ignored // the old default, which nobody has written
	}
	return "drop", Diverges
}

// option is a transformation's option, or its default; false where it isn't known.
func (v *evaluation) option(property, otherwise string) (string, bool) {
	if value, ok := v.known(property); ok {
		return value, true
	}
	return otherwise, !v.isSet(property)
}
