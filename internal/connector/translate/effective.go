package translate

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/redact"
)

// Inputs is everything that decides what an apply sends.
type Inputs struct {
	Kind    *catalog.Kind // nil: a connector of any class
	Plan    Object        // what is planned
	Config  Object        // what is written: the only place with write-only values
	Prior   Object        // what the state says; nil for a new connector
	Private PrivateState
	// Server is the configuration on the cluster; nil for a new connector or if
	// it couldn't be read.
	Server map[string]string
}

// Effective is the configuration that an apply sends.
type Effective struct {
	// Config is the whole configuration, with the connector's name and class.
	// It lacks values that aren't known yet.
	Config map[string]string
	// Unknown are properties that will be set to a value that isn't known yet.
	Unknown map[string]bool
	// Kept are those in Config that the resource doesn't set and that are sent
	// back as the server has them.
	Kept map[string]bool
	// Masked are those in Config whose real value is unknown: the server shows
	// a mask. Nothing can be sent until it is known; sorted.
	Masked []string
	// Changed reports whether Config differs from what the server has.
	Changed bool
	// Written is what the resource sets: the plan, and write-only values that
	// are sent now.
	Written Expanded
	// Missing are the write-only attributes with a new version but no value;
	// sorted.
	Missing []string
}

// Merge decides what to send. A secret that the resource doesn't mention, or a
// write-only value whose version is unchanged, is sent back as the server has
// it. A mask is never sent: if something else must be sent, the configured
// write-only value takes its place, whatever its version.
func Merge(in Inputs) Effective {
	planned := Expand(in.Kind, in.Plan, in.Private.ServerSpellings)
	written := Expand(in.Kind, in.Config, in.Private.ServerSpellings)
	e := Effective{Config: map[string]string{}, Unknown: planned.Unknown, Kept: map[string]bool{}, Written: planned}
	maps.Copy(e.Config, planned.Values)
	e.Config[catalog.KeyName], e.Config[catalog.KeyClass] = in.Plan.Text(AttrName), Class(in.Kind, in.Plan, in.Server)
	e.unmask(in)
	e.addWriteOnly(in, written)
	e.keep(in)
	e.compare(in, written)
	return e
}

// unmask leaves on the server what the state shows with its password masked
// (visible): the plan has it if Terraform ignores changes of the attribute.
func (e *Effective) unmask(in Inputs) {
	for property, text := range e.Config {
		if theirs := in.Server[property]; text != theirs && text == redact.MaskPasswords(theirs) {
			e.Config[property] = theirs
		}
	}
}

// Class is the connector.class to send. If the server has an alias of the same
// class (Kafka Connect accepts simple names), it stays.
func Class(kind *catalog.Kind, o Object, server map[string]string) string {
	if kind == nil {
		return o.Text(AttrClass)
	}
	if theirs, ok := server[catalog.KeyClass]; ok && catalog.KindOfClass(theirs) == kind {
		return theirs
	}
	return kind.Class
}

// addWriteOnly adds the write-only values that are sent now.
func (e *Effective) addWriteOnly(in Inputs, written Expanded) {
	for property := range written.WriteOnly {
		if !in.renewed(property, written.InConfigMap[property]) {
			continue
		}
		e.Written.WriteOnly[property] = true
		e.Written.InConfigMap[property] = written.InConfigMap[property]
		text, ok := written.Values[property]
		switch {
		case written.Unknown[property] || ok && !in.versionKnown(property, written.InConfigMap[property]):
			e.Unknown[property] = true
		case ok:
			e.Config[property], e.Written.Values[property] = text, text
		default:
			e.Written.Removed[property] = true
		}
	}
	if !in.Config[AttrConfigWO].IsKnown() && in.renewed("", true) {
		e.Written.ConfigUnknown = true
	}
	if in.Config[AttrConfigWO].IsNull() && !in.Plan[AttrConfigWOVersion].IsNull() && in.renewed("", true) {
		e.Missing = append(e.Missing, AttrConfigWO)
	}
	for _, a := range in.Kind.Attributes() {
		if a.Secret && in.Config[WriteOnlyName(a)].IsNull() && !in.Plan[VersionName(a)].IsNull() && in.renewed(a.Property, false) {
			e.Missing = append(e.Missing, WriteOnlyName(a))
		}
	}
	slices.Sort(e.Missing)
}

// version is the name of the attribute whose change sends a write-only property.
func (in Inputs) version(property string, inConfigMap bool) string {
	if a := in.Kind.AttributeOf(property); a != nil && a.Secret && !inConfigMap {
		return VersionName(a)
	}
	return AttrConfigWOVersion
}

// renewed reports whether a write-only property is sent: with a new connector,
// and when its version changes.
func (in Inputs) renewed(property string, inConfigMap bool) bool {
	version := in.version(property, inConfigMap)
	return in.Prior == nil || !in.Plan[version].Equal(in.Prior[version])
}

// versionKnown is false until it is known whether the version changes.
func (in Inputs) versionKnown(property string, inConfigMap bool) bool {
	return in.Prior == nil || in.Plan[in.version(property, inConfigMap)].IsKnown()
}

// keep adds what stays on the server.
func (e *Effective) keep(in Inputs) {
	for property, text := range in.Server {
		if _, ok := e.Config[property]; ok || e.Unknown[property] || e.Written.Removed[property] || !in.stays(property, text) {
			continue
		}
		e.Config[property] = text
		e.Kept[property] = true
	}
}

// stays reports whether a property that the resource doesn't set stays on the
// server as it is.
func (in Inputs) stays(property, text string) bool {
	if slices.Contains(in.Private.WriteOnly, property) {
		// A new version of config_wo removes what it no longer has.
		return !in.renewed(property, true)
	}
	return KeptOnServer(in.Kind, property, text) || catalog.IsMask(text)
}

// compare finds whether anything must be sent, and what then replaces masks.
func (e *Effective) compare(in Inputs, written Expanded) {
	e.Changed = in.Server == nil || e.differs(in)
	if !e.Changed {
		return
	}
	for property, text := range e.Config {
		if !catalog.IsMask(text) && !strings.Contains(text, redact.Mask) {
			continue
		}
		if ours, ok := written.Values[property]; ok && !catalog.IsMask(ours) {
			e.Config[property] = ours
		} else {
			e.Masked = append(e.Masked, property)
		}
	}
	slices.Sort(e.Masked)
}

func (e *Effective) differs(in Inputs) bool {
	before := Expand(in.Kind, in.Prior, in.Private.ServerSpellings)
	for property, text := range e.Config {
		theirs, ok := in.Server[property]
		switch {
		case !ok || theirs != text && !catalog.IsMask(theirs):
			return true
		case catalog.IsMask(theirs) && !e.Kept[property] && (e.Written.WriteOnly[property] || text != before.Values[property]):
			// Behind a mask, only what the resource changes can differ.
			return true
		}
	}
	for property := range in.Server {
		if _, ok := e.Config[property]; !ok && !e.Unknown[property] && !slices.Contains(in.Private.ServerKeys, property) {
			return true
		}
	}
	return len(e.Unknown) > 0 || e.Written.ConfigUnknown
}

// WriteOnlyKeys are the properties that config_wo has sent once an apply is
// done, sorted.
func WriteOnlyKeys(in Inputs) []string {
	if !in.renewed("", true) {
		return in.Private.WriteOnly
	}
	var keys []string
	for property, v := range in.Config.Entries(AttrConfigWO) {
		if isKnown(v) {
			keys = append(keys, property)
		}
	}
	slices.Sort(keys)
	return keys
}

// CompareSent compares what was sent with what the server then shows: dropped
// are the properties it shows differently, kept are those still there though
// they weren't sent. Masks are neither.
func CompareSent(sent, got map[string]string) (dropped, kept []string) {
	for property, text := range sent {
		if theirs := got[property]; theirs != text && !catalog.IsMask(theirs) {
			dropped = append(dropped, property)
		}
	}
	for property := range got {
		if _, ok := sent[property]; !ok {
			kept = append(kept, property)
		}
	}
	slices.Sort(dropped)
	slices.Sort(kept)
	return dropped, kept
}

// SameAsSent reports whether everything that was sent is there, masks aside. It
// tells our connector from somebody else's after a lost response.
func SameAsSent(sent, got map[string]string) bool {
	dropped, _ := CompareSent(sent, got)
	return len(dropped) == 0
}

// unknownOf is an unknown value of a property's attribute.
func unknownOf(t catalog.Type) tftypes.Value {
	return tftypes.NewValue(attributeType(t), tftypes.UnknownValue)
}
