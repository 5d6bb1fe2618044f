package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// facts returns what the catalog knows of a property: its name, default,
// allowed values and versions. Versions are omitted if it is the same in all
// that were captured.
func facts(k *catalog.Kind, property string) string {
	facts := []string{"`" + property + "`"}
	newest := k.Definition(property, k.Newest())
	if newest == nil {
		newest = k.Definitions(property)[len(k.Definitions(property))-1]
	}
	if text := defaults(k, property, newest); text != "" {
		facts = append(facts, text)
	}
	if len(newest.Values) > 0 {
		facts = append(facts, "one of "+values(k, property))
	}
	present := func(v catalog.Version) catalog.Presence { return k.Presence(property, v) }
	if limits := limits(releases(k), present); limits != "" {
		facts = append(facts, limits)
	}
	return strings.Join(facts, " · ")
}

// defaults returns the newest default, and the previous one if different.
func defaults(k *catalog.Kind, property string, newest *catalog.Definition) string {
	text := func(d *catalog.Definition) string {
		if d.Default == nil || strings.TrimSpace(*d.Default) == "" {
			return "none"
		}
		return "`" + *d.Default + "`"
	}
	now := text(newest)
	all := releases(k)
	for i, v := range slices.Backward(all) {
		before := k.Definition(property, v)
		if before != nil && k.Presence(property, v) == catalog.Present && text(before) != now {
			return fmt.Sprintf("default %s (before %s: %s)", now, minor(all[i+1]), text(before))
		}
	}
	if now == "none" {
		return ""
	}
	return "default " + now
}

// values returns all values that any version allows, noting the versions of
// those that not all of them allow.
func values(k *catalog.Kind, property string) string {
	var all []string
	for _, d := range k.Definitions(property) {
		all = append(all, d.Values...)
	}
	slices.Sort(all)
	var texts []string
	for _, value := range slices.Compact(all) {
		text := "`" + value + "`"
		allowed := func(v catalog.Version) catalog.Presence { return k.ValuePresence(property, value, v) }
		// Versions without the property say nothing about its values.
		have := slices.DeleteFunc(releases(k), func(v catalog.Version) bool { return k.Presence(property, v) != catalog.Present })
		if limits := limits(have, allowed); limits != "" {
			text += " (" + limits + ")"
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, ", ")
}

// releases returns one version per minor release, of those that were captured
// and those between them.
func releases(k *catalog.Kind) []catalog.Version {
	all := slices.DeleteFunc(k.Releases(), func(v catalog.Version) bool { return !k.Covers(v) })
	return slices.CompactFunc(all, func(a, b catalog.Version) bool { return minor(a) == minor(b) })
}

// limits returns the first version that has something, and the first one that
// no longer does; "at the latest" if the version before isn't known.
func limits(versions []catalog.Version, presence func(catalog.Version) catalog.Presence) string {
	first := slices.IndexFunc(versions, func(v catalog.Version) bool { return presence(v) == catalog.Present })
	if first < 0 {
		return ""
	}
	var facts []string
	if first > 0 {
		from := "from " + minor(versions[first])
		if presence(versions[first-1]) == catalog.NotKnown {
			from += " at the latest"
		}
		facts = append(facts, from)
	}
	if gone := slices.IndexFunc(versions[first:], func(v catalog.Version) bool { return presence(v) == catalog.Absent }); gone > 0 {
		facts = append(facts, "before "+minor(versions[first+gone]))
	}
	return strings.Join(facts, ", ")
}

// minor returns a version as the page writes it: "3.5".
func minor(v catalog.Version) string { return fmt.Sprintf("%d.%d", v.Major, v.Minor) }
