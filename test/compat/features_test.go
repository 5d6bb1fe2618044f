package compat_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/cluster"
)

// feature is a row of the table in the guide: what a user does, and on which
// releases of Kafka Connect it can be done. On the others the provider has to
// refuse it in these words, before it has changed anything.
type feature struct {
	name    string
	since   catalog.Version // zero: all releases
	until   catalog.Version // the first that can't any more; zero: none
	refusal string
	kinds   []string // nil: all
	walk    func(g *rig) error
}

var features = []feature{
	{name: "The worker validates a plan", walk: (*rig).validation},
	{name: "Create; the apply ends when the tasks run", walk: (*rig).creation},
	{name: "Change properties in place", walk: (*rig).update},
	{name: "Pause and resume", walk: (*rig).pause},
	{name: "Stop (`state = \"stopped\"`)", since: cluster.FeatureStop.Since, refusal: "state requires a newer Kafka Connect", walk: (*rig).stop},
	{name: "Restart a failed task in place", walk: (*rig).heal},
	{name: "Restart by `restart_triggers`", walk: (*rig).restart},
	{name: "Change the configuration of a failed connector", walk: (*rig).updateFailed},
	{name: "Data sources for status, topics, plugins, validation and the cluster", walk: (*rig).dataSources},
	{name: "Data source `debezium_connector_offsets`", since: cluster.FeatureStop.Since, refusal: "can be read with Kafka Connect 3.5 or later", walk: (*rig).readOffsets},
	{name: "Import without a change", walk: (*rig).importing},
	{name: "Delete the offsets with the connector (`reset_offsets_on_destroy`)", since: cluster.FeatureAlterOffsets.Since, refusal: "reset_offsets_on_destroy requires a newer Kafka Connect", walk: (*rig).resetOffsets},
	{name: "Destroy", walk: (*rig).destroy},
	{name: "Create paused or stopped", since: cluster.FeatureInitialState.Since, refusal: "state requires a newer Kafka Connect", walk: (*rig).createPaused},
	{name: "Start from offsets (`initial_offsets`)", since: cluster.FeatureInitialState.Since, refusal: "initial_offsets requires a newer Kafka Connect", kinds: []string{"postgres"}, walk: (*rig).initialOffsets},
	{name: "Several versions of a plugin side by side (`connector_plugin_version`)", since: catalog.Version{Major: 4, Minor: 1}, refusal: "of the connector plugin is not installed", walk: (*rig).otherVersion},
	{name: "Names with spaces and letters beyond ASCII", walk: func(g *rig) error { return g.oddName("ä name ") }},
	{name: "Names with a slash or a percent sign", until: catalog.Version{Major: 4}, refusal: "rejects a slash, backslash or percent sign", walk: func(g *rig) error {
		return errors.Join(g.oddName("a/b"), g.oddName("a%20b"))
	}},
}

// on reports whether a release is to have the feature.
func (f feature) on(r release) bool {
	return !r.kafka.Less(f.since) && (f.until == catalog.Version{} || r.kafka.Less(f.until))
}

// sightings are what was seen: by feature and release, whether it can be done.
type sightings struct {
	mu   sync.Mutex
	seen map[string]map[string]bool
}

func (s *sightings) record(f feature, r release, can bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.seen == nil {
		s.seen = map[string]map[string]bool{}
	}
	if s.seen[f.name] == nil {
		s.seen[f.name] = map[string]bool{}
	}
	before, twice := s.seen[f.name][r.String()]
	s.seen[f.name][r.String()] = can && (before || !twice)
}

// try walks through a feature. What a release can't do must be refused in the
// words that are due; anything else that fails, fails the test.
func (s *sightings) try(t *testing.T, g *rig, f feature) {
	t.Helper()
	err := f.walk(g)
	var refused refusal
	switch {
	case err == nil:
		s.record(f, g.release, true)
		if !f.on(g.release) {
			t.Errorf("%s works on %s, and is believed not to", f.name, g.release)
		}
	case !f.on(g.release) && errors.As(err, &refused) && strings.Contains(fmt.Sprint(err), f.refusal):
		s.record(f, g.release, false)
	default:
		t.Errorf("%s on %s: %s", f.name, g.release, err)
	}
}
