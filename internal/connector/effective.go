package connector

import (
	"fmt"
	"maps"
	"slices"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// The configuration's own keys that Kafka Connect adds or that the resource
// keeps elsewhere.
const (
	keyName  = "name"
	keyClass = "connector.class"
	// keyVersion picks one of the plugin's versions (Kafka Connect 4.1).
	keyVersion = "connector.plugin.version"
)

// change is what an update would do to the configuration on the server.
type change struct {
	config kafkaconnect.Config // the whole configuration to send
	needed bool                // whether it differs from the server's
	masked []string            // secrets that would have to be sent, but whose value nobody knows
}

// plannedChange joins what the resource says with what it leaves to the server.
type plannedChange struct {
	kind    *catalog.Kind
	name    string
	class   string
	plan    settings            // planned values, write-only ones not among them
	wo      settings            // the configuration's values, write-only ones among them
	prior   settings            // what state says
	server  kafkaconnect.Config // what the cluster has now
	memory  memory
	renewed func(property string) bool // whether a new version sends this write-only property
}

// change decides what to send. A secret that the resource doesn't mention, and
// a write-only value whose version is unchanged, is sent back as the server
// has it; a mask is never sent.
func (p plannedChange) change() change {
	c := change{config: kafkaconnect.Config{keyName: p.name, keyClass: p.class}}
	maps.Copy(c.config, p.plan.values)
	for property := range p.wo.secret {
		if text, ok := p.wo.values[property]; ok && p.wo.secret[property] && p.renewed(property) {
			c.config[property] = text
		}
	}
	for property, text := range p.server {
		if _, ok := c.config[property]; ok || p.plan.removed[property] || !p.leaves(property, text) {
			continue
		}
		c.config[property] = text
	}
	p.compare(&c)
	return c
}

// leaves reports whether a property that the resource doesn't spell out stays
// on the server as it is.
func (p plannedChange) leaves(property, text string) bool {
	if slices.Contains(p.memory.WriteOnly, property) {
		// A new version of config_wo removes what it no longer has.
		return !p.renewed(property)
	}
	return hidden(p.kind, property, text)
}

func (p plannedChange) compare(c *change) {
	for property, text := range c.config {
		theirs, ok := p.server[property]
		switch {
		case !ok || theirs != text && !catalog.IsMask(theirs):
			c.needed = true
		case catalog.IsMask(theirs) && p.changes(property):
			c.needed = true
		}
	}
	for property := range p.server {
		if _, ok := c.config[property]; !ok && !slices.Contains(p.memory.ServerKeys, property) {
			c.needed = true
		}
	}
	if !c.needed {
		return
	}
	for property, text := range c.config {
		if !catalog.IsMask(text) {
			continue
		}
		if ours, ok := p.wo.values[property]; ok && !catalog.IsMask(ours) {
			c.config[property] = ours
		} else {
			c.masked = append(c.masked, property)
		}
	}
	slices.Sort(c.masked)
}

// changes reports whether the resource gives a property another value than its
// state does, or sends it anew: all that tells where the server shows a mask.
func (p plannedChange) changes(property string) bool {
	if p.wo.secret[property] {
		return p.renewed(property)
	}
	return p.plan.values[property] != p.prior.values[property]
}

// dropped are the properties that were sent and that the server shows
// otherwise; kept are those that are still there though they weren't sent.
// Masks are neither.
func compareSent(sent, got kafkaconnect.Config) (dropped, kept []string) {
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

// sameConfig tells our own connector from somebody else's after an answer was
// lost: everything that was sent is there, masks aside.
func sameConfig(sent, got kafkaconnect.Config) bool {
	dropped, _ := compareSent(sent, got)
	return len(dropped) == 0
}

func maskedError(name string, masked []string) string {
	return fmt.Sprintf("The worker shows %q of connector %q as a mask, and an update must send the whole configuration, "+
		"so the true value is needed. Nothing was sent. Set it in the configuration: write-only (with a new version) keeps it out of the state.",
		masked, name)
}
